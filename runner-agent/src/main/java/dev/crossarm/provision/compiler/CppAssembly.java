package dev.crossarm.provision.compiler;

import dev.crossarm.host.HostFacts;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.BundledFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts a version of C++ together: fetches zig's wheel, builds libc++ and libc++abi from its sources with its compiler
 * against musl's headers, and keeps what compiling needs. All work is done in a directory beside the result, which
 * appears under its name in one rename.
 */
final class CppAssembly {
    private static final String RECIPE = "libcxx.mk";
    /** The largest of libc++'s files takes about this much to compile. */
    private static final long MEMORY_PER_JOB = 1L << 30;

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

    CppAssembly(CompilerPlace compiler, HostFacts host, HostFiles files, ZigWheel wheel, CommandRunner commands) {
        this.compiler = compiler;
        this.place = CppPlace.of(compiler.layout());
        this.host = host;
        this.files = files;
        this.wheel = wheel;
        this.commands = commands;
    }

    void make(Progress progress) {
        Path workspace = place.unfinished();
        files.deleteTree(workspace);
        files.createDirectories(workspace, FOLDER);
        try {
            Path zig = wheel.fetch(workspace, progress);
            build(zig, workspace, progress);
            Path tree = assemble(zig, workspace);
            putInPlace(tree);
            files.deleteTree(workspace);
        } catch (CrossarmException failed) {
            takeBack(workspace, failed);
            throw failed;
        }
    }

    /** An attempt that failed leaves nothing: a machine that worked without C++ is as it was. */
    private void takeBack(Path workspace, CrossarmException failed) {
        try {
            files.deleteTree(workspace);
            if (FileState.children(place.root()).isEmpty()) {
                files.deleteTree(place.root());
            }
        } catch (CrossarmException kept) {
            failed.addSuppressed(kept);
        }
    }

    private void build(Path zig, Path workspace, Progress progress) {
        Path recipe = workspace.resolve(RECIPE);
        files.write(recipe, BundledFile.bytes(CppAssembly.class, RECIPE), FILE);
        long jobs = Math.max(1, Math.min(host.processors(), host.memoryBytes() / MEMORY_PER_JOB));
        Path musl = MuslSysroot.of(compiler.layout()).current();
        progress.line("building libc++");
        commands.run(
                        Command.of(
                                        "make",
                                        "--no-print-directory",
                                        "--jobs=" + jobs,
                                        "--file=" + recipe,
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
                        "Where a compiler was killed, memory ran out: free some, then run crossarm provision --cpp again",
                        "Without C++: crossarm provision --compiler musl");
    }

    /** Those that everything compiled against the library is told too. */
    private static String defines() {
        return KindFolder.source("cpp/c++.cfg")
                .lines()
                .filter(line -> line.startsWith("-D"))
                .collect(Collectors.joining(" "));
    }

    private Path assemble(Path zig, Path workspace) {
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
        String origin = CppPlace.origin(compiler.tools().target(), host.architecture());
        String manifest = SysrootManifest.of(origin, tree).text();
        files.write(tree.resolve(SysrootManifest.NAME), manifest.getBytes(StandardCharsets.UTF_8), FILE);
        return tree;
    }

    private void putInPlace(Path tree) {
        // Written by other programs: on disk before a name leads to it.
        run(List.of("sync", "--file-system", tree.toString()));
        run(List.of("chmod", "-R", "u=rwX,go=rX", tree.toString()));
        if (Files.exists(place.directory())) {
            files.deleteTree(place.directory());
        }
        move(tree, place.directory());
        for (Path entry : FileState.children(place.root())) {
            if (!entry.equals(place.directory()) && !entry.equals(place.unfinished())) {
                remove(entry);
            }
        }
    }

    /** A directory or a link of ours. */
    void remove(Path entry) {
        if (Files.isDirectory(entry) && !Files.isSymbolicLink(entry)) {
            files.deleteTree(entry);
        } else {
            files.delete(entry);
        }
    }

    private void move(Path from, Path to) {
        run(List.of("mv", "--no-target-directory", from.toString(), to.toString()));
    }

    private String run(List<String> line) {
        return commands.run(Command.of(line).within(DEADLINE))
                .orThrow("cpp-assembly", "C++ could not be put in place", "crossarm provision --cpp")
                .out()
                .whole()
                .strip();
    }
}
