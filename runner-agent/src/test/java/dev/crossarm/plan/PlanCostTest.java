package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.plan.Plan.PlannedStep;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanCostTest {

    private static PlannedStep step(String id, Observation found, boolean leftOut, String... after) {
        Set<StepId> earlier = Stream.of(after).map(StepId::of).collect(Collectors.toSet());
        return new PlannedStep(StepId.of(id), id, earlier, found, List.of(), leftOut);
    }

    private static Observation.Drifted costing(double download, double disk, int seconds) {
        Change change = Change.of(Change.Kind.DOWNLOAD, "/opt/it", "fetch it");
        Repair free = TargetFix.of(Difference.missing("/opt/other", "a file"), change);
        return new Observation.Drifted(
                List.of(free, free.at(Cost.ofMegabytes(download, disk, Duration.ofSeconds(seconds)))));
    }

    @Test
    void is_that_of_the_repairs_that_are_to_be_made() {
        Plan plan = new Plan(
                Plan.Action.PROVISION,
                List.of(
                        step("packages", Observation.Satisfied.of("there"), false),
                        step("rustup", costing(20, 30, 5), false),
                        step("cpp", costing(100, 210, 120), true)));

        assertThat(plan.cost()).isEqualTo(new Cost(20_000_000, 30_000_000, Duration.ofSeconds(5)));
    }

    @Test
    void adds_up_sizes_and_only_the_times_of_steps_that_wait_for_each_other() {
        Plan plan = new Plan(
                Plan.Action.PROVISION,
                List.of(
                        step("packages", costing(10, 10, 60), false),
                        step("rustup", costing(1, 1, 10), false),
                        step("build-tools", costing(5, 5, 20), false, "packages"),
                        step("rust-toolchain", costing(100, 500, 30), false, "rustup")));

        assertThat(plan.cost()).isEqualTo(new Cost(116_000_000, 516_000_000, Duration.ofSeconds(80)));
    }
}
