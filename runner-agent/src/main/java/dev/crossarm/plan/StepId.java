package dev.crossarm.plan;

/** A step's name: kebab-case, the same word in output, {@code --only}, journal and metrics. */
public record StepId(String value) implements Comparable<StepId> {

    public StepId {
        if (!value.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("a step id is kebab-case: " + value);
        }
    }

    public static StepId of(String value) {
        return new StepId(value);
    }

    @Override
    public int compareTo(StepId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
