package dev.crossarm.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.job.cargo.CargoLock;
import dev.crossarm.target.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The variable of bindgen that old ones read. With the real bindgen: RealBindgenTest. */
class OldBindgenTest {
    private static final String BARE = "BINDGEN_EXTRA_CLANG_ARGS";
    private static final String TARGETS = BARE + "_x86_64_unknown_linux_musl";

    private final Map<String, String> variables = new TreeMap<>(Map.of(TARGETS, "--target=x"));

    private String answer(String... versions) {
        return OldBindgen.answer(
                        List.of(versions).stream()
                                .map(version -> new CargoLock.Locked("bindgen", version))
                                .toList(),
                        variables,
                        Target.X86_64_MUSL)
                .orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.49.0", "0.56.0", "0.58.1"})
    void is_set_for_one_that_reads_no_other(String version) {
        assertThat(answer("0.72.0", version))
                .isEqualTo(BARE + " without the target's name for bindgen " + version + " (set for this build)");
        assertThat(variables).containsEntry(BARE, "--target=x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.48.1", "0.59.0", "0.59.2", "0.72.1", "1.0.0"})
    void is_left_out_for_one_that_reads_the_target_s_or_none(String version) {
        assertThat(answer(version)).isEmpty();
        assertThat(variables).doesNotContainKey(BARE);
    }

    @Test
    void stays_as_the_caller_has_set_it() {
        variables.put(BARE, "");

        assertThat(answer("0.56.0")).isEmpty();
        assertThat(variables).containsEntry(BARE, "");
    }

    @Test
    void is_left_out_where_nothing_is_said_to_bindgen() {
        variables.clear();

        assertThat(answer("0.56.0")).isEmpty();
        assertThat(variables).isEmpty();
    }
}
