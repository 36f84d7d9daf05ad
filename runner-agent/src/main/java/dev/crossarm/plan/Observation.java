package dev.crossarm.plan;

import dev.crossarm.problem.Problem;
import java.util.List;
import java.util.function.Function;

/** What a check found. */
public sealed interface Observation {

    /**
     * Everything is as it should be.
     *
     * @param evidence what was seen that shows it, short phrases
     */
    record Satisfied(List<String> evidence) implements Observation {
        public Satisfied {
            evidence = List.copyOf(evidence);
        }

        public static Satisfied of(String... evidence) {
            return new Satisfied(List.of(evidence));
        }

        @Override
        public <T> T fold(
                Function<Satisfied, T> satisfied, Function<Drifted, T> drifted, Function<Unknown, T> unknown) {
            return satisfied.apply(this);
        }
    }

    /**
     * Something is missing or different. At least one difference.
     *
     * @param repairs what makes it right, in the order in which they are to be made; these are the step's plan
     */
    record Drifted(List<Repair> repairs) implements Observation {
        public Drifted {
            repairs = List.copyOf(repairs);
            if (repairs.stream().allMatch(repair -> repair.differences().isEmpty())) {
                throw new IllegalArgumentException("drift needs a difference");
            }
        }

        /** Everything that is not as it should be. */
        public List<Difference> differences() {
            return repairs.stream()
                    .flatMap(repair -> repair.differences().stream())
                    .toList();
        }

        /** About what all of it costs. */
        public Cost cost() {
            return repairs.stream().map(Repair::cost).reduce(Cost.NONE, Cost::plus);
        }

        /** Everything that is to be done. */
        public List<Change> changes() {
            return repairs.stream().map(Repair::change).toList();
        }

        @Override
        public <T> T fold(
                Function<Satisfied, T> satisfied, Function<Drifted, T> drifted, Function<Unknown, T> unknown) {
            return drifted.apply(this);
        }
    }

    /** It could not be found out, and why. */
    record Unknown(Problem problem) implements Observation {
        @Override
        public <T> T fold(
                Function<Satisfied, T> satisfied, Function<Drifted, T> drifted, Function<Unknown, T> unknown) {
            return unknown.apply(this);
        }
    }

    /** Handles every case; a new case breaks every caller's compilation, as it should. */
    <T> T fold(Function<Satisfied, T> satisfied, Function<Drifted, T> drifted, Function<Unknown, T> unknown);
}
