package dev.crossarm.provision.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.plan.Progress;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.provision.rust.TestRust;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate with the real rustup, cargo, rustc, gcc and qemu-user of this machine. */
@Tag("rust")
final class SelfTestTest {
    private static final String LINKER = "CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER";
    private static final String CC = "CC_x86_64_unknown_linux_musl";

    @TempDir
    Path root;

    private SelfTestBench bench;

    @BeforeEach
    void prepare() throws IOException {
        TestRust rust = TestRust.require();
        bench = new SelfTestBench(root, rust.rustupHome(), rust.cargoHome());
    }

    @Test
    void passes_with_evidence_when_the_toolchain_is_whole() throws IOException {
        SelfTest.Result result = bench.run();

        SelfTestReport report = result.report();
        assertThat(result.unchanged()).isFalse();
        assertThat(report.answer()).contains("threads=4 unwind=yes");
        assertThat(report.program().sha256()).matches("[0-9a-f]{64}");
        assertThat(report.program().facts()).containsEntry("kind", "static-pie").containsEntry("needed", List.of());
        assertThat(report.tools()).containsOnlyKeys("rustc", "cargo", "cc", "linker", "ld");
        assertThat(report.tools().get("rustc")).startsWith("rustc 1.");
        assertThat(report.checks())
                .extracting(SelfTestReport.Check::id)
                .containsExactly(
                        "compile-c",
                        "build",
                        "machine",
                        "static",
                        "no-interpreter",
                        "no-needed-library",
                        "no-glibc",
                        "no-ifunc",
                        "run");
        assertThat(report.ranOn()).isEqualTo("on this machine's own processor (x86_64)");
        assertThat(bench.workLeft()).isEmpty();
    }

    @Test
    void passes_at_once_until_something_it_depends_on_changes() throws IOException {
        SelfTestReport first = bench.run().report();

        SelfTest.Result second = bench.run();
        assertThat(second.unchanged()).isTrue();
        assertThat(second.report().toText(false)).isEqualTo(first.toText(false));
        assertThat(second.toText().get(0))
                .isEqualTo("self-test passed: unchanged since " + first.provenAt() + ", " + first.fingerprint());
        assertThat(bench.selfTest().run(true, Progress.NONE).unchanged()).isFalse();

        Path wrapper = Path.of(bench.subject().environment().variables().get(CC));
        Files.writeString(wrapper, Files.readString(wrapper) + "# changed\n");
        assertThat(bench.selfTest().standing()).isEmpty();
        assertThat(bench.run().unchanged()).isFalse();
    }

    @Test
    void runs_the_probe_under_the_emulator_when_the_machine_is_another() {
        SelfTestReport report = bench.asArm().run().report();

        assertThat(report.ranOn()).isEqualTo("under /usr/bin/qemu-x86_64-static");
        assertThat(report.tools().get("emulator")).startsWith("qemu-x86_64 version ");
        assertThat(report.answer()).contains("threads=4 unwind=yes");
    }

    @Test
    void fails_in_running_when_the_emulator_gives_an_old_answer() throws IOException {
        Path parrot = bench.script("parrot", "echo 'words=a digest=0 threads=4 unwind=yes'");

        assertFails(
                bench.asArm().with("CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUNNER", parrot.toString()),
                "self-test-run",
                "answered: words=a");
    }

    @Test
    void fails_in_asking_for_versions_when_the_linker_is_not_there() throws IOException {
        assertFails(bench.with(LINKER, "/opt/nowhere/gcc"), "self-test-tools", "/opt/nowhere/gcc");
    }

    @Test
    void fails_in_building_when_the_linker_does_not_link() throws IOException {
        Path broken = bench.script(
                "broken-ld",
                "case \"$*\" in *prog-name*|*--version*) exec x86_64-linux-gnu-gcc \"$@\" ;; esac; echo 'no such emulation' >&2; exit 1");

        assertFails(bench.with(LINKER, broken.toString()), "self-test-build", "no such emulation");
    }

    @Test
    void fails_in_the_proof_when_the_linker_makes_a_dynamic_program() throws IOException {
        Path dynamic = bench.script(
                "dynamic-ld",
                "case \"$*\" in *prog-name*|*--version*) exec x86_64-linux-gnu-gcc \"$@\" ;; esac; "
                        + "while [ \"$1\" != -o ]; do shift; done; "
                        + "echo 'int main(void) { return 0; }' | x86_64-linux-gnu-gcc -x c -o \"$2\" -");

        assertFails(bench.with(LINKER, dynamic.toString()), "self-test-proof", "asks for /lib64/ld-linux-x86-64.so.2");
    }

    @Test
    void fails_in_compiling_when_the_compiler_writes_garbage() throws IOException {
        Path garbage = bench.script(
                "garbage-cc", "while [ $# -gt 1 ]; do [ \"$1\" = -o ] && echo rubbish >\"$2\"; shift; done");

        assertFails(bench.with(CC, garbage.toString()), "self-test-compile", "is not an ELF file");
    }

    @Test
    void keeps_the_cause_and_its_status_when_what_was_compiled_cannot_be_read() throws IOException {
        Path folder = bench.script("folder-cc", "while [ $# -gt 1 ]; do [ \"$1\" = -o ] && mkdir \"$2\"; shift; done");

        assertThatThrownBy(() -> bench.with(CC, folder.toString()).run())
                .isInstanceOfSatisfying(CrossarmException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("self-test-compile");
                    assertThat(e.problem().summary()).endsWith("probe.o is not a regular file");
                    assertThat(e.problem().remedies()).isNotEmpty();
                    assertThat(e.problem().exit()).isEqualTo(ExitStatus.DATA);
                });
    }

    @Test
    void fails_in_compiling_when_the_compiler_is_for_another_machine() throws IOException {
        Path arm = bench.script(
                "arm-cc",
                "x86_64-linux-gnu-gcc \"$@\" || exit\nwhile [ \"${1--o}\" != -o ]; do shift; done\n"
                        + "[ -z \"${2-}\" ] || printf '\\267' | dd of=\"$2\" bs=1 seek=18 conv=notrunc status=none");

        assertFails(bench.with(CC, arm.toString()), "self-test-compile", "object file, not linked for AArch64 (183)");
    }

    @Test
    void fails_in_compiling_when_the_compiler_fortifies() throws IOException {
        Path fortified = bench.script("fortified-cc", "exec x86_64-linux-gnu-gcc -D_FORTIFY_SOURCE=2 \"$@\"");

        assertFails(bench.with(CC, fortified.toString()), "self-test-compile", "musl does not have: __");
    }

    @Test
    void fails_in_compiling_with_the_compilers_own_words_when_there_are_no_headers() throws IOException {
        Path bare = bench.script(
                "bare-cc", "exec x86_64-linux-gnu-gcc -nostdinc -isystem \"$(gcc -print-file-name=include)\" \"$@\"");

        CrossarmException failure =
                assertFails(bench.with(CC, bare.toString()), "self-test-compile", "errno.h: No such file");
        assertThat(failure.problem().remedies()).first().isEqualTo("sudo apt-get install build-essential");
    }

    @Test
    void fails_in_building_when_the_target_is_not_installed() throws IOException {
        Target absent = new Target(
                "x86_64-unknown-none",
                "x86_64-linux-gnu",
                "x86_64",
                62,
                "qemu-x86_64",
                "elf_x86_64",
                "amd64",
                List.of("gcc-x86-64-linux-gnu"));

        CrossarmException failure = assertFails(bench.target(absent), "self-test-build", "can't find crate for");
        assertThat(failure.problem().remedies())
                .containsExactly("rustup target add x86_64-unknown-none", "crossarm provision --here");
    }

    @Test
    void fails_in_asking_for_versions_when_there_is_no_rust() throws IOException {
        SelfTestBench empty = new SelfTestBench(root.resolve("empty"), root.resolve("no"), root.resolve("cargo"));

        assertFails(empty, "self-test-tools", "rustc");
    }

    @Test
    void takes_earlier_evidence_away_when_it_fails() throws IOException {
        bench.run();
        Map<String, String> before = bench.subject().environment().variables();
        assertFails(bench.with(LINKER, "/opt/nowhere/gcc"), "self-test-tools", "nowhere");

        assertThat(bench.with(LINKER, before.getOrDefault(LINKER, ""))
                        .selfTest()
                        .standing())
                .isEmpty();
    }

    private static CrossarmException assertFails(SelfTestBench bench, String code, String detail) throws IOException {
        CrossarmException[] caught = new CrossarmException[1];
        assertThatThrownBy(bench::run).isInstanceOfSatisfying(CrossarmException.class, e -> {
            caught[0] = e;
            assertThat(e.problem().detail()).contains(detail);
            assertThat(e.problem().code()).isEqualTo(code);
            assertThat(e.problem().exit()).isEqualTo(ExitStatus.STEP_FAILED);
            assertThat(e.problem().remedies()).isNotEmpty();
        });
        assertThat(bench.workLeft()).isEmpty();
        return caught[0];
    }
}
