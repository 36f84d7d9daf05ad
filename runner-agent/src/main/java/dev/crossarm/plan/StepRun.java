package dev.crossarm.plan;

import dev.crossarm.plan.Plan.Action;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** One step's way through a run: check, apply each change, check again. */
final class StepRun {
    private final Action action;
    private final Step step;
    private final EventStream events;
    private final LongSupplier nanos;

    StepRun(Action action, Step step, EventStream events, LongSupplier nanos) {
        this.action = action;
        this.step = step;
        this.events = events;
        this.nanos = nanos;
    }

    Outcome carryOut(Progress progress) {
        return action.observe(step)
                .fold(
                        satisfied -> new Outcome.Unchanged(satisfied.evidence()),
                        drifted -> mend(drifted, progress),
                        unknown -> new Outcome.Failed(unknown.problem()));
    }

    private Outcome mend(Observation.Drifted drift, Progress progress) {
        List<Change> made = new ArrayList<>();
        for (Repair repair : drift.repairs()) {
            Change change = repair.change();
            if (Thread.currentThread().isInterrupted()) {
                return new Outcome.Failed(Interruption.problem(step.id()));
            }
            long start = nanos.getAsLong();
            events.emit(at -> new RunEvent.ChangeStarted(at, step.id(), change));
            step.apply(repair.fix(), progress);
            Duration elapsed = Duration.ofNanos(nanos.getAsLong() - start);
            events.emit(at -> new RunEvent.ChangeFinished(at, step.id(), change, elapsed));
            made.add(change);
        }
        return action.observeGuarded(step)
                .fold(
                        satisfied -> new Outcome.Changed(made, satisfied.evidence()),
                        drifted -> new Outcome.Failed(ineffective(drifted)),
                        unknown -> new Outcome.Failed(unchecked(unknown.problem())));
    }

    private Problem ineffective(Observation.Drifted found) {
        return Problem.of(
                        ExitStatus.STEP_FAILED,
                        "postcondition",
                        "step " + step.id() + " made its changes, but is " + Observations.brief(found),
                        "Run the same command again; if this happens again, something else on this machine undoes the"
                                + " change")
                .withDetail(Observations.full(found));
    }

    /** What keeps a check from telling has a cause of its own, and that is what has to be dealt with. */
    private Problem unchecked(Problem cause) {
        return new Problem(
                cause.code(),
                step.id() + " was changed, but could not be checked afterwards: " + cause.summary(),
                cause.detail(),
                cause.remedies(),
                cause.exit());
    }
}
