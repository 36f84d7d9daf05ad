package dev.crossarm.plan;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;

/** What is said of steps when a run is told to stop. */
final class Interruption {
    /** Why a step was not started. */
    static final String REASON = "interrupted";

    private Interruption() {}

    /** A step was told to stop between two changes. */
    static Problem problem(StepId step) {
        return Problem.of(
                ExitStatus.TRY_LATER,
                "interrupted",
                "step " + step + " was interrupted before it was done",
                "Run the same command again; it continues where this run stopped");
    }

    /** A step was told to stop and did not. */
    static Problem unresponsive(StepId step, long seconds) {
        return Problem.of(
                ExitStatus.TRY_LATER,
                "interrupted",
                "step " + step + " was interrupted and had not stopped after " + seconds + " s",
                "Run the same command again; it continues where this run stopped");
    }
}
