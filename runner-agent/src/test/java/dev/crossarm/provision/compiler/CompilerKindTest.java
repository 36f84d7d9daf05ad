package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.config.Layout;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompilerKindTest {

    @ParameterizedTest
    @MethodSource("kinds")
    void has_the_digest_of_its_files_for_a_version_because_compile_caches_know_a_compiler_by_its_path(
            CompilerKind kind) {
        assertThat(kind.version())
                .isEqualTo(Fingerprint.of(kind.files().toString()).value().substring("sha256:".length(), 15));
        assertThat(kind.directory()).matches(kind.word() + "-[0-9a-f]{8}");
    }

    @Test
    void differs_in_version_where_a_file_differs() {
        assertThat(CompilerKind.all()).extracting(CompilerKind::version).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void leaves_no_placeholder_unfilled(CompilerKind kind) {
        CompilerPlace place = place(kind, Target.X86_64_MUSL);

        assertThat(place.files() + " " + place.variables() + " " + place.links() + " " + place.linker())
                .doesNotContainPattern("@[a-z]+@");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void writes_nothing_that_only_shellcheck_reads(CompilerKind kind) {
        assertThat(kind.files().values()).noneMatch(text -> text.contains("# shellcheck"));
    }

    @Test
    void is_the_compiler_for_musl_and_more_where_it_is_the_one_for_cpp() {
        assertThat(CompilerKind.of(Compiler.CPP).variables())
                .isEqualTo(CompilerKind.of(Compiler.MUSL).variables());
        assertThat(CompilerKind.of(Compiler.CPP).links())
                .isEqualTo(CompilerKind.of(Compiler.MUSL).links());
        assertThat(CompilerKind.of(Compiler.CPP).files())
                .containsKeys("musl.specs", "include/features.h", "start/crt1.o");
        assertThat(CompilerKind.of(Compiler.CPP).files().keySet()).noneMatch(name -> name.startsWith("no-c++/"));
        assertThat(CompilerKind.of(Compiler.MUSL).files().keySet()).contains("no-c++/vector", "no-c++/cwctype");
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
        CompilerPlace place = place(kind, arm);

        assertThat(place.files() + " " + place.variables() + " " + place.links() + " " + place.linker())
                .contains("/usr/bin/aarch64-linux-gnu-gcc", "aarch64-linux-musl-gcc")
                .doesNotContain("x86", "amd64");
    }

    static List<CompilerKind> kinds() {
        return CompilerKind.all();
    }

    private static CompilerPlace place(CompilerKind kind, Target target) {
        Layout layout = new Layout(Path.of("/p"), Path.of("/s"), Path.of("/r"), Path.of("/c"), true, Optional.empty());
        return new CompilerPlace(kind, CrossTools.of(target), layout, Path.of("/rust"));
    }
}
