package dev.crossarm.health;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import java.util.List;
import java.util.Set;

/** A step whose check always finds the same. */
record FixedStep(StepId id, Set<StepId> requires, Observation found) implements Step {

    static FixedStep of(String id, Observation found, String... requires) {
        return new FixedStep(
                StepId.of(id),
                java.util.Arrays.stream(requires).map(StepId::of).collect(java.util.stream.Collectors.toSet()),
                found);
    }

    @Override
    public String summary() {
        return "what " + id + " makes true";
    }

    @Override
    public Observation check() {
        return found;
    }

    @Override
    public List<Change> plan(Observation.Drifted drift) {
        return List.of(Change.of(Change.Kind.RUN, id.value(), "mend " + id));
    }

    @Override
    public void apply(Change change, Progress progress) {
        throw new AssertionError("a doctor changes nothing");
    }

    @Override
    public List<Change> planRemoval() {
        return List.of();
    }
}
