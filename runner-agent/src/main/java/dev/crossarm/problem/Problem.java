package dev.crossarm.problem;

import java.util.List;
import java.util.Objects;

/**
 * An expected failure: the only kind a user is meant to see. Everything else is a bug.
 *
 * @param code kebab-case, stable, for machines and for looking it up in the documentation
 * @param summary one line without a final full stop
 * @param detail the path, address, command or last output lines that show the cause; may be empty
 * @param remedies commands or sentences that mend it, in the order that helps most; commands can be pasted
 * @param exit the status the process ends with when this problem is what ends it
 */
public record Problem(String code, String summary, String detail, List<String> remedies, ExitStatus exit) {

    public Problem {
        Objects.requireNonNull(exit, "exit");
        if (!code.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("code must be kebab-case: " + code);
        }
        if (summary.isBlank() || summary.contains("\n")) {
            throw new IllegalArgumentException("summary must be one line: " + summary);
        }
        detail = detail.strip();
        remedies = List.copyOf(remedies);
    }

    /** A problem without detail. */
    public static Problem of(ExitStatus exit, String code, String summary, String... remedies) {
        return new Problem(code, summary, "", List.of(remedies), exit);
    }

    /** The same problem with this detail. */
    public Problem withDetail(String newDetail) {
        return new Problem(code, summary, newDetail, remedies, exit);
    }

    /** The same problem with these remedies in place of its own. */
    public Problem withRemedies(String... newRemedies) {
        return new Problem(code, summary, detail, List.of(newRemedies), exit);
    }

    /** This problem as something to throw. */
    public CrossarmException asException() {
        return new CrossarmException(this);
    }

    /** This problem as something to throw, with the error it was translated from. */
    public CrossarmException asException(Throwable cause) {
        return new CrossarmException(this, cause);
    }
}
