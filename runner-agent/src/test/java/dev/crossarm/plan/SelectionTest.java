package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    private final StepGraph graph = StepGraph.of(List.of(
            new ScriptedStep("packages", 1),
            new ScriptedStep("rustup", 1, "packages"),
            new ScriptedStep("rust-toolchain", 1, "rustup")));

    @Test
    void takes_every_step_when_nothing_is_named() {
        assertThat(Selection.of(graph, List.of(), List.of())).isEqualTo(Selection.all(graph));
    }

    @Test
    void takes_what_is_named_without_what_is_skipped() {
        assertThat(Selection.of(graph, List.of("packages", "rustup"), List.of("packages"))
                        .steps())
                .containsExactly(StepId.of("rustup"));
        assertThat(Selection.of(graph, List.of(), List.of("rustup")).steps())
                .containsExactlyInAnyOrder(StepId.of("packages"), StepId.of("rust-toolchain"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pakages", "package", "Packages", "packages "})
    void suggests_the_nearest_step_when_a_name_is_mistyped(String typed) {
        Problem problem = problemOf(List.of(typed));

        assertThat(problem.exit()).isEqualTo(ExitStatus.USAGE);
        assertThat(problem.code()).isEqualTo("unknown-step");
        assertThat(problem.summary()).contains(typed);
        assertThat(problem.remedies())
                .containsExactly("did you mean --only packages?", "steps are: packages, rustup, rust-toolchain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel", "", "a\nb"})
    void lists_the_steps_when_nothing_is_near(String typed) {
        assertThat(problemOf(List.of(typed)).remedies()).containsExactly("steps are: packages, rustup, rust-toolchain");
    }

    @Test
    void refuses_to_leave_nothing_to_do() {
        assertThatThrownBy(() -> Selection.of(graph, List.of("rustup"), List.of("rustup")))
                .isInstanceOf(CrossarmException.class)
                .hasMessage("--only and --skip leave no step to run");
    }

    private Problem problemOf(List<String> only) {
        return catchThrowableOfType(CrossarmException.class, () -> Selection.of(graph, only, List.of()))
                .problem();
    }
}
