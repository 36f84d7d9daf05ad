package dev.crossarm.provision.compiler;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * The text of {@code config.toml} in a CARGO_HOME of ours: a file that is ours as a whole, or a marked block in one that
 * somebody else began. Pure.
 *
 * @param target triple the linker is for
 * @param linker absolute path
 * @param carried what to carry over from the user's own configuration
 * @param origin where that lies, for a comment
 */
record CargoConfigText(String target, Path linker, CarriedCargoConfig carried, Path origin) {
    private static final String FIRST_LINE = "# Written by crossarm, which puts this file back when it is changed.\n";
    private static final String BEGIN = "# >>> crossarm >>>";
    private static final String END = "# <<< crossarm <<<";
    /** Says that the line break before the block is ours too. */
    private static final String BEGIN_AFTER_BREAK = "# >>> crossarm >>> (with the line break before)";

    private static final Pattern BLOCK = Pattern.compile("(?m)^" + Pattern.quote(BEGIN)
            + "( \\(with the line break before\\))?\\r?\\n(?s:.*?)^" + Pattern.quote(END) + "(\\r?\\n|\\z)");

    /** Whether the whole file is ours. */
    static boolean isOurs(String text) {
        return text.startsWith(FIRST_LINE);
    }

    static boolean hasBlock(String text) {
        return BLOCK.matcher(text).find();
    }

    /** The file as it was before our blocks came in, byte for byte. */
    static String withoutBlock(String text) {
        Matcher block = BLOCK.matcher(text);
        StringBuilder rest = new StringBuilder();
        int from = 0;
        while (block.find()) {
            int start = block.start();
            if (block.group(1) != null && start > from) {
                start -= text.startsWith("\r\n", start - 2) ? 2 : 1;
            }
            rest.append(text, from, start);
            from = block.end();
        }
        return rest.append(text.substring(from)).toString();
    }

    /** The file that is ours as a whole. */
    String whole() {
        StringBuilder text = new StringBuilder(FIRST_LINE);
        text.append("# Put your own settings into a project's .cargo/config.toml, which overrides this one.\n\n");
        text.append(Toml.toToml(linkerTable()).strip()).append('\n');
        if (!carried.tables().isEmpty()) {
            text.append("\n# Copied from ").append(origin).append(", which this file hides:\n");
            text.append(Toml.toToml(carried.tables()).strip()).append('\n');
        }
        return text.toString();
    }

    /**
     * Somebody else's file with our settings in it and every byte of theirs kept; empty when they already say what links
     * for the target, or when no place could be proven to be read as intended.
     */
    Optional<String> splicedInto(String foreign) {
        TomlTable theirs = Toml.parse(foreign);
        if (theirs.contains(linkerKey())) {
            return Optional.empty();
        }
        return candidates(foreign, theirs).stream()
                .filter(text -> readsAsIntended(text, theirs))
                .findFirst();
    }

    /** Whether this text names a linker for the target. */
    boolean namesLinker(String text) {
        return Toml.parse(text).contains(linkerKey());
    }

    private List<String> linkerKey() {
        return List.of("target", target, "linker");
    }

    private Map<String, Object> linkerTable() {
        return Map.of("target", Map.of(target, Map.of("linker", linker.toString())));
    }

    private List<String> candidates(String foreign, TomlTable theirs) {
        List<String> candidates = new ArrayList<>();
        String newline = foreign.contains("\r\n") ? "\r\n" : "\n";
        Map<String, Object> missing = new LinkedHashMap<>(carried.tables());
        missing.keySet().removeIf(name -> theirs.contains(List.of(name)));
        String extra = missing.isEmpty() ? "" : Toml.toToml(missing).strip() + "\n";
        candidates.add(
                inserted(foreign, foreign.length(), Toml.toToml(linkerTable()).strip() + "\n" + extra, newline));
        String line = "linker = "
                + Toml.toToml(Map.of("linker", linker.toString())).strip().replaceFirst("^linker = ", "");
        if (theirs.isTable(List.of("target", target))) {
            TomlPosition header = Objects.requireNonNull(theirs.inputPositionOf(List.of("target", target)));
            candidates.add(inserted(foreign, endOfLine(foreign, header.line()), line + "\n", newline));
        }
        candidates.add(
                inserted(foreign, 0, "target." + Toml.joinKeyPath(List.of(target)) + "." + line + "\n", newline));
        return candidates;
    }

    private static String inserted(String foreign, int at, String body, String newline) {
        boolean breakNeeded = at > 0 && foreign.charAt(at - 1) != '\n';
        String block = (breakNeeded ? "\n" + BEGIN_AFTER_BREAK : BEGIN) + "\n" + body + END + "\n";
        return foreign.substring(0, at) + block.replace("\n", newline) + foreign.substring(at);
    }

    /** The offset behind the line break of this line, counted from 1. */
    private static int endOfLine(String text, int line) {
        int offset = 0;
        for (int i = 0; i < line; i++) {
            int next = text.indexOf('\n', offset);
            if (next < 0) {
                return text.length();
            }
            offset = next + 1;
        }
        return offset;
    }

    private boolean readsAsIntended(String text, TomlTable theirs) {
        var parsed = Toml.parse(text);
        if (parsed.hasErrors() || !linker.toString().equals(parsed.get(linkerKey()))) {
            return false;
        }
        return theirs.dottedKeySet(true).stream().allMatch(key -> same(theirs.get(key), parsed.get(key)));
    }

    /** Tables may have grown by what is ours; every value in them is looked at by itself. */
    private static boolean same(@Nullable Object before, @Nullable Object after) {
        if (before instanceof TomlTable) {
            return after instanceof TomlTable;
        }
        return String.valueOf(before).equals(String.valueOf(after))
                || (before instanceof TomlArray a
                        && after instanceof TomlArray b
                        && a.toJson().equals(b.toJson()));
    }
}
