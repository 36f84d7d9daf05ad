package dev.crossarm.provision.proof;

import dev.crossarm.plan.Gate;
import dev.crossarm.plan.Outcome;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.plan.StepId;
import dev.crossarm.provision.packages.PackagesStep;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The self-test as the gate at the end of provisioning; keeps its evidence. */
public final class SelfTestGate implements Gate {
    private final Function<Progress, SelfTest.Result> test;
    private final Set<StepId> requires;
    private volatile SelfTest.@Nullable Result result;

    private SelfTestGate(Function<Progress, SelfTest.Result> test, Set<StepId> requires) {
        this.test = test;
        this.requires = Set.copyOf(requires);
    }

    /** The gate of these steps: all of them count, but for the tools that the self-test does not use. */
    public static SelfTestGate of(StepGraph steps, Function<Progress, SelfTest.Result> test) {
        Set<StepId> requires = new HashSet<>(steps.ids());
        requires.remove(PackagesStep.BUILD_TOOLS);
        return new SelfTestGate(test, requires);
    }

    /** The self-test by itself. */
    public static SelfTestGate alone(Function<Progress, SelfTest.Result> test) {
        return new SelfTestGate(test, Set.of());
    }

    @Override
    public StepId id() {
        return SelfTest.ID;
    }

    @Override
    public String summary() {
        return "build, inspect and run a probe";
    }

    @Override
    public Set<StepId> requires() {
        return requires;
    }

    @Override
    public Outcome pass(Progress progress) {
        SelfTest.Result passed = test.apply(progress);
        result = passed;
        return passed.unchanged()
                ? new Outcome.Unchanged(List.of("passed before, and nothing it depends on has changed"))
                : new Outcome.Changed(
                        List.of(),
                        List.of("a static program for " + passed.report().target() + " was built and ran"));
    }

    /** The evidence, once it was passed. */
    public Optional<SelfTest.Result> result() {
        return Optional.ofNullable(result);
    }
}
