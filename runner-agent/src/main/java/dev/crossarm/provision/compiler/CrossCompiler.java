package dev.crossarm.provision.compiler;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.CrossTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Asks the distribution's cross compiler what it can do. */
final class CrossCompiler {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String VERSION_LINE = "compiler_version";

    private static final String GLIBC_LINE = "compiler_finds_glibc";
    private static final String GLIBC = "#ifdef __GLIBC__\n" + GLIBC_LINE + "\n#endif\n";

    private final CrossTools tools;
    private final CommandRunner commands;

    CrossCompiler(CrossTools tools, CommandRunner commands) {
        this.tools = tools;
        this.commands = commands;
    }

    /**
     * What shows that it compiles C for the target: a phrase with version and machine. Compiles nothing to disk.
     *
     * @throws dev.crossarm.problem.CrossarmException when it is not there, builds for another machine, or lacks headers
     */
    String prove(CompilerPlace place) {
        Path gcc = tools.linker();
        if (!Files.isExecutable(gcc)) {
            throw missing("compiler-missing", gcc + " is not installed").asException();
        }
        String machine = run(gcc.toString(), List.of("-dumpmachine"), "")
                .orThrow("compiler-broken", gcc + " does not run", "sudo apt-get install --reinstall " + packages())
                .out()
                .whole()
                .strip();
        if (!machine.startsWith(tools.target().architecture() + "-")) {
            throw new Problem(
                            "compiler-for-another-machine",
                            gcc + " builds for " + machine + ", not for "
                                    + tools.target().architecture(),
                            "",
                            List.of("sudo apt-get install --reinstall " + packages()),
                            ExitStatus.STEP_FAILED)
                    .asException();
        }
        String libc = place.kind().needsSysroot() ? "musl" : "libc";
        if (place.kind().needsCpp()) {
            proveCpp(Objects.requireNonNull(place.variables().get("CXX")));
        }
        return gcc.getFileName() + " " + version(place) + " builds for " + machine + " and has " + libc + "'s headers";
    }

    /** Every header of the C library begins with one that only libc6-dev's cross package has, which gcc's merely recommends. */
    private String version(CompilerPlace place) {
        CommandResult result = run(
                Objects.requireNonNull(place.variables().get("CC")),
                List.of("-E", "-P", "-x", "c", "-"),
                "#include <stdlib.h>\n" + VERSION_LINE + " __VERSION__\n" + GLIBC);
        if (!result.succeeded() && result.err().tail().contains("No such file or directory")) {
            throw missing("libc-headers-missing", tools.linker() + " has no C library headers, so it cannot compile C")
                    .withDetail(String.join("\n", result.lastLines()))
                    .asException();
        }
        String out = result.orThrow("compiler-broken", tools.linker() + " cannot preprocess C")
                .out()
                .whole();
        if (place.kind().needsSysroot() && out.contains(GLIBC_LINE)) {
            throw Problem.of(
                            ExitStatus.STEP_FAILED,
                            "compiler-finds-glibc",
                            place.variables().get("CC") + " finds glibc's headers, not musl's",
                            "crossarm provision --only musl-sysroot,kernel-headers,compilers")
                    .asException();
        }
        return out.lines()
                .filter(line -> line.startsWith(VERSION_LINE))
                .map(line ->
                        line.substring(VERSION_LINE.length()).replace("\"", "").strip())
                .findFirst()
                .orElse("of unknown version");
    }

    /** The programs and folders that {@link #prove} runs: gcc's, and clang where C++ is compiled. A compiler is more than these, and the list of packages says the rest. */
    List<Path> files(CompilerPlace place) {
        List<Path> files = new ArrayList<>(List.of(tools.linker()));
        for (String base : List.of("lib/gcc-cross", "lib/gcc", "libexec/gcc-cross", "libexec/gcc")) {
            Path versions =
                    tools.folder().resolveSibling(base).resolve(tools.target().gnuPrefix());
            files.add(versions);
            for (Path version : FileState.children(versions)) {
                files.add(version);
                files.addAll(FileState.children(version));
            }
        }
        if (place.kind().needsCpp()) {
            files.add(CppPlace.of(place.layout()).directory().resolve("zig"));
        }
        return files;
    }

    private void proveCpp(String compiler) {
        run(compiler, List.of("-fsyntax-only", "-x", "c++", "-"), "#include <vector>\nstd::vector<int> probe{1};\n")
                .orThrow(
                        "cpp-broken",
                        compiler + " does not compile C++",
                        "crossarm provision --cpp --only cpp,compilers");
    }

    private Problem missing(String code, String summary) {
        return Problem.of(ExitStatus.STEP_FAILED, code, summary, "sudo apt-get install " + packages());
    }

    private CommandResult run(String program, List<String> arguments, String input) {
        return commands.run(Command.of(program)
                .withArguments(arguments)
                .withInput(input)
                .withEnvironment(Map.of("LC_ALL", "C"))
                .within(DEADLINE));
    }

    private String packages() {
        return String.join(" ", tools.target().crossPackages());
    }
}
