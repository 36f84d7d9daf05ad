package dev.crossarm.diagnose;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A known way for a build to fail. In texts {@code {0}} stands for what the pattern matched and {@code {1}} for its first
 * group.
 *
 * @param id stable, kebab-case, for machines
 * @param title a few words, for an annotation
 * @param pattern looked for in each line of the log
 * @param explanation what went wrong, in one paragraph
 * @param remedies what mends it, the most helpful first: commands, or sentences where no command does
 * @param wantsCpp whether C++ for the target mends it
 */
public record FailureClass(
        String id, String title, Pattern pattern, String explanation, List<String> remedies, boolean wantsCpp) {

    public FailureClass {
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")
                || title.isBlank()
                || explanation.contains("\n")
                || remedies.isEmpty()) {
            throw new IllegalArgumentException("not a failure class: " + id);
        }
        remedies = List.copyOf(remedies);
    }

    static FailureClass of(String id, String title, String pattern, String explanation, String... remedies) {
        return new FailureClass(id, title, Pattern.compile(pattern), explanation, List.of(remedies), false);
    }

    /** The same of a failure that C++ for the target mends. */
    FailureClass wantingCpp() {
        return new FailureClass(id, title, pattern, explanation, remedies, true);
    }
}
