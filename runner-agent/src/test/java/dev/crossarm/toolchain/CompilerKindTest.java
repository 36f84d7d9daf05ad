package dev.crossarm.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.plan.Fingerprint;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompilerKindTest {

    @Test
    void counts_its_version_up_when_a_wrapper_changes() {
        // Compile caches know a compiler by its path: whoever changes a wrapper raises the version, and then this line.
        assertThat(CompilerKind.GNU.version() + " "
                        + Fingerprint.of(CompilerKind.GNU.files().toString()))
                .isEqualTo("1 sha256:9037483d6b951d0ecf6c38f87302dd4201fc6407fe608c9eceada7b7fd41b228");
    }

    @Test
    void counts_its_version_up_when_the_compiler_for_musl_changes() {
        assertThat(CompilerKind.MUSL.version() + " "
                        + Fingerprint.of(CompilerKind.MUSL.files().toString()))
                .isEqualTo("4 sha256:4e5728f4952e4b8b8a254901dceae52aeef9e333b6fdccd84c59c7708121a128");
    }

    @Test
    void counts_its_version_up_when_the_compiler_for_cpp_changes() {
        assertThat(CompilerKind.CPP.version() + " "
                        + Fingerprint.of(CompilerKind.CPP.files().toString()))
                .isEqualTo("2 sha256:3d11a27d625f559dc0d30477f3ea2d671e3a67a1bb762d5b4f8d50d06cb31e8a");
    }

    @Test
    void finds_a_kind_when_its_word_is_known() {
        assertThat(CompilerKind.byWord("gnu")).contains(CompilerKind.GNU);
        assertThat(CompilerKind.byWord("clang")).isEmpty();
        assertThat(CompilerKind.words()).containsExactly("gnu", "musl", "cpp");
    }

    @Test
    void refuses_a_word_that_cannot_be_part_of_a_path() {
        assertThatThrownBy(() -> new CompilerKind("../x", 1, Map.of(), Map.of(), Map.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("../x");
    }
}
