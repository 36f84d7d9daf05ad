package dev.crossarm.job.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishingTest {
    private static final CommandRunner NO_COMMANDS = (command, lines) -> {
        throw new AssertionError("nothing is to be run here: " + command);
    };

    @TempDir
    Path folder;

    private final DurableFiles files = new DurableFiles(Checkpoint.NONE);
    private final Finishing finishing = new Finishing(NO_COMMANDS, files, Target.X86_64_MUSL);
    private Path app;

    @BeforeEach
    void compile() throws Exception {
        Path source = Files.writeString(
                folder.resolve("app.s"), ".globl _start\n_start: mov $60, %eax\n xor %edi, %edi\n syscall\n");
        app = folder.resolve("app");
        PackingProject.run(
                folder,
                CrossTools.of(Target.X86_64_MUSL).tool("gcc").toString(),
                "-nostdlib",
                "-static",
                "-s",
                "-o",
                app.toString(),
                source.toString());
    }

    @Test
    void proves_compares_and_packs_a_program() throws Exception {
        Files.writeString(folder.resolve("note"), "n");
        Finishing.Packing packing = new Finishing.Packing(folder, List.of("note"), folder.resolve("out"));
        SizeHistory history = new SizeHistory(files, folder.resolve("sizes"), "me/mine");

        // Stripped by the linker already, so no tool is asked.
        ProgramResult proven = finishing.prove(program("api", "app"), true, true, false);
        List<ProgramResult> first = finishing.compared(List.of(proven), history, "release");
        List<ProgramResult> second = finishing.compared(List.of(proven), history, "release");
        ProgramResult packed = finishing
                .archived(finishing.zipped(second, LambdaZip.Layout.FUNCTION, packing, true), packing)
                .get(0);

        assertThat(proven.isStatic()).isTrue();
        assertThat(proven.kind()).isEqualTo("static");
        assertThat(proven.findings()).isEmpty();
        assertThat(first.get(0).previousBytes()).isEmpty();
        assertThat(second.get(0).previousBytes()).hasValue(Files.size(app));
        assertThat(packed.zip().orElseThrow().file())
                .isEqualTo(folder.resolve("out/app.zip"))
                .exists();
        assertThat(packed.archive().orElseThrow().file())
                .isEqualTo(folder.resolve("out/app-x86_64-unknown-linux-musl.tar.gz"))
                .exists();
    }

    @Test
    void refuses_two_programs_of_one_name() {
        List<ProgramResult> twins = List.of(
                finishing.prove(program("api", "app"), true, false, false),
                finishing.prove(program("web", "app"), true, false, false));

        CrossarmException refused = catchThrowableOfType(
                CrossarmException.class,
                () -> finishing.archived(twins, new Finishing.Packing(folder, List.of(), folder.resolve("out"))));

        assertThat(refused.problem().summary()).contains("api:app and web:app");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private BuiltProgram program(String packageName, String name) {
        return new BuiltProgram(packageName, "1.0.0", name, app);
    }
}
