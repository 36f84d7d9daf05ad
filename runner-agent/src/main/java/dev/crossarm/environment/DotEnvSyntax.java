package dev.crossarm.environment;

import dev.crossarm.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the lines of a {@code .env} that its author probably meant otherwise than the runner reads them. */
public final class DotEnvSyntax {

    /**
     * @param line number of the line, from 1
     * @param what what the runner makes of it; names a key at most, never a value
     */
    public record Finding(int line, String what) {}

    private DotEnvSyntax() {}

    /** The doubtful lines, in order; empty for a file that says what it means. */
    public static List<Finding> findings(DotEnv file) {
        List<Finding> findings = new ArrayList<>();
        int number = 0;
        for (DotEnvLine line : file.lines()) {
            number++;
            Optional<String> what = doubt(line);
            if (what.isPresent()) {
                findings.add(new Finding(number, what.get()));
            } else if (!line.ended()) {
                findings.add(new Finding(
                        number, "has no line end: config.sh would append its next entry to this" + " line"));
            }
        }
        return List.copyOf(findings);
    }

    private static Optional<String> doubt(DotEnvLine line) {
        if (line.key().isEmpty()) {
            String text = line.text();
            return text.isBlank() || text.startsWith("#")
                    ? Optional.empty()
                    : Optional.of(text.startsWith("=") ? "is ignored: it begins with =" : "is ignored: it has no =");
        }
        String key = line.key().get();
        String value = line.value();
        String shown = Printable.marked(key);
        if (key.startsWith("#")) {
            return Optional.of("is not a comment: it sets a variable named '" + shown + "'");
        }
        if (key.startsWith("export ")) {
            return Optional.of("sets a variable named '" + shown + "': remove the word export");
        }
        if (!key.equals(key.strip())) {
            return Optional.of("sets a variable named '" + shown + "', including the blanks");
        }
        if (!line.wellFormed()) {
            return Optional.of("contains bytes that are not UTF-8; the runner replaces them");
        }
        if (value.isEmpty()) {
            return Optional.of("unsets " + shown + "; an empty variable cannot be set");
        }
        if (value.length() > 1 && "\"'".indexOf(value.charAt(0)) >= 0 && value.endsWith(value.substring(0, 1))) {
            return Optional.of("keeps its quotes in the value of " + shown);
        }
        if (!value.equals(value.strip())) {
            return Optional.of("keeps the blanks around the value of " + shown);
        }
        if (line.length() > DotEnv.LONGEST) {
            return Optional.of("makes " + shown + " longer than Linux can pass to a program: every step would fail");
        }
        return Optional.empty();
    }
}
