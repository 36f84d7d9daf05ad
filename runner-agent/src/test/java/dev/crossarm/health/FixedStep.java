package dev.crossarm.health;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.TargetFix;
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

    /** Drift of these differences, each with something to do. */
    static Observation.Drifted drifted(List<Difference> differences) {
        return new Observation.Drifted(differences.stream()
                .map(one -> TargetFix.of(one, Change.of(Change.Kind.RUN, one.subject(), "mend " + one.subject())))
                .toList());
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        throw new AssertionError("a doctor changes nothing");
    }

    @Override
    public List<Repair> planRemoval() {
        return List.of();
    }
}
