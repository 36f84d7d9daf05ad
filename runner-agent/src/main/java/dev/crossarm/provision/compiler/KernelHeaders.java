package dev.crossarm.provision.compiler;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's headers for a target, which Debian's cross packages keep in one directory with glibc's: linked one by one
 * into a directory of their own, because a compiler told of that directory would find glibc's as well.
 *
 * @param root {@code /} but for tests
 * @param target what they are for
 */
record KernelHeaders(Path root, Target target) {
    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");
    private static final List<String> NAMES = List.of("linux", "asm", "asm-generic");

    /**
     * Makes sure that all are on this host.
     *
     * @throws dev.crossarm.problem.CrossarmException when one is missing, naming the package that brings it
     */
    void require() {
        for (String name : NAMES) {
            if (find(name).isEmpty()) {
                throw missing(name).asException();
            }
        }
    }

    /** Links those that are there from this directory, which is made when it is missing. */
    void linkFrom(Path directory, HostFiles files) {
        files.createDirectories(directory, FOLDER);
        for (String name : NAMES) {
            find(name).ifPresent(place -> files.symlink(directory.resolve(name), place));
        }
    }

    /** Whether every link below this directory leads to headers that are there. */
    boolean linkedFrom(Path directory) {
        return NAMES.stream().allMatch(name -> {
            Path link = directory.resolve(name);
            Optional<Path> destination = find(name);
            return destination.isPresent() && FileState.link(link).equals(destination) && Files.isDirectory(link);
        });
    }

    /** Every folder that is looked for. */
    List<Path> places() {
        return NAMES.stream().flatMap(name -> places(name).stream()).toList();
    }

    private Optional<Path> find(String name) {
        return places(name).stream().filter(Files::isDirectory).findFirst();
    }

    private List<Path> places(String name) {
        Path cross = root.resolve("usr").resolve(target.gnuPrefix()).resolve("include");
        Path multiarch = root.resolve("usr/include").resolve(target.gnuPrefix());
        Path own = root.resolve("usr/include");
        // The host's own asm is for the host's architecture; linux and asm-generic are the same for all.
        List<Path> places = name.equals("asm") ? List.of(cross, multiarch) : List.of(cross, multiarch, own);
        return places.stream().map(place -> place.resolve(name)).toList();
    }

    private Problem missing(String name) {
        return Problem.of(
                ExitStatus.STEP_FAILED,
                "kernel-headers-missing",
                "the kernel's headers (" + name + "/) for " + target.architecture() + " are not installed",
                "sudo apt-get install linux-libc-dev-" + target.debianArchitecture() + "-cross",
                "on a machine of that architecture: sudo apt-get install linux-libc-dev");
    }
}
