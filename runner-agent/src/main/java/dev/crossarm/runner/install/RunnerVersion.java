package dev.crossarm.runner.install;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of GitHub's runner, for example {@code 2.338.1}.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number
 */
public record RunnerVersion(int major, int minor, int patch) implements Comparable<RunnerVersion> {
    private static final Pattern TEXT = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
    private static final Comparator<RunnerVersion> ORDER = Comparator.comparingInt(RunnerVersion::major)
            .thenComparingInt(RunnerVersion::minor)
            .thenComparingInt(RunnerVersion::patch);

    /** GitHub registers none that is older (changelog of 2026-09-28; in force on github.com since 2026-09-29). */
    public static final RunnerVersion FLOOR = new RunnerVersion(2, 329, 0);

    private static final String FLOOR_DATE = "2026-09-29";

    /** The version of this text, with or without a {@code v} before it; empty when it is none. */
    public static Optional<RunnerVersion> of(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        return parts.matches()
                ? Optional.of(new RunnerVersion(number(parts, 1), number(parts, 2), number(parts, 3)))
                : Optional.empty();
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    /** @throws dev.crossarm.problem.CrossarmException (64) when it is none */
    public static RunnerVersion parse(String text) {
        return of(text).orElseThrow(() -> Problem.of(
                        ExitStatus.USAGE,
                        "runner-version",
                        "this is no version of the runner: " + Printable.cut(Printable.line(text), 60),
                        "Give three numbers, for example: --runner-version 2.338.1")
                .asException());
    }

    /** @throws dev.crossarm.problem.CrossarmException (78) when GitHub registers no runner of this version any more */
    public RunnerVersion requireRegistrable() {
        if (compareTo(FLOOR) < 0) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "runner-too-old",
                            "the runner " + this + " cannot be registered: since " + FLOOR_DATE
                                    + " GitHub registers no runner older than " + FLOOR,
                            "Leave out --runner-version to install the newest, or give " + FLOOR + " or newer")
                    .asException();
        }
        return this;
    }

    @Override
    public int compareTo(RunnerVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
