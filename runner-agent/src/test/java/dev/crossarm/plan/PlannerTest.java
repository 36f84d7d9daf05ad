package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private final ScriptedStep packages = new ScriptedStep("packages", 2);
    private final ScriptedStep rustup = new ScriptedStep("rustup", 1, "packages");
    private final ScriptedStep rust = new ScriptedStep("rust-toolchain", 1, "rustup");
    private final StepGraph graph = StepGraph.of(List.of(packages, rustup, rust));
    private final Planner planner = new Planner(graph);

    @Test
    void lists_every_change_of_a_fresh_host_without_making_one() {
        Plan plan = planner.plan(Selection.all(graph));

        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.text()).isEqualTo("""
                        packages: 2 changes
                          run  make part-0
                          run  make part-1
                        rustup: 1 change
                          run  make part-0
                        rust-toolchain: 1 change
                          run  make part-0
                        """);
        assertThat(packages.applied()).isEmpty();
    }

    @Test
    void is_empty_when_every_step_is_satisfied() {
        List.of(packages, rustup, rust).forEach(ScriptedStep::alreadyDone);

        assertThat(planner.plan(Selection.all(graph)).isEmpty()).isTrue();
        assertThat(planner.plan(Selection.all(graph)).text()).startsWith("packages: satisfied\n");
    }

    @Test
    void shows_what_a_selected_step_requires_as_left_out() {
        Plan plan = planner.plan(Selection.of(graph, List.of("rust-toolchain"), List.of()));

        assertThat(plan.text()).isEqualTo("""
                        packages: left out (not satisfied: part-0 is missing, and 1 more)
                        rustup: left out (not satisfied: part-0 is missing)
                        rust-toolchain: 1 change
                          run  make part-0
                        """);
        assertThat(plan.changes()).hasSize(1);
    }

    @Test
    void reports_an_unknown_as_problem_only_when_no_earlier_step_may_mend_it() {
        Problem unreadable = Problem.of(ExitStatus.NO_PERMISSION, "unreadable", "cannot read it");
        rustup.beforeCheck = step -> {
            throw unreadable.asException();
        };

        assertThat(planner.plan(Selection.all(graph)).problems()).isEmpty();
        packages.alreadyDone();
        assertThat(planner.plan(Selection.all(graph)).problems()).containsExactly(unreadable);
    }

    @Test
    void plans_removal_last_made_first() {
        packages.alreadyDone();
        rust.alreadyDone();

        assertThat(planner.planRemoval(Selection.all(graph)).text()).isEqualTo("""
                        rust-toolchain: 1 change
                          delete  remove part-0
                        rustup: satisfied
                        packages: 2 changes
                          delete  remove part-0
                          delete  remove part-1
                        """);
    }
}
