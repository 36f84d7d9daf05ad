package dev.crossarm.runner.install;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a runner is called on this machine, in its folder and in its service, and on GitHub: letters, digits, dots, dashes and
 * underscores, beginning with a letter or digit, at most 64 characters, which is GitHub's limit.
 *
 * @param value the name
 */
public record RunnerName(String value) implements Comparable<RunnerName> {
    private static final int LONGEST = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST - 1) + "}");

    /** The folder that holds the unpacked packages lies beside those of the runners. */
    private static final String PACKAGES = "packages";

    public RunnerName {
        if (!NAME.matcher(value).matches() || value.endsWith(".json") || value.equals(PACKAGES)) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "runner-name",
                            "a runner cannot be called " + Printable.cut(Printable.line(value), LONGEST)
                                    + ": a name has letters, digits, dots, dashes and underscores, begins with a letter or"
                                    + " digit and has at most " + LONGEST + " characters",
                            "Give another name")
                    .asException();
        }
    }

    /** A name made of the machine's: what it cannot hold becomes a dash. */
    public static RunnerName ofHost(String hostName) {
        String first =
                hostName.split("\\.", 2)[0].replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        String name = first.substring(0, Math.min(first.length(), LONGEST));
        return NAME.matcher(name).matches() && !name.equals(PACKAGES) ? new RunnerName(name) : new RunnerName("runner");
    }

    /** GitHub compares names without regard to case, so folders must not differ by it alone. */
    public boolean same(RunnerName other) {
        return value.toLowerCase(Locale.ROOT).equals(other.value.toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(RunnerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
