package dev.crossarm.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.TestProgram;
import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.config.Scope;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words that {@code crossarm build} does not take. */
class BuildCommandTest {
    @TempDir
    Path folder;

    private final TestConsole console = new TestConsole();

    private int run(String... words) {
        return new TestProgram().run(console, words);
    }

    @BeforeEach
    void nothing_was_said() {
        assertThat(console.err()).isEmpty();
    }

    @Test
    void an_option_without_its_dashes_is_named() {
        assertThat(run("build", "-C", folder.toString(), "release")).isEqualTo(64);
        assertThat(console.err()).contains("unexpected argument release", "did you mean: crossarm build --release");
    }

    @Test
    void a_word_that_is_like_no_option_is_not_handed_to_cargo_either() {
        assertThat(run("build", "-C", folder.toString(), "demo", "--", "--timings"))
                .isEqualTo(64);
        assertThat(console.err()).contains("unexpected argument demo", "crossarm build -- demo");
    }

    @Test
    void a_folder_that_is_not_there_is_named_with_65() {
        assertThat(run("build", "--directory", folder + "/nowhere")).isEqualTo(65);
        assertThat(console.err()).contains("there is no folder " + folder + "/nowhere");
    }

    @Test
    void what_was_provisioned_in_another_scope_alone_is_for_the_build_to_say_so_that_a_job_is_annotated() {
        TestProgram program = new TestProgram().provisionedIn(Scope.USER);

        assertThat(program.run(console, "build", "-C", folder.toString(), "--scope", "system"))
                .isEqualTo(78);
        assertThat(program.asked()).isPresent();
    }

    @Test
    void what_ends_a_build_before_it_is_one_is_an_annotation_of_the_job() {
        TestProgram program = new TestProgram().variable("GITHUB_ACTIONS", "true");

        assertThat(program.run(console, "build", "-C", folder + "/nowhere")).isEqualTo(65);
        assertThat(console.err().lines())
                .anyMatch(line -> line.startsWith("::error title=crossarm%3A ")
                        && line.contains("there is no folder " + folder + "/nowhere"));
    }

    @Test
    void the_time_to_wait_for_a_lock_can_be_given_as_the_advice_says() {
        run("build", "-C", folder + "/nowhere", "--lock-timeout", "30m");
        assertThat(console.err()).doesNotContain("unknown option");
    }
}
