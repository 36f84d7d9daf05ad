package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.config.CompilerRecord;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.CheckpointedCommands;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.StepContract;
import dev.crossarm.provision.RealCommands;
import dev.crossarm.provision.TestHost;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompilersStepTest {
    private static final CommandRunner COMMANDS = RealCommands.create();

    /** Stands for the distribution's compiler on machines without one; says what the real one says. */
    private static final String COMPILER = """
            #!/bin/sh
            case " $* " in
              *' -dumpmachine '*) echo x86_64-linux-gnu ;;
              *' -E '*) cat >/dev/null; echo 'compiler_version "14.2.0"' ;;
            esac
            """;

    @TempDir
    Path root;

    @TestFactory
    Stream<DynamicNode> keeps_the_contract() {
        return CompilerKind.all().stream()
                .map(kind -> DynamicContainer.dynamicContainer(
                        kind.word(),
                        StepContract.of((host, checkpoint) ->
                                        step(fewer(kind), host, host.resolve("tools"), checkpoint))
                                .startingFrom(CompilersStepTest::host)
                                // The folder for state is everybody's.
                                .leaving("var", "var/lib", "var/lib/crossarm")
                                .tests()));
    }

    @ParameterizedTest
    @CsvSource({"musl, gnu", "cpp, musl", "gnu, cpp"})
    void leaves_nothing_of_another_kind(String before, String after) throws IOException {
        host(root);
        apply(step(kind(before), root, root.resolve("tools"), Checkpoint.NONE));
        Path bin = TestHost.layout(root).bin();
        Files.writeString(bin.resolve("crossarm"), "not the step's");

        FileSetStep step = step(kind(after), root, root.resolve("tools"), Checkpoint.NONE);
        apply(step);

        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
        CompilerPlace place = place(kind(after), root, root.resolve("tools"));
        try (Stream<Path> directories = Files.list(CompilerPlace.compilers(TestHost.layout(root)))) {
            assertThat(directories).containsExactly(place.directory());
        }
        try (Stream<Path> links = Files.list(bin)) {
            assertThat(links.filter(Files::isSymbolicLink))
                    .containsExactlyInAnyOrderElementsOf(place.links().keySet());
        }
        assertThat(bin.resolve("crossarm")).hasContent("not the step's");
        assertThat(record().read()).contains(place.kind().compiler());
    }

    @ParameterizedTest
    @CsvSource({"musl, cpp", "cpp, gnu"})
    void keeps_the_compiler_on_record_until_the_other_one_is_in_place(String before, String after) throws IOException {
        host(root);
        apply(step(kind(before), root, root.resolve("tools"), Checkpoint.NONE));
        CompilerPlace old = place(kind(before), root, root.resolve("tools"));

        for (int killed = 0;
                record().read().filter(kind(before).compiler()::equals).isPresent();
                killed++) {
            assertThat(old.directory().resolve("x86_64-linux-musl-gcc").toFile().exists()
                            || old.directory()
                                    .resolve("x86_64-linux-gnu-gcc")
                                    .toFile()
                                    .exists())
                    .as("after %s changes", killed)
                    .isTrue();
            FileSetStep step = step(kind(after), root, root.resolve("tools"), Checkpoint.NONE);
            step.apply(((Observation.Drifted) step.check()).repairs().get(0).fix(), Progress.NONE);
        }

        assertThat(place(kind(after), root, root.resolve("tools")).files().keySet())
                .allMatch(Files::exists);
    }

    @Test
    void leaves_the_compiler_on_record_and_in_place_where_the_other_one_does_not_work() throws IOException {
        host(root);
        Path tools = root.resolve("tools");
        apply(step(CompilerKind.of(Compiler.MUSL), root, tools, Checkpoint.NONE));
        compiler(tools, "#!/bin/sh\necho aarch64-linux-gnu\n");

        assertThatThrownBy(() -> apply(step(CompilerKind.of(Compiler.GNU), root, tools, Checkpoint.NONE)))
                .hasMessageContaining("aarch64-linux-gnu");

        assertThat(record().read()).contains(Compiler.MUSL);
        assertThat(place(CompilerKind.of(Compiler.MUSL), root, tools).files().keySet())
                .allMatch(Files::exists);
    }

    private CompilerRecord record() {
        return CompilerRecord.in(TestHost.layout(root).state());
    }

    /**
     * Some of the files and links that are made alike: a contract kills the step at each, runs the compiler, and then begins
     * anew.
     */
    private static CompilerKind fewer(CompilerKind kind) {
        Map<String, String> files = new LinkedHashMap<>(kind.files());
        files.keySet().removeIf(CompilersStepTest::hasItsLike);
        Map<String, String> links = new LinkedHashMap<>(kind.links());
        links.keySet().removeIf(CompilersStepTest::hasItsLike);
        return new CompilerKind(kind.compiler(), kind.version(), files, kind.variables(), links, kind.linker());
    }

    private static boolean hasItsLike(String name) {
        return name.matches("no-c\\+\\+/.*(?<!/vector)")
                || name.matches("lib/.*(?<!libm\\.a|libgcc_s\\.a)")
                || name.matches("include/.*(?<!/features\\.h|/stat\\.h)")
                || name.matches(".*-(?:nm|ranlib|strip|objcopy|objdump|readelf|size|strings|addr2line|as)");
    }

    private static CompilerKind kind(String word) {
        return CompilerKind.of(Compiler.byWord(word).orElseThrow());
    }

    /** A host with the distribution's compiler, and with the one for C++ in its place. */
    private static void host(Path host) throws IOException {
        compiler(host.resolve("tools"), COMPILER);
        Path zig = CppPlace.of(TestHost.layout(host)).directory().resolve("zig");
        Files.createDirectories(zig.getParent());
        Files.writeString(zig, "#!/bin/sh\ncat >/dev/null\n");
        Files.setPosixFilePermissions(zig, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void says_what_it_saw_when_all_is_there() throws IOException {
        compiler(root.resolve("tools"), COMPILER);
        FileSetStep step = provisioned(root.resolve("tools"));

        assertThat(((Observation.Satisfied) step.check()).evidence())
                .anyMatch(line -> line.contains("14.2.0 builds for x86_64-linux-gnu"));
    }

    @Test
    void names_the_packages_when_the_compiler_is_not_installed() throws IOException {
        Observation.Unknown unknown = withCompiler("none");

        assertThat(unknown.problem().code()).isEqualTo("compiler-missing");
        assertThat(unknown.problem().remedies())
                .containsExactly("sudo apt-get install " + String.join(" ", Target.X86_64_MUSL.crossPackages()));
        assertThat(Target.X86_64_MUSL.crossPackages()).contains("gcc-x86-64-linux-gnu", "libc6-dev-amd64-cross");
    }

    @Test
    void names_the_headers_package_when_no_c_compiles() throws IOException {
        Observation.Unknown unknown = withCompiler("""
                #!/bin/sh
                case "$1" in
                  -dumpmachine) echo x86_64-linux-gnu ;;
                  -E) echo 'stdlib.h:26: fatal error: bits/libc-header-start.h: No such file or directory' >&2; exit 1 ;;
                esac
                """);

        assertThat(unknown.problem().code()).isEqualTo("libc-headers-missing");
        assertThat(unknown.problem().detail()).contains("bits/libc-header-start.h");
        assertThat(unknown.problem().remedies().get(0)).contains("libc6-dev-amd64-cross");
    }

    @Test
    void refuses_a_compiler_for_another_machine() throws IOException {
        Observation.Unknown unknown = withCompiler("#!/bin/sh\necho aarch64-linux-gnu\n");

        assertThat(unknown.problem().code()).isEqualTo("compiler-for-another-machine");
    }

    @Test
    void mends_a_wrapper_that_was_changed_or_made_unexecutable() throws IOException {
        compiler(root.resolve("tools"), COMPILER);
        FileSetStep step = provisioned(root.resolve("tools"));
        Path gcc = place(CompilerKind.of(Compiler.GNU), root, root.resolve("tools"))
                .directory()
                .resolve("x86_64-linux-gnu-gcc");
        Path gxx = gcc.resolveSibling("x86_64-linux-gnu-g++");
        Files.writeString(gcc, "#!/bin/sh\nexec false\n");
        Files.setPosixFilePermissions(gxx, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(((Observation.Drifted) step.check()).changes()).hasSize(2);
        apply(step);

        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void takes_an_older_version_away() throws IOException {
        compiler(root.resolve("tools"), COMPILER);
        Path old = TestHost.layout(root).prefix().resolve("compilers/gnu-1");
        Files.createDirectories(old);
        Files.writeString(old.resolve("x86_64-linux-gnu-gcc"), "old");
        Files.createDirectories(TestHost.layout(root).bin());
        Files.createSymbolicLink(TestHost.layout(root).bin().resolve("old-gcc"), old.resolve("x86_64-linux-gnu-gcc"));
        Files.writeString(TestHost.layout(root).bin().resolve("crossarm"), "not the step's");

        provisioned(root.resolve("tools"));

        assertThat(old).doesNotExist();
        assertThat(TestHost.layout(root).bin().resolve("old-gcc")).doesNotExist();
        assertThat(TestHost.layout(root).bin().resolve("crossarm")).hasContent("not the step's");
    }

    @Test
    void wraps_the_real_compiler_so_that_nothing_is_fortified() throws IOException {
        Path tools = CrossTools.DISTRIBUTION_FOLDER;
        FileSetStep step = provisioned(tools);
        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
        Path source = root.resolve("copy.c");
        Files.writeString(source, """
                #include <string.h>
                extern char buffer[16];
                void copy(const char *from, unsigned long n) { memcpy(buffer, from, n); strcpy(buffer, from); }
                """);

        assertThat(symbols(tools.resolve("x86_64-linux-gnu-gcc"), source)).contains("_chk");
        assertThat(symbols(TestHost.layout(root).bin().resolve("x86_64-linux-musl-gcc"), source))
                .contains("strcpy")
                .doesNotContain("_chk");
    }

    @Test
    void says_what_to_install_when_the_wrapped_compiler_is_gone() throws IOException {
        compiler(root.resolve("tools"), COMPILER);
        provisioned(root.resolve("tools"));

        CommandResult result = COMMANDS.run(Command.of(
                TestHost.layout(root).bin().resolve("x86_64-linux-musl-g++").toString(), "-c", "x.cc"));

        assertThat(result.exit()).isEqualTo(127);
        assertThat(result.err().whole()).contains("x86_64-linux-gnu-g++ is not installed", "g++-x86-64-linux-gnu");
    }

    private String symbols(Path compiler, Path source) {
        Path object = root.resolve("copy.o");
        COMMANDS.run(Command.of(
                        compiler.toString(),
                        "-O2",
                        "-D_FORTIFY_SOURCE=2",
                        "-c",
                        source.toString(),
                        "-o",
                        object.toString()))
                .orThrow("test-compile", "the sample does not compile");
        return COMMANDS.run(Command.of("x86_64-linux-gnu-nm", "-u", object.toString()))
                .orThrow("test-nm", "nm fails")
                .out()
                .whole();
    }

    /** What a check finds where the compiler becomes this one, or goes, once everything is in place. */
    private Observation.Unknown withCompiler(String script) throws IOException {
        Path tools = root.resolve("tools");
        compiler(tools, COMPILER);
        FileSetStep step = provisioned(tools);
        if (script.equals("none")) {
            Files.delete(tools.resolve("x86_64-linux-gnu-gcc"));
        } else {
            compiler(tools, script);
        }
        return (Observation.Unknown) step.check();
    }

    private FileSetStep provisioned(Path tools) {
        FileSetStep step = step(root, tools, Checkpoint.NONE);
        apply(step);
        return step;
    }

    private static void apply(FileSetStep step) {
        ((Observation.Drifted) step.check()).repairs().forEach(repair -> step.apply(repair.fix(), Progress.NONE));
    }

    private static FileSetStep step(Path host, Path tools, Checkpoint checkpoint) {
        return step(CompilerKind.of(Compiler.GNU), host, tools, checkpoint);
    }

    private static FileSetStep step(CompilerKind kind, Path host, Path tools, Checkpoint checkpoint) {
        return CompilersRecipe.step(
                place(kind, host, tools), new DurableFiles(checkpoint), new CheckpointedCommands(COMMANDS, checkpoint));
    }

    private static CompilerPlace place(CompilerKind kind, Path host, Path tools) {
        return new CompilerPlace(
                kind, new CrossTools(Target.X86_64_MUSL, tools), TestHost.layout(host), Path.of("/nowhere"));
    }

    private static void compiler(Path tools, String script) throws IOException {
        Files.createDirectories(tools.resolveSibling("opt"));
        Files.createDirectories(tools);
        for (String name : List.of("gcc", "ar", "ranlib")) {
            Path program = tools.resolve("x86_64-linux-gnu-" + name);
            Files.writeString(program, script);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
