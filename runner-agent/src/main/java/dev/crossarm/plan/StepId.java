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

    // Written out: what a record gets by itself is made at run time, and every command would wait for that.
    @Override
    public boolean equals(Object other) {
        return other instanceof StepId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
