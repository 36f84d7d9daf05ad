package dev.crossarm.plan;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a run would do, as a pure value: nothing in it reads or writes.
 *
 * @param action what the changes are for
 * @param steps the steps in the order in which they are carried out
 */
public record Plan(Action action, List<PlannedStep> steps) {

    /** What a plan is for, and with it what counts as done. */
    public enum Action {
        /** Done when a step's check is satisfied. */
        PROVISION {
            @Override
            Observation observe(Step step) {
                return step.check();
            }
        },
        /** Done when a step finds nothing of ours that could be taken away. */
        REMOVE {
            @Override
            Observation observe(Step step) {
                List<Repair> left = step.planRemoval();
                return left.isEmpty()
                        ? Observation.Satisfied.of("nothing of Crossarm's is left")
                        : new Observation.Drifted(left.stream()
                                .map(repair -> Repair.of(
                                        new Difference(repair.change().target(), "present", "removed"),
                                        repair.change(),
                                        repair.fix()))
                                .toList());
            }
        };

        /** The word in events, JSON and the journal. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        abstract Observation observe(Step step);

        /** Like {@link #observe}, with an expected failure as {@link Observation.Unknown}. */
        final Observation observeGuarded(Step step) {
            try {
                return observe(step);
            } catch (CrossarmException expected) {
                return new Observation.Unknown(expected.problem());
            }
        }
    }

    /**
     * A step in a plan.
     *
     * @param id its id
     * @param summary what it makes true
     * @param after ids of the steps of this plan that must have ended well before it starts
     * @param observation what its check found; {@code Unknown} is nothing to worry about while {@code after} has changes
     * @param changes what is to be done, empty when nothing is
     * @param notSelected whether it was not selected and is here only because a selected step requires it
     */
    public record PlannedStep(
            StepId id,
            String summary,
            Set<StepId> after,
            Observation observation,
            List<Change> changes,
            boolean notSelected) {
        public PlannedStep {
            after = Set.copyOf(after);
            changes = List.copyOf(changes);
        }

        public boolean satisfied() {
            return observation instanceof Observation.Satisfied;
        }

        Cost cost() {
            return notSelected
                    ? Cost.NONE
                    : observation.fold(fine -> Cost.NONE, Observation.Drifted::cost, unknown -> Cost.NONE);
        }
    }

    public Plan {
        steps = List.copyOf(steps);
    }

    /** Whether every selected step is as it should be, so that a run would change nothing. */
    public boolean isEmpty() {
        return selected().allMatch(PlannedStep::satisfied);
    }

    /** Every change of the selected steps, in order. */
    public List<Change> changes() {
        return selected().flatMap(step -> step.changes().stream()).toList();
    }

    /** About what the changes cost; the time is that of the longest chain of steps that wait for each other. */
    public Cost cost() {
        Map<StepId, Duration> ends = new HashMap<>();
        Cost sum = Cost.NONE;
        Duration longest = Duration.ZERO;
        for (PlannedStep step : steps) {
            Duration begins = step.after().stream()
                    .map(earlier -> ends.getOrDefault(earlier, Duration.ZERO))
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
            Duration ended = begins.plus(step.cost().time());
            ends.put(step.id(), ended);
            longest = ended.compareTo(longest) > 0 ? ended : longest;
            sum = sum.plus(step.cost());
        }
        return new Cost(sum.download(), sum.disk(), longest);
    }

    /** What could not be found out about selected steps that nothing else in this plan would first put right. */
    public List<Problem> problems() {
        return selected()
                .filter(step -> steps.stream()
                        .filter(other -> step.after().contains(other.id()))
                        .allMatch(PlannedStep::satisfied))
                .map(PlannedStep::observation)
                .filter(Observation.Unknown.class::isInstance)
                .map(unknown -> ((Observation.Unknown) unknown).problem())
                .toList();
    }

    private Stream<PlannedStep> selected() {
        return steps.stream().filter(step -> !step.notSelected());
    }

    /** The plan for people: a line a step, its changes indented below it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (PlannedStep step : steps) {
            text.append(step.id()).append(": ").append(state(step)).append('\n');
            step.changes()
                    .forEach(change -> text.append("  ")
                            .append(change.kind().word())
                            .append("  ")
                            .append(change.summary())
                            .append('\n'));
        }
        return text.toString();
    }

    private static String state(PlannedStep step) {
        String found = step.observation()
                .fold(
                        satisfied -> "satisfied",
                        drifted -> step.changes().size() == 1
                                ? "1 change"
                                : step.changes().size() + " changes",
                        unknown -> "not known yet: " + unknown.problem().summary());
        return step.notSelected() ? "left out (" + Observations.brief(step.observation()) + ")" : found;
    }
}
