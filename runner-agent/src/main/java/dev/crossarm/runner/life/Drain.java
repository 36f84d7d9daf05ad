package dev.crossarm.runner.life;

import dev.crossarm.host.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries a drain out, step by step, as {@link DrainState} decides. */
final class Drain {
    private final DrainSteps steps;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final DrainState.Times times;
    private final Duration between;

    /** @param between the time from one look at the runner to the next */
    Drain(DrainSteps steps, InstantSource clock, Sleeper sleeper, DrainState.Times times, Duration between) {
        this.steps = steps;
        this.clock = clock;
        this.sleeper = sleeper;
        this.times = times;
        this.between = between;
    }

    /** What is told while it goes on. */
    record Told(DrainState state, DrainEvent last) {}

    /**
     * Drains. When told to stop, the runner gets its labels back first; the thread is then still interrupted.
     *
     * @param timeout after which it is given up
     * @param told each change of phase, and each change between having a job and having none
     */
    DrainState carryOut(DrainState.Goal goal, Optional<Duration> timeout, Consumer<Told> told) {
        Optional<Instant> until = timeout.map(clock.instant()::plus);
        DrainState state = DrainState.begin(goal);
        Optional<DrainEvent> seen = Optional.empty();
        boolean interrupted = false;
        while (!state.over()) {
            boolean stop = Thread.interrupted();
            interrupted |= stop;
            boolean late = state.phase() != DrainState.Phase.UNMARK
                    && until.filter(end -> !clock.instant().isBefore(end)).isPresent();
            DrainEvent event;
            try {
                event = stop ? DrainEvent.INTERRUPTED : late ? DrainEvent.TIMED_OUT : next(state);
            } catch (InterruptedException stopped) {
                interrupted = true;
                event = DrainEvent.INTERRUPTED;
            }
            DrainState next = state.on(event, clock.instant(), times);
            if (next.phase() != state.phase() || !seen.equals(Optional.of(event))) {
                told.accept(new Told(next, event));
            }
            seen = Optional.of(event);
            boolean waits = next.phase() == state.phase() || event == DrainEvent.REFUSED || event == DrainEvent.AGAIN;
            state = next;
            if (waits && !state.over()) {
                try {
                    sleeper.sleep(between);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return state;
    }

    private DrainEvent next(DrainState state) throws InterruptedException {
        return switch (state.phase()) {
            case MARK -> steps.mark();
            case SETTLE, LEAVE -> steps.look();
            case DELETE -> steps.delete();
            case END -> steps.end();
            case UNMARK -> steps.unmark();
            case DONE, BACK, STAYS_MARKED, LEFT, FAILED -> throw new IllegalStateException("it is over");
        };
    }
}
