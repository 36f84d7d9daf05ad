package dev.crossarm.plan;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands events from several threads to one listener, one at a time, stamped in the order they are handed over. A
 * listener that fails does not disturb the work: it gets no more events, and {@link #reportFailure} throws its failure.
 */
final class EventStream {
    private final InstantSource clock;
    private final RunListener listener;
    private final Object lock = new Object();
    private @Nullable RuntimeException failure;
    private boolean closed;

    EventStream(InstantSource clock, RunListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    void emit(Function<Instant, RunEvent> event) {
        synchronized (lock) {
            if (closed || failure != null) {
                return;
            }
            try {
                listener.on(event.apply(clock.instant()));
            } catch (RuntimeException broken) {
                failure = broken;
            }
        }
    }

    /** Drops whatever a step that did not stop in time still has to say. */
    void close() {
        synchronized (lock) {
            closed = true;
        }
    }

    /** @throws IllegalStateException when the listener failed */
    void reportFailure() {
        synchronized (lock) {
            if (failure != null) {
                throw new IllegalStateException("a listener of the run failed", failure);
            }
        }
    }
}
