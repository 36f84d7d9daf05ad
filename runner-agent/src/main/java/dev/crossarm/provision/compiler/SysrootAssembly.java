package dev.crossarm.provision.compiler;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.packages.ForeignPackage;
import dev.crossarm.target.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Puts a version of musl's headers together from the distribution's package. All work is done in a directory beside the
 * result; the version appears under its name in one rename, and the link to it changes in one rename after that, so a
 * compiler sees the old headers or the new ones.
 */
final class SysrootAssembly {
    static final String PACKAGE = "musl-dev";

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");
    private static final Ownership FILE = Ownership.mode("rw-r--r--");

    private final MuslSysroot sysroot;
    private final Target target;
    private final ForeignPackage source;
    private final KernelHeaders kernel;
    private final HostFiles files;
    private final CommandRunner commands;

    SysrootAssembly(
            MuslSysroot sysroot,
            Target target,
            ForeignPackage source,
            KernelHeaders kernel,
            HostFiles files,
            CommandRunner commands) {
        this.sysroot = sysroot;
        this.target = target;
        this.source = source;
        this.kernel = kernel;
        this.files = files;
        this.commands = commands;
    }

    /** @param origin what the manifest's first line begins with */
    void make(String origin, Progress progress) {
        Path workspace = sysroot.unfinished();
        files.deleteTree(workspace);
        files.createDirectories(workspace, FOLDER);
        Path archive = source.fetch(PACKAGE, workspace.resolve("apt"), progress);
        progress.line("unpacking " + archive.getFileName());
        String version = run(List.of("dpkg-deb", "--field", archive.toString(), "Version"));
        Path tree = assemble(archive, workspace, origin + PACKAGE + " " + version);
        putInPlace(tree, sysroot.version(version));
        files.deleteTree(workspace);
    }

    private Path assemble(Path archive, Path workspace, String origin) {
        Path unpacked = workspace.resolve("unpacked");
        run(List.of("dpkg-deb", "--extract", archive.toString(), unpacked.toString()));
        Path headers = unpacked.resolve("usr/include").resolve(target.architecture() + "-linux-musl");
        if (!Files.isRegularFile(headers.resolve("stdlib.h"))) {
            throw Problem.of(
                            ExitStatus.DATA,
                            "package-without-headers",
                            PACKAGE + " does not contain the expected headers",
                            "crossarm provision --compiler gnu")
                    .withDetail("no stdlib.h in " + headers)
                    .asException();
        }
        Path tree = workspace.resolve("tree");
        files.createDirectories(tree, FOLDER);
        run(List.of("mv", "--no-target-directory", headers.toString(), tree + "/include"));
        Path licence = unpacked.resolve("usr/share/doc").resolve(PACKAGE).resolve("copyright");
        if (Files.isRegularFile(licence)) {
            run(List.of("mv", "--no-target-directory", licence.toString(), tree + "/copyright"));
        }
        // As far as they are there: headers in use get a successor that has the kernel's from its first moment.
        kernel.linkFrom(MuslSysroot.kernelOf(tree), files);
        String manifest = SysrootManifest.of(origin, tree).text();
        files.write(tree.resolve(SysrootManifest.NAME), manifest.getBytes(StandardCharsets.UTF_8), FILE);
        return tree;
    }

    private void putInPlace(Path tree, Path place) {
        // Written by other programs: on disk before a name leads to it.
        run(List.of("sync", "--file-system", tree.toString()));
        if (Files.exists(place)) {
            files.deleteTree(place);
        }
        run(List.of("mv", "--no-target-directory", tree.toString(), place.toString()));
        files.symlink(sysroot.current(), Path.of(place.getFileName().toString()));
        for (Path entry : FileState.children(sysroot.directory())) {
            if (!entry.equals(place) && !entry.equals(sysroot.current()) && !entry.equals(sysroot.unfinished())) {
                remove(entry);
            }
        }
    }

    /** A directory or a link of ours. */
    void remove(Path entry) {
        if (Files.isSymbolicLink(entry)) {
            files.delete(entry);
        } else {
            files.deleteTree(entry);
        }
    }

    private String run(List<String> line) {
        return commands.run(Command.of(line).within(DEADLINE))
                .orThrow("musl-headers", "musl's headers could not be put in place", "crossarm provision")
                .out()
                .whole()
                .strip();
    }
}
