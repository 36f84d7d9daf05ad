package dev.crossarm.job.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.elf.ElfMachine;
import dev.crossarm.elf.InspectReport;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.TestMount;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proof and stripping of programs the distribution's cross compiler makes here and now. */
@SuppressWarnings("try") // what is held or mounted for a while is not named again
class ProofCheckTest {
    private static final DurableFiles FILES = new DurableFiles(Checkpoint.NONE);
    private static final CrossTools TOOLS = CrossTools.of(Target.X86_64_MUSL);
    private static final String SOURCE =
            "#include <stdio.h>\nint answer(void) { return 42; }\nint main(void) { return printf(\"%d\", answer()) < 0; }\n";

    @TempDir
    Path folder;

    @Test
    void names_a_dynamic_program_once_and_glibc_in_it() throws Exception {
        List<CheckFinding> findings = ProofCheck.of(report(compiled("-O1"), ElfMachine.X86_64));

        assertThat(findings).extracting(CheckFinding::id).containsExactly("dynamic", "glibc");
        assertThat(findings.get(0).title()).isEqualTo("app is linked dynamically");
        assertThat(findings.get(0).explanation()).contains("asks for /lib64/ld-linux-x86-64.so.2", "needs libc.so.6");
        assertThat(findings).allMatch(finding -> finding.file().equals(folder.resolve("app")));
        assertThat(findings).allMatch(finding -> !finding.remedy().isBlank());
    }

    @Test
    void names_glibc_in_a_static_program() throws Exception {
        assertThat(ProofCheck.of(report(compiled("-static"), ElfMachine.X86_64)))
                .extracting(CheckFinding::id)
                .containsExactly("glibc");
    }

    @Test
    void names_indirect_functions_where_nothing_resolves_them() throws Exception {
        Path source = Files.writeString(folder.resolve("bare.c"), """
                static int (*pick(void))(void) { return 0; }
                int chosen(void) __attribute__((ifunc("pick")));
                void _start(void) { chosen(); }
                """);
        assertThat(ProofCheck.of(report(
                        compiled("-static", "-no-pie", "-nostdlib", "-nostartfiles", "-nostdinc", source.toString()),
                        ElfMachine.X86_64)))
                .extracting(CheckFinding::id)
                .containsExactly("indirect-functions");
    }

    @Test
    void names_the_wrong_machine_and_nothing_else() throws Exception {
        assertThat(ProofCheck.of(report(compiled("-O1"), ElfMachine.AARCH64)))
                .extracting(CheckFinding::id)
                .containsExactly("wrong-architecture");
    }

    @Test
    void names_an_object_file() throws Exception {
        assertThat(ProofCheck.of(
                        report(compiled("-c", "-nostdinc", "-DX", "-include", "/dev/null"), ElfMachine.X86_64)))
                .extracting(CheckFinding::id)
                .contains("not-static");
    }

    @Test
    void holds_zips_against_the_limits_of_lambda_to_the_byte() {
        Path zip = Path.of("/w/app.zip");

        assertThat(ProofCheck.lambda(new Packed(zip, "", 52_428_800, 262_144_000)))
                .isEmpty();
        assertThat(ProofCheck.lambda(new Packed(zip, "", 52_428_801, 262_144_001)))
                .extracting(CheckFinding::id)
                .containsExactly("lambda-zip-size", "lambda-unpacked-size");
    }

    @Test
    void ends_with_65_and_every_remedy_once() throws Exception {
        List<CheckFinding> findings = ProofCheck.of(report(compiled("-O1"), ElfMachine.X86_64));

        Problem problem = ProofCheck.problem(findings).orElseThrow();

        assertThat(problem.exit()).isEqualTo(ExitStatus.DATA);
        assertThat(problem.summary()).isEqualTo("app is linked dynamically, and 1 more finding");
        assertThat(problem.remedies()).hasSize(2);
        assertThat(ProofCheck.problem(List.of())).isEmpty();
    }

    @Test
    void stripping_leaves_the_other_name_of_the_file_as_it_was() throws Exception {
        Path app = compiled("-g");
        Files.setPosixFilePermissions(app, PosixFilePermissions.fromString("rwxr-x--x"));
        Path deps = Files.createLink(folder.resolve("app-0123"), app);
        byte[] before = Files.readAllBytes(deps);

        Optional<Path> debug = new Stripping(real(), FILES, TOOLS).strip(app, true);

        assertThat(deps).hasBinaryContent(before);
        assertThat(Files.isSameFile(app, deps)).isFalse();
        assertThat(Files.size(app)).isLessThan(before.length);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(app)))
                .isEqualTo("rwxr-x--x");
        assertThat(debug).contains(folder.resolve("app.debug"));
        InspectReport stripped = report(app, ElfMachine.X86_64);
        assertThat(stripped.facts().symbols().stripped()).isTrue();
        assertThat(PackingProject.run(
                        folder,
                        "readelf",
                        "--section-headers",
                        debug.orElseThrow().toString()))
                .contains(".debug_info");
        assertThat(PackingProject.run(folder, "readelf", "--string-dump=.gnu_debuglink", app.toString()))
                .contains("app.debug");
        assertThat(left()).containsExactlyInAnyOrder("app", "app-0123", "app.debug", "app.c");
        assertThat(PackingProject.run(folder, app.toString())).isEqualTo("42");
    }

    @Test
    void stripping_twice_changes_nothing_more() throws Exception {
        Path app = compiled("-g");
        Stripping stripping = new Stripping(real(), FILES, TOOLS);

        stripping.strip(app, false);
        byte[] once = Files.readAllBytes(app);
        stripping.strip(app, false);

        assertThat(app).hasBinaryContent(once);
    }

    @Test
    void a_failed_strip_leaves_the_program_and_no_trace() throws Exception {
        Path app = Files.writeString(folder.resolve("app"), "no program");

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                CrossarmException.class, () -> new Stripping(real(), FILES, TOOLS).strip(app, false))
                        .problem()
                        .code())
                .isEqualTo("strip-failed");
        assertThat(app).hasContent("no program");
        assertThat(left()).containsExactly("app");
    }

    @Test
    void stripping_on_a_full_disk_says_so_and_leaves_the_program() throws Exception {
        Path app = compiled("-g");
        try (TestMount mount = TestMount.tmpfs(folder.resolve("small"), "size=64k")) {
            Path small = Files.copy(app, folder.resolve("small/app"));
            Files.write(
                    folder.resolve("small/filler"),
                    new byte[(int) small.toFile().getUsableSpace() - 4096]);

            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                    CrossarmException.class,
                                    () -> new Stripping(real(), FILES, TOOLS).strip(small, false))
                            .problem())
                    .matches(
                            problem -> problem.code().equals("no-space") && problem.exit() == ExitStatus.CANNOT_CREATE);
            assertThat(small).hasSameBinaryContentAs(app);
        }
    }

    private Path compiled(String... flags) throws IOException, InterruptedException {
        Path source =
                Files.writeString(folder.resolve("app.c"), List.of(flags).contains("-nostdinc") ? "int x;\n" : SOURCE);
        Path app = folder.resolve("app");
        String[] line = Stream.concat(
                        Stream.of(TOOLS.tool("gcc").toString(), "-o", app.toString(), source.toString()),
                        Stream.of(flags))
                .toArray(String[]::new);
        PackingProject.run(folder, line);
        return app;
    }

    private static InspectReport report(Path file, int machine) {
        return InspectReport.of(file, machine, "x86_64-unknown-linux-musl");
    }

    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(one -> String.valueOf(one.getFileName())).toList();
        }
    }

    private static CommandRunner real() {
        return (command, lines) -> {
            try {
                Process process = new ProcessBuilder(command.argv())
                        .redirectErrorStream(true)
                        .start();
                String output =
                        new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                int exit = process.waitFor();
                return result(command, exit, output);
            } catch (IOException | InterruptedException broken) {
                throw new AssertionError(broken);
            }
        };
    }

    private static CommandResult result(Command command, int exit, String output) {
        return CommandResult.of(command, exit, output, "");
    }
}
