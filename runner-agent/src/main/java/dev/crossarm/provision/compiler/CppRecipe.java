package dev.crossarm.provision.compiler;

import dev.crossarm.host.HostFacts;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Cost;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.packages.PackagesStep;
import dev.crossarm.text.BundledFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * C++ for the target, where the compiler kind wants it: clang out of zig's wheel, libc++ and libc++abi built from the sources in
 * the same wheel with its compiler against musl's headers, and of the rest what compiling needs. The network is used when there
 * is something to fetch.
 */
public final class CppRecipe implements AssembledStep.Recipe {
    public static final StepId ID = StepId.of("cpp");

    private static final String MAKEFILE = "libcxx.mk";
    /** The largest of libc++'s files takes about this much to compile. */
    private static final long MEMORY_PER_JOB = 1L << 30;

    /** The wheel, what is kept of it with the libraries, and the compile of libc++ on two cores. */
    private static final Cost COST = Cost.ofMegabytes(100, 210, Duration.ofMinutes(2));

    private static final Duration DEADLINE = Duration.ofMinutes(10);
    /** On an emulated processor an hour is not enough. */
    private static final Duration BUILD = Duration.ofHours(4);

    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");
    private static final Ownership FILE = Ownership.mode("rw-r--r--");

    private final CompilerPlace compiler;
    private final CppPlace place;
    private final HostFacts host;
    private final HostFiles files;
    private final ZigWheel wheel;
    private final CommandRunner commands;

    private CppRecipe(CompilerPlace compiler, HostFacts host, HostFiles files, ZigWheel wheel, CommandRunner commands) {
        this.compiler = compiler;
        this.place = CppPlace.of(compiler.layout());
        this.host = host;
        this.files = files;
        this.wheel = wheel;
        this.commands = commands;
    }

    /** The step for this host. */
    public static AssembledStep step(CompilerPlace compiler, HostFacts host, StepPorts ports) {
        return step(compiler, host, ports, ZigWheel.PYTHONS);
    }

    /** @param pythons programs that may have pip, in the order in which they are tried */
    static AssembledStep step(CompilerPlace compiler, HostFacts host, StepPorts ports, List<String> pythons) {
        ZigWheel wheel = new ZigWheel(host.architecture(), pythons, ports.files(), ports.commands());
        return new AssembledStep(new CppRecipe(compiler, host, ports.files(), wheel, ports.commands()), ports.files());
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "C++ for " + compiler.tools().target().triple();
    }

    @Override
    public Set<StepId> requires() {
        // Where it is not needed it goes, but not before the compiler that does without it is in place.
        return compiler.kind().needsCpp() ? Set.of(PackagesStep.ID, KernelHeadersStep.ID) : Set.of(CompilersRecipe.ID);
    }

    @Override
    public Optional<String> notNeeded() {
        return compiler.kind().needsCpp()
                ? Optional.empty()
                : Optional.of("not requested; to add it: crossarm provision --cpp");
    }

    @Override
    public String name() {
        return "C++";
    }

    @Override
    public Path root() {
        return place.root();
    }

    @Override
    public Path entry() {
        return place.directory();
    }

    @Override
    public String origin() {
        return CppPlace.origin(compiler.tools().target(), host.architecture());
    }

    @Override
    public String shown(String origin) {
        return origin;
    }

    @Override
    public String evidence(SysrootManifest manifest) {
        return "clang and libc++ from zig " + ZigWheel.VERSION + " in " + place.directory();
    }

    @Override
    public Optional<String> damage(Path directory) {
        return Files.isExecutable(place.compiler()) ? Optional.empty() : Optional.of("zig");
    }

    @Override
    public String doing() {
        return "download zig " + ZigWheel.VERSION + " (100 MB) with pip, build libc++ for "
                + compiler.tools().target().triple() + ", put both into " + place.directory();
    }

    @Override
    public Cost cost() {
        return COST;
    }

    @Override
    public AssembledStep.Assembled assemble(Path workspace, Progress progress) {
        Path zig = wheel.fetch(workspace, progress);
        build(zig, workspace, progress);
        Path tree = gather(zig, workspace);
        run(List.of("chmod", "-R", "u=rwX,go=rX", tree.toString()));
        return new AssembledStep.Assembled(tree, place.directory(), origin());
    }

    private void build(Path zig, Path workspace, Progress progress) {
        Path makefile = workspace.resolve(MAKEFILE);
        files.write(makefile, BundledFile.bytes(CppRecipe.class, MAKEFILE), FILE);
        long jobs = Math.max(1, Math.min(host.processors(), host.memoryBytes() / MEMORY_PER_JOB));
        Path musl = MuslSysroot.of(compiler.layout()).current();
        progress.line("building libc++");
        commands.run(
                        Command.of(
                                        "make",
                                        "--no-print-directory",
                                        "--jobs=" + jobs,
                                        "--file=" + makefile,
                                        "ZIG=" + zig,
                                        "TARGET=" + compiler.tools().target().triple(),
                                        "MUSL=" + musl,
                                        "AR=" + compiler.tools().tool("ar"),
                                        "DEFINES=" + defines())
                                .in(workspace)
                                .within(BUILD),
                        line -> {
                            if (!line.isBlank()) {
                                progress.line(line);
                            }
                        })
                .orThrow(
                        "libcxx-build",
                        "libc++ could not be built",
                        "If a compiler was killed, memory ran out: free some, then run crossarm provision --cpp again",
                        "Without C++: crossarm provision --compiler musl");
    }

    /** Those that everything compiled against the library is told too. */
    private static String defines() {
        return KindFolder.source("cpp/c++.cfg")
                .lines()
                .filter(line -> line.startsWith("-D"))
                .collect(Collectors.joining(" "));
    }

    private Path gather(Path zig, Path workspace) {
        Path tree = workspace.resolve("tree");
        files.createDirectories(tree.resolve("lib"), FOLDER);
        files.createDirectories(tree.resolve("clang"), FOLDER);
        move(zig.resolve("zig"), tree.resolve("zig"));
        move(zig.resolve("lib/include"), tree.resolve("clang/include"));
        move(zig.resolve("lib/libcxx/include"), tree.resolve("include"));
        run(List.of(
                "cp",
                zig.resolve("lib/libcxxabi/include/cxxabi.h").toString(),
                zig.resolve("lib/libcxxabi/include/__cxxabi_config.h").toString(),
                tree.resolve("include").toString()));
        for (String library : List.of("libc++.a", "libc++abi.a")) {
            move(workspace.resolve(library), tree.resolve("lib").resolve(library));
        }
        String helpers = run(List.of(compiler.tools().linker().toString(), "-print-libgcc-file-name"));
        if (!Files.isRegularFile(Path.of(helpers))) {
            throw Problem.of(
                            ExitStatus.STEP_FAILED,
                            "compiler-broken",
                            compiler.tools().linker() + " has no libgcc.a",
                            "sudo apt-get install --reinstall "
                                    + String.join(" ", compiler.tools().target().crossPackages()))
                    .asException();
        }
        // A copy: the distribution's lies in a folder that is named after the compiler's version.
        run(List.of("cp", helpers, tree.resolve("lib/libgcc.a").toString()));
        for (String part : List.of("libcxx", "libcxxabi")) {
            move(zig.resolve("lib").resolve(part).resolve("LICENSE.TXT"), tree.resolve("LICENSE." + part));
        }
        move(zig.resolve("LICENSE"), tree.resolve("LICENSE.zig"));
        return tree;
    }

    private void move(Path from, Path to) {
        run(List.of("mv", "--no-target-directory", from.toString(), to.toString()));
    }

    @Override
    public String run(List<String> line) {
        return commands.run(Command.of(line).within(DEADLINE))
                .orThrow("cpp-assembly", "C++ could not be put in place", "crossarm provision --cpp")
                .out()
                .whole()
                .strip();
    }
}
