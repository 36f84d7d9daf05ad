package dev.crossarm.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.TestProgram;
import dev.crossarm.cli.display.TestConsole;
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
    void the_time_to_wait_for_a_lock_can_be_given_as_the_advice_says() {
        run("build", "-C", folder + "/nowhere", "--lock-timeout", "30m");
        assertThat(console.err()).doesNotContain("unknown option");
    }
}
