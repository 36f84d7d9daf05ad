package dev.crossarm.download;

import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt failed; another may help. Stays inside this package. */
final class FailedAttempt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final boolean worthRetrying;
    private final transient Optional<Duration> pause;

    private FailedAttempt(Problem problem, boolean worthRetrying, Optional<Duration> pause, @Nullable Throwable cause) {
        super(problem.summary(), cause);
        this.problem = problem;
        this.worthRetrying = worthRetrying;
        this.pause = pause;
    }

    static FailedAttempt retryable(Problem problem, Throwable cause) {
        return new FailedAttempt(problem, true, Optional.empty(), cause);
    }

    /** @param pause how long the server asks to wait */
    static FailedAttempt retryable(Problem problem, Optional<Duration> pause) {
        return new FailedAttempt(problem, true, pause, null);
    }

    static FailedAttempt last(Problem problem, Throwable cause) {
        return new FailedAttempt(problem, false, Optional.empty(), cause);
    }

    static FailedAttempt last(Problem problem) {
        return new FailedAttempt(problem, false, Optional.empty(), null);
    }

    Problem problem() {
        return problem;
    }

    boolean worthRetrying() {
        return worthRetrying;
    }

    Optional<Duration> pause() {
        return pause;
    }
}
