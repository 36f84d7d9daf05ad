package dev.crossarm.github;

import dev.crossarm.problem.CrossarmException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a call came to: a value, or why there is none.
 *
 * @param <T> the value's type
 */
public final class Answer<T> {
    private final @Nullable T value;
    private final @Nullable Failure failure;

    private Answer(@Nullable T value, @Nullable Failure failure) {
        this.value = value;
        this.failure = failure;
    }

    static <T> Answer<T> of(T value) {
        return new Answer<>(value, null);
    }

    static <T> Answer<T> failed(Failure failure) {
        return new Answer<>(null, failure);
    }

    /** The value; empty after a failure. */
    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** Why there is no value; empty when there is one. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether it failed, and in this way. */
    public boolean failedAs(Failure.Kind kind) {
        return failure != null && failure.kind() == kind;
    }

    /**
     * The value.
     *
     * @throws CrossarmException with the failure's problem
     */
    public T orThrow() {
        if (value == null) {
            throw failureOrBug().problem().asException();
        }
        return value;
    }

    <R> Answer<R> map(Function<T, R> function) {
        return then(found -> of(function.apply(found)));
    }

    <R> Answer<R> then(Function<T, Answer<R>> next) {
        return value == null ? failed(failureOrBug()) : next.apply(value);
    }

    private Failure failureOrBug() {
        if (failure == null) {
            throw new IllegalStateException("an answer is a value or a failure");
        }
        return failure;
    }

    @Override
    public String toString() {
        return value == null ? String.valueOf(failure) : value.toString();
    }
}
