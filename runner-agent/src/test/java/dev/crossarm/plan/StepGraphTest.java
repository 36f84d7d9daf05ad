package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepGraphTest {

    @Test
    void puts_requirements_first_and_keeps_the_given_order_otherwise() {
        StepGraph graph = StepGraph.of(List.of(
                new ScriptedStep("compilers", 1, "packages"),
                new ScriptedStep("rust-toolchain", 1, "rustup"),
                new ScriptedStep("packages", 1),
                new ScriptedStep("rustup", 1)));

        assertThat(graph.ids()).map(StepId::value).containsExactly("packages", "compilers", "rustup", "rust-toolchain");
    }

    @Test
    void names_the_whole_circle_when_steps_require_each_other() {
        assertThatThrownBy(() -> StepGraph.of(List.of(
                        new ScriptedStep("start", 1, "one"),
                        new ScriptedStep("one", 1, "two"),
                        new ScriptedStep("two", 1, "three"),
                        new ScriptedStep("three", 1, "one"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("steps require each other in a circle: one -> two -> three -> one");
    }

    @Test
    void refuses_a_step_that_requires_itself() {
        assertThatThrownBy(() -> StepGraph.of(List.of(new ScriptedStep("one", 1, "one"))))
                .hasMessage("steps require each other in a circle: one -> one");
    }

    @Test
    void names_both_when_a_requirement_does_not_exist() {
        assertThatThrownBy(() -> StepGraph.of(List.of(new ScriptedStep("compilers", 1, "packages"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("step compilers requires packages, which does not exist");
    }

    @Test
    void refuses_two_steps_of_the_same_name() {
        assertThatThrownBy(() -> StepGraph.of(List.of(new ScriptedStep("one", 1), new ScriptedStep("one", 1))))
                .hasMessage("two steps are called one");
    }

    @Test
    void finds_requirements_of_requirements_once() {
        StepGraph graph = StepGraph.of(List.of(
                new ScriptedStep("top", 1, "left", "right"),
                new ScriptedStep("left", 1, "base"),
                new ScriptedStep("right", 1, "base"),
                new ScriptedStep("base", 1)));

        assertThat(graph.requirementsOf(java.util.Set.of(StepId.of("top"))))
                .map(StepId::value)
                .containsExactlyInAnyOrder("left", "right", "base");
    }
}
