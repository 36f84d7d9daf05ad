package dev.crossarm.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.config.Layout;
import dev.crossarm.elf.ElfFacts;
import dev.crossarm.elf.ElfReader;
import dev.crossarm.elf.StaticProof;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.HostFactsReader;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.provision.compiler.BuildSystems;
import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.provision.compiler.CompilerPlace;
import dev.crossarm.provision.compiler.CompilersRecipe;
import dev.crossarm.provision.compiler.CppRecipe;
import dev.crossarm.provision.compiler.CrossEnvironment;
import dev.crossarm.provision.compiler.KernelHeadersStep;
import dev.crossarm.provision.compiler.MuslRecipe;
import dev.crossarm.provision.proof.SelfTest;
import dev.crossarm.provision.proof.SelfTestSubject;
import dev.crossarm.provision.rust.RustPlace;
import dev.crossarm.provision.rust.TestRust;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The compilers for musl as the real steps put them into a folder of the test, natively on this machine, with the Rust the
 * tests of the Rust steps are given.
 *
 * @param place the compilers
 * @param environment what a provisioned machine gives a job
 * @param variables the same, with a PATH that has cargo and the distribution's programs
 */
record TestToolchain(CompilerPlace place, JobEnvironment environment, Map<String, String> variables) {
    /** C and C++ that asks for a version of gcc, and declares as headers of the BSDs do. */
    static final String TAKES_FOR_GRANTED = """
            #include <limits.h>
            #if !defined(__GNUC_PREREQ) || !__GNUC_PREREQ(4, 1) || __GNUC_PREREQ(99, 0)
            #error __GNUC_PREREQ
            #endif
            #include <sys/cdefs.h>
            __BEGIN_DECLS
            int puts __P((const char *)) __THROW;
            __END_DECLS
            int __CONCAT(ma, in)(void) { return puts(__STRING(granted)) < 0; }
            """;

    /** C and C++ that was written where {@code _GNU_SOURCE} gives the names of large files and stdlib.h the BSDs' types. */
    static final String TAKES_GNU_FOR_GRANTED = """
            #ifndef _GNU_SOURCE
            #define _GNU_SOURCE
            #endif
            #include <stdlib.h>
            static u_int8_t byte = 255;
            #ifndef _LARGEFILE64_SOURCE
            #error _LARGEFILE64_SOURCE
            #endif
            #include <errno.h>
            #include <fcntl.h>
            #include <stdio.h>
            #include <sys/stat.h>
            #include <unistd.h>
            int main(void) {
              struct stat64 about;
              int file = TEMP_FAILURE_RETRY(open64("/dev/null", O_RDONLY));
              off64_t at = lseek64(file, 0, SEEK_SET);
              if (fstat64(file, &about) || at || byte != 255 || ACCESSPERMS != 0777 || ALLPERMS != 07777 || DEFFILEMODE != 0666) return 1;
              return puts("granted") < 0;
            }
            """;

    private static final CommandRunner COMMANDS = RealCommands.create();

    static TestToolchain provision(Path root, CompilerKind kind) {
        TestRust rust = TestRust.require();
        Layout layout = new Layout(
                root.resolve("prefix"),
                root.resolve("state"),
                rust.rustupHome(),
                rust.cargoHome(),
                true,
                Optional.empty());
        HostFacts host = new HostFactsReader().read();
        CompilerPlace place = CompilerPlace.of(
                kind, CrossTools.of(Target.X86_64_MUSL), new RustPlace(layout, TestSettings.plain(layout), host));
        assertThat(place.startFiles().resolve("libc.a")).exists();
        DurableFiles files = new DurableFiles(Checkpoint.NONE);
        StepPorts ports = new StepPorts(
                files,
                COMMANDS,
                new ReceiptStore(files, layout.receipts()),
                duration -> Thread.sleep(duration.toMillis()));
        for (Step step : List.of(
                MuslRecipe.step(Path.of("/"), place, host, ports),
                new KernelHeadersStep(Path.of("/"), place, files),
                CppRecipe.step(place, host, ports),
                CompilersRecipe.step(place, files, COMMANDS),
                BuildSystems.cmake(place, host, files),
                BuildSystems.pkgConfig(place, files),
                BuildSystems.configure(place, files))) {
            if (step.check() instanceof Observation.Drifted drift) {
                drift.repairs().forEach(repair -> step.apply(repair.fix(), Progress.NONE));
            }
            assertThat(step.check()).as(step.id().value()).isInstanceOf(Observation.Satisfied.class);
        }
        JobEnvironment environment =
                CrossEnvironment.of(Target.X86_64_MUSL, kind, layout, host, TestSettings.plain(layout));
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put("PATH", rust.cargoHome().resolve("bin") + ":/usr/bin:/bin");
        variables.put("LC_ALL", "C");
        return new TestToolchain(place, environment, Map.copyOf(variables));
    }

    /** The same with one variable more, or another value of it. */
    TestToolchain with(String name, String value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put(name, value);
        return new TestToolchain(place, environment, Map.copyOf(more));
    }

    /** The same without a variable it has. */
    TestToolchain without(String name) {
        Map<String, String> fewer = new HashMap<>(variables);
        assertThat(fewer.remove(name)).as(name).isNotNull();
        return new TestToolchain(place, environment, Map.copyOf(fewer));
    }

    /** The same with the target's tools on PATH, as jobs have them. */
    TestToolchain onPath() {
        return with("PATH", place.layout().bin() + ":" + variables.get("PATH"));
    }

    /** The self-test of this toolchain. */
    SelfTest.Result selfTest(Path home) {
        DurableFiles files = new DurableFiles(Checkpoint.NONE);
        SelfTestSubject subject = new SelfTestSubject(
                place.tools(),
                place.kind().equals(CompilerKind.of(Compiler.CPP)),
                environment,
                place.layout(),
                new HostFactsReader().read(),
                Optional.empty(),
                home,
                "0.1.0");
        ReceiptStore receipts = new ReceiptStore(files, place.layout().receipts());
        return new SelfTest(subject, COMMANDS, files, receipts, InstantSource.system()).run(true, Progress.NONE);
    }

    /** A tool under the name that build scripts look for, such as {@code gcc}. */
    Path tool(String name) {
        return place.layout().bin().resolve("x86_64-linux-musl-" + name);
    }

    /** What a command with a job's variables came to. */
    CommandResult tried(Path directory, List<String> line) {
        return COMMANDS.run(
                Command.of(line).in(directory).withEnvironment(variables).within(Duration.ofMinutes(15)));
    }

    /** What a command that must succeed says, without blanks around it. */
    String run(Path directory, List<String> line) {
        return tried(directory, line)
                .orThrow("run", "it fails: " + line)
                .out()
                .whole()
                .strip();
    }

    /** What a program that was built says when it is run. */
    String run(Path program) {
        return run(place.directory(), List.of(program.toString()));
    }

    /** Builds a project for the target, unoptimised, and gives the program of this name. */
    Path cargoBuild(Path project, String program, String... options) {
        run(project, cargoLine(options));
        return project.resolve("target")
                .resolve(Target.X86_64_MUSL.triple())
                .resolve("debug")
                .resolve(program);
    }

    /** The command that builds a project for the target. */
    List<String> cargoLine(String... options) {
        List<String> line = new ArrayList<>(List.of(
                place.layout().cargoHome().resolve("bin/cargo").toString(),
                "build",
                "--target",
                Target.X86_64_MUSL.triple()));
        line.addAll(List.of(options));
        return line;
    }

    /** Configures and builds a CMake project for the target in its folder {@code build}; gives what configuring said. */
    String cmakeBuild(Path project) {
        String configured = run(
                project, List.of("cmake", "-S", ".", "-B", "build", "-DCMAKE_TOOLCHAIN_FILE=" + place.toolchainFile()));
        run(project, List.of("cmake", "--build", "build"));
        return configured;
    }

    /** Links a program with a shared library by the compiler of this name, as projects do for tools beside their library. */
    void assertLinksSharedLibrary(String compiler, Path root) throws IOException {
        Path project = Files.createDirectories(root.resolve("shared-" + compiler));
        String suffix = compiler.equals("gcc") ? ".c" : ".cc";
        Files.writeString(project.resolve("part" + suffix), "int part(int x) { return x + 1; }\n");
        Files.writeString(project.resolve("tool" + suffix), "int part(int); int main(void) { return part(-1); }\n");
        String tool = tool(compiler).toString();

        run(
                project,
                List.of(tool, "-shared", "-fPIC", "-Wl,-soname,libpart.so.1", "part" + suffix, "-o", "libpart.so.1"));
        run(project, List.of(tool, "-Wall", "-Werror", "tool" + suffix, "libpart.so.1", "-o", "tool"));

        ElfFacts facts = ElfReader.read(project.resolve("tool"));
        assertThat(facts.interpreter()).contains("/lib/ld-musl-x86_64.so.1");
        assertThat(facts.linkage().needed()).containsExactly("libpart.so.1");
    }

    /** Holds a program against what {@code crossarm inspect} asks of it. */
    static void assertProven(Path program) {
        assertThat(StaticProof.of(ElfReader.read(program), Target.X86_64_MUSL.elfMachine())
                        .failures())
                .isEmpty();
    }
}
