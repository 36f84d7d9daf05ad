package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.StepContract;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.provision.TestHost;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class KernelHeadersStepTest {
    @TempDir
    Path root;

    @BeforeEach
    void fresh() throws IOException {
        host(root);
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_contract() {
        return StepContract.of((host, checkpoint) -> step(host, checkpoint, CompilerKind.of(Compiler.MUSL)))
                .startingFrom(KernelHeadersStepTest::host)
                .tests();
    }

    @Test
    void links_the_target_s_own_asm_and_never_the_host_s() throws IOException {
        applied(step(CompilerKind.of(Compiler.MUSL)));

        assertThat(kernel().resolve("linux/version.h")).hasContent("kernel");
        assertThat(kernel().resolve("asm-generic/types.h")).hasContent("kernel");
        assertThat(kernel().resolve("asm/types.h")).hasContent("cross");
    }

    @Test
    void names_the_package_when_headers_are_missing() throws IOException {
        Files.move(root.resolve("usr/x86_64-linux-gnu"), root.resolve("usr/elsewhere"));

        assertThat(failure().problem().remedies().get(0)).isEqualTo("sudo apt-get install linux-libc-dev-amd64-cross");
        assertThat(kernel()).doesNotExist();
    }

    @Test
    void makes_no_directory_where_the_link_to_musl_s_headers_belongs() throws IOException {
        Path current = kernel().getParent();
        Files.delete(current);

        assertThat(failure().problem().remedies().get(0)).contains("--only musl-sysroot,kernel-headers");
        assertThat(current).doesNotExist();
    }

    @Test
    void notices_a_link_that_leads_elsewhere() throws IOException {
        KernelHeadersStep step = applied(step(CompilerKind.of(Compiler.MUSL)));
        Files.delete(kernel().resolve("asm"));
        Files.createSymbolicLink(kernel().resolve("asm"), root.resolve("usr/include/asm"));

        assertThat(step.check()).isInstanceOf(Observation.Drifted.class);
        applied(step);
        assertThat(kernel().resolve("asm/types.h")).hasContent("cross");
    }

    @Test
    void has_nothing_to_do_for_a_compiler_kind_with_other_headers() {
        assertThat(step(CompilerKind.of(Compiler.GNU)).check()).isInstanceOf(Observation.Satisfied.class);
    }

    private CrossarmException failure() {
        return catchThrowableOfType(CrossarmException.class, () -> applied(step(CompilerKind.of(Compiler.MUSL))));
    }

    private static KernelHeadersStep applied(KernelHeadersStep step) {
        ((Observation.Drifted) step.check()).repairs().forEach(repair -> step.apply(repair.fix(), Progress.NONE));
        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
        return step;
    }

    private KernelHeadersStep step(CompilerKind kind) {
        return step(root, Checkpoint.NONE, kind);
    }

    private static KernelHeadersStep step(Path host, Checkpoint checkpoint, CompilerKind kind) {
        CompilerPlace place = new CompilerPlace(
                kind, CrossTools.of(Target.X86_64_MUSL), TestHost.layout(host), host.resolve("no-rust"));
        return new KernelHeadersStep(host, place, new DurableFiles(checkpoint));
    }

    private Path kernel() {
        return MuslSysroot.of(TestHost.layout(root)).kernel();
    }

    /** As musl's step and the package manager leave it. */
    private static void host(Path host) throws IOException {
        MuslSysroot sysroot = MuslSysroot.of(TestHost.layout(host));
        TestHost.put(sysroot.version("1.2.5-3").resolve("include/stdlib.h"), "musl");
        Files.createSymbolicLink(sysroot.current(), Path.of("1.2.5-3"));
        TestHost.kernelHeaders(host);
    }
}
