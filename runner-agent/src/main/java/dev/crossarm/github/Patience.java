package dev.crossarm.github;

import dev.crossarm.host.Sleeper;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * For commands, which have nothing else to do: waits for a call's turn, and tries again what may be repeated. An agent
 * schedules its calls by the pauses of {@link Failure} instead. What is uncertain and not repeatable comes back at once.
 */
public final class Patience {
    private static final int ATTEMPTS = 4;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Sleeper sleeper;
    private final RequestPace pace;

    public Patience(Sleeper sleeper, RequestPace pace) {
        this.sleeper = sleeper;
        this.pace = pace;
    }

    /** The call's last answer. A pause longer than two minutes is not waited for. */
    public <T> Answer<T> with(Supplier<Answer<T>> call) {
        Duration waited = Duration.ZERO;
        int failures = 0;
        while (true) {
            Answer<T> answer = call.get();
            Failure failure = answer.failure().orElse(null);
            if (failure == null || !failure.repeatable() || failure.kind() == Failure.Kind.BUSY) {
                return answer;
            }
            boolean sent = failure.kind() != Failure.Kind.NOT_YET;
            failures += sent ? 1 : 0;
            Duration pause = sent && failure.pause().isZero() ? pace.backoff(failures) : failure.pause();
            waited = waited.plus(pause);
            if (failures == ATTEMPTS || waited.compareTo(LONGEST) > 0) {
                return answer;
            }
            try {
                sleeper.sleep(pause);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return answer;
            }
        }
    }
}
