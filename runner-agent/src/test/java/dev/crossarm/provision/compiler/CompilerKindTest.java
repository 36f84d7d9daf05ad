package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.config.Layout;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
                .isEqualTo("7 sha256:824a4f4af6c93a5d0aa918028a7cde85196c298d629e808187f609149f190a5e");
    }

    @Test
    void counts_its_version_up_when_the_compiler_for_cpp_changes() {
        assertThat(CompilerKind.CPP.version() + " "
                        + Fingerprint.of(CompilerKind.CPP.files().toString()))
                .isEqualTo("5 sha256:5393699c24b9da0db1432d037a875b30bf5526ec48e9d3e4489407757dc896ab");
    }

    @Test
    void finds_a_kind_when_its_word_is_known() {
        assertThat(Compiler.byWord("gnu")).contains(Compiler.GNU);
        assertThat(Compiler.byWord("clang")).isEmpty();
        assertThat(Compiler.words()).containsExactly("musl", "cpp", "gnu");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void names_no_processor_so_that_a_target_is_data(CompilerKind kind) {
        Target arm = new Target(
                "aarch64-unknown-linux-musl",
                "aarch64-linux-gnu",
                "aarch64",
                183,
                "qemu-aarch64",
                "aarch64linux",
                "arm64",
                List.of());
        Layout layout = new Layout(Path.of("/p"), Path.of("/s"), Path.of("/r"), Path.of("/c"), true, Optional.empty());
        CompilerPlace place = new CompilerPlace(kind, CrossTools.of(arm), layout, Path.of("/rust"));

        assertThat(place.files() + " " + place.variables() + " " + place.links() + " " + place.linker())
                .contains("/usr/bin/aarch64-linux-gnu-gcc", "aarch64-linux-musl-gcc")
                .doesNotContain("x86", "amd64");
    }

    static List<CompilerKind> kinds() {
        return CompilerKind.ALL;
    }

    @Test
    void has_a_version_that_counts_from_one() {
        assertThatThrownBy(() -> new CompilerKind(Compiler.GNU, 0, Map.of(), Map.of(), Map.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }
}
