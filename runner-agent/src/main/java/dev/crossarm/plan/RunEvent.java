package dev.crossarm.plan;

import java.time.Duration;
import java.time.Instant;

/** What happens in a run, in order; log, progress display, journal and metrics all live on these. */
public sealed interface RunEvent {

    Instant at();

    /** The run has this unique id and does {@code provision}, {@code remove} or the like. */
    record RunStarted(Instant at, String run, String action, int steps) implements RunEvent {}

    /** A step is looked at; those that need no work (skipped, or satisfied and untouched) only finish. */
    record StepStarted(Instant at, StepId step, String summary) implements RunEvent {}

    record ChangeStarted(Instant at, StepId step, Change change) implements RunEvent {}

    /** A line of live output; not journalled. */
    record Output(Instant at, StepId step, String line) implements RunEvent {}

    record Waiting(Instant at, StepId step, String reason) implements RunEvent {}

    record ChangeFinished(Instant at, StepId step, Change change, Duration elapsed) implements RunEvent {}

    record StepFinished(Instant at, StepId step, Outcome outcome, Duration elapsed) implements RunEvent {}

    record RunFinished(Instant at, String run, boolean good, Duration elapsed) implements RunEvent {}
}
