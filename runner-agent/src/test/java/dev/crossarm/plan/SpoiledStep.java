package dev.crossarm.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A good step with one thing done badly, by which the contract is tested. */
abstract class SpoiledStep implements Step {
    final Step good;

    SpoiledStep(Step good) {
        this.good = good;
    }

    @Override
    public StepId id() {
        return good.id();
    }

    @Override
    public String summary() {
        return good.summary();
    }

    @Override
    public Set<StepId> requires() {
        return good.requires();
    }

    @Override
    public Observation check() {
        return good.check();
    }

    @Override
    public Optional<Inputs> inputs() {
        return good.inputs();
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        good.apply(fix, progress);
    }

    @Override
    public List<Repair> planRemoval() {
        return good.planRemoval();
    }
}
