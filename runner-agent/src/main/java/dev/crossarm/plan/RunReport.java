package dev.crossarm.plan;

import dev.crossarm.plan.Plan.Action;
import dev.crossarm.problem.ExitStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a run ended.
 *
 * @param run its unique id
 * @param action what it did
 * @param steps each step of the plan and how it ended, in the plan's order
 * @param gate how the gate at its end was passed, if it had one; {@link Outcome.Skipped} when it was not tried
 * @param interrupted whether it was told to stop
 * @param elapsed time from start to end
 */
public record RunReport(
        String run,
        Action action,
        List<StepResult> steps,
        Optional<Outcome> gate,
        boolean interrupted,
        Duration elapsed) {

    /**
     * How a step ended.
     *
     * @param notSelected whether it was not selected, so that its state does not count
     * @param elapsed time from its start to its end, zero when it was not tried
     */
    public record StepResult(StepId id, String summary, Outcome outcome, boolean notSelected, Duration elapsed) {
        boolean counts() {
            return !notSelected;
        }
    }

    public RunReport {
        steps = List.copyOf(steps);
    }

    /** Whether every selected step is as it should be now. */
    public boolean good() {
        return steps.stream()
                .filter(StepResult::counts)
                .allMatch(step -> step.outcome().good());
    }

    /** How this step ended, when it was part of the run. */
    public Optional<Outcome> outcome(StepId id) {
        return steps.stream()
                .filter(step -> step.id().equals(id))
                .map(StepResult::outcome)
                .findFirst();
    }

    /** Every step that failed, in the plan's order, and the gate last. */
    public List<Outcome.Failed> failures() {
        return Stream.concat(steps.stream().map(StepResult::outcome), gate.stream())
                .filter(Outcome.Failed.class::isInstance)
                .map(Outcome.Failed.class::cast)
                .toList();
    }

    /** The first of {@link #failures}. */
    public Optional<Outcome.Failed> firstFailure() {
        return failures().stream().findFirst();
    }

    /** Whether every selected step is as it should be now and the gate, if there was one, was passed. */
    public boolean passed() {
        return good() && gate.map(Outcome::good).orElse(true);
    }

    /** 0 when passed, otherwise the status of the problem of the first failed step, or of the gate. */
    public ExitStatus exit() {
        if (passed()) {
            return ExitStatus.DONE;
        }
        ExitStatus otherwise = interrupted ? ExitStatus.TRY_LATER : ExitStatus.STEP_FAILED;
        return firstFailure()
                .map(failed -> failed.problem().exit())
                .filter(exit -> exit != ExitStatus.DONE && exit != ExitStatus.DRIFT)
                .orElse(otherwise);
    }
}
