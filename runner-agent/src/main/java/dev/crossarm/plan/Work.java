package dev.crossarm.plan;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.function.Function;

/** What one thread of a run carries out, told from beginning to end. */
final class Work {
    private final StepId id;
    private final String summary;
    private final EventStream events;
    private final Function<Progress, Outcome> attempt;

    Work(StepId id, String summary, EventStream events, Function<Progress, Outcome> attempt) {
        this.id = id;
        this.summary = summary;
        this.events = events;
        this.attempt = attempt;
    }

    StepId id() {
        return id;
    }

    /** Never throws an exception; an {@link Error} ends the run as a kill would. */
    Outcome carryOut() {
        events.emit(at -> new RunEvent.StepStarted(at, id, summary));
        try {
            return attempt.apply(progress());
        } catch (CrossarmException expected) {
            return new Outcome.Failed(expected.problem(), expected);
        } catch (RuntimeException bug) {
            return new Outcome.Failed(bug(bug), bug);
        }
    }

    private Progress progress() {
        return new Progress() {
            @Override
            public void line(String text) {
                events.emit(at -> new RunEvent.Output(at, id, text));
            }

            @Override
            public void waiting(String reason) {
                events.emit(at -> new RunEvent.Waiting(at, id, reason));
            }
        };
    }

    private Problem bug(RuntimeException unexpected) {
        return Problem.of(
                        ExitStatus.BUG,
                        "bug",
                        "step " + id + " failed unexpectedly",
                        "Please report this, with the output of the same command with --stacktrace")
                .withDetail(unexpected.toString());
    }
}
