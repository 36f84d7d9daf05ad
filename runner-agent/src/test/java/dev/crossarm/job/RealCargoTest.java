package dev.crossarm.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.job.program.BuiltProgram;
import dev.crossarm.job.program.Finishing;
import dev.crossarm.job.program.PackingProject;
import dev.crossarm.job.program.ProgramResult;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a program after cargo, as cargo sees it: with the real one. */
@Tag("rust")
class RealCargoTest {
    private static final String TRIPLE = "x86_64-unknown-linux-musl";

    @TempDir
    Path root;

    @Test
    void a_stripped_program_is_proven_and_cargo_builds_nothing_again() throws Exception {
        Path project = Files.createDirectories(root.resolve("project/src")).resolveSibling("Cargo.toml");
        Files.writeString(
                project, "[package]\nname = \"probe\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[workspace]\n");
        Files.writeString(project.resolveSibling("src").resolve("main.rs"), "fn main() { println!(\"alive\"); }\n");
        Path folder = Objects.requireNonNull(project.getParent());
        assertThat(cargo(folder)).contains("Compiling probe");
        Path program = folder.resolve("target/" + TRIPLE + "/release/probe");
        Path deps = deps(program);
        assertThat(Files.isSameFile(program, deps))
                .as("cargo links the two names")
                .isTrue();
        byte[] built = Files.readAllBytes(deps);

        Finishing finishing = new Finishing(real(), new DurableFiles(Checkpoint.NONE), Target.X86_64_MUSL);
        ProgramResult first = finishing.prove(new BuiltProgram("probe", "1.0.0", "probe", program), true, true, false);

        assertThat(first.isStatic()).isTrue();
        assertThat(first.findings()).isEmpty();
        assertThat(first.bytes()).isLessThan(built.length);
        assertThat(PackingProject.run(folder, program.toString())).isEqualTo("alive\n");
        assertThat(deps).hasBinaryContent(built);

        assertThat(cargo(folder)).doesNotContain("Compiling").contains("Finished");
        ProgramResult second = finishing.prove(new BuiltProgram("probe", "1.0.0", "probe", program), true, true, false);
        assertThat(second.sha256()).isEqualTo(first.sha256());
    }

    private static Path deps(Path program) throws IOException {
        try (Stream<Path> all = Files.list(program.resolveSibling("deps"))) {
            return all.filter(file -> file.getFileName().toString().matches("probe-[0-9a-f]+"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String cargo(Path folder) throws IOException, InterruptedException {
        Path rust = Path.of(Objects.requireNonNull(
                System.getenv("CROSSARM_TEST_RUST"), "CROSSARM_TEST_RUST is not set; see ./scripts/test --only rust"));
        return PackingProject.run(
                folder,
                Map.of(
                        "RUSTUP_HOME",
                        rust.resolve("rustup").toString(),
                        "CARGO_HOME",
                        root.resolve("cargo-home").toString(),
                        "CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER",
                        CrossTools.of(Target.X86_64_MUSL).linker().toString()),
                rust.resolve("cargo/bin/cargo").toString(),
                "build",
                "--release",
                "--offline",
                "--target",
                TRIPLE);
    }

    private static CommandRunner real() {
        return (command, lines) -> {
            try {
                Process process = new ProcessBuilder(command.argv())
                        .redirectErrorStream(true)
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return CommandResult.of(command, process.waitFor(), output, "");
            } catch (IOException | InterruptedException broken) {
                throw new AssertionError(broken);
            }
        };
    }
}
