package dev.crossarm.text;

import dev.crossarm.host.process.CommandRunner;
import java.util.Objects;

/** A value that must never be shown: its text form is a mask, and {@link CommandRunner} scrubs it from output. */
public final class Secret {
    private static final String MASK = "***";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** @throws IllegalArgumentException when the value is blank: scrubbing it would mask everything */
    public static Secret of(String value) {
        if (Objects.requireNonNull(value, "value").isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
        return new Secret(value);
    }

    /** The value itself, for the one place that hands it on. */
    public String reveal() {
        return value;
    }

    /** The text with every occurrence of this secret masked. */
    public String scrub(String text) {
        return text.replace(value, MASK);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
