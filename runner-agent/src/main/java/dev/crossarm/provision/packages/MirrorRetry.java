package dev.crossarm.provision.packages;

import dev.crossarm.host.Sleeper;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tries again while a mirror is being updated: for some seconds, at times minutes, its index and its files do not fit each
 * other. Every other failure is passed on at once.
 */
public final class MirrorRetry {
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private static final Pattern GONE = Pattern.compile("404 +Not Found");

    private final Sleeper sleeper;

    public MirrorRetry(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /**
     * Carries something out until it succeeds.
     *
     * @param action reads the index, and whatever stands on it
     * @throws CrossarmException as the action's last
     */
    void carryOut(Runnable action, Progress progress) {
        for (Duration pause : PAUSES) {
            try {
                action.run();
                return;
            } catch (CrossarmException e) {
                if (!passes(e.problem())) {
                    throw e;
                }
                progress.line(
                        "a package mirror is being updated: reading its index again in " + pause.toSeconds() + " s");
                sleep(pause);
            }
        }
        action.run();
    }

    /** Whether it is what a mirror in the middle of an update causes: in a moment the same command may succeed. */
    static boolean passes(Problem problem) {
        return problem.code().equals("package-digest")
                || (problem.code().equals("mirror-unreachable")
                        && GONE.matcher(problem.detail()).find());
    }

    private void sleep(Duration pause) {
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Problem.of(ExitStatus.TRY_LATER, "interrupted", "stopped while waiting for a package mirror")
                    .asException(stop);
        }
    }
}
