package dev.crossarm.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownFailuresTest {
    private static final Problem PLAIN =
            Problem.of(ExitStatus.STEP_FAILED, "failed", "it failed", "look").withDetail("the command");

    @Test
    void takes_the_first_rule_that_matches_and_keeps_the_detail() {
        Problem found = KnownFailures.APT.find(
                "Failed to fetch: 404 Not Found\nwrite: No space left on device", PLAIN, Map.of());

        assertThat(found.code()).isEqualTo("disk-full");
        assertThat(found.exit()).isEqualTo(ExitStatus.CANNOT_CREATE);
        assertThat(found.detail()).isEqualTo("the command");
    }

    @Test
    void fills_the_words_that_whoever_ran_the_program_knows() {
        Problem found = KnownFailures.RUSTUP.find(
                "error: could not download file", PLAIN, Map.of("server", "https://dist.example"));

        assertThat(found.code()).isEqualTo("rust-server-unreachable");
        assertThat(found.summary()).endsWith("(https://dist.example)");
        assertThat(found.remedies()).first().asString().endsWith("curl -fsSI https://dist.example");
    }

    @Test
    void leaves_an_unknown_failure_as_it_is() {
        assertThat(KnownFailures.PIP.find("something new", PLAIN, Map.of("zig", "1")))
                .isEqualTo(PLAIN);
    }
}
