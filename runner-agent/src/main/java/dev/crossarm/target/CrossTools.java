package dev.crossarm.target;

import dev.crossarm.host.HostFacts;
import java.nio.file.Path;

/**
 * The distribution's cross tools for a target, by absolute path: a job's PATH must not decide which linker it gets.
 *
 * @param target what they build for
 * @param folder where the distribution puts them
 */
public record CrossTools(Target target, Path folder) {

    /** Where Debian and Ubuntu put them. */
    public static final Path DISTRIBUTION_FOLDER = Path.of("/usr/bin");

    /** The tools where the distribution puts them. */
    public static CrossTools of(Target target) {
        return new CrossTools(target, DISTRIBUTION_FOLDER);
    }

    /** A tool of the family, for example {@code gcc}. */
    public Path tool(String name) {
        return folder.resolve(target.gnuPrefix() + "-" + name);
    }

    /**
     * What cargo links with. Plain gcc and not musl-gcc: Rust brings musl's start files and libc itself, and the specs of
     * many musl-gcc ignore {@code -static-pie} (rust-lang/rust#95926).
     */
    public Path linker() {
        return tool("gcc");
    }

    /** qemu-user for programs of the target, by the name this host's distribution gives it. */
    public Path emulator(HostFacts host) {
        String suffix = Distribution.of(host).map(Distribution::emulatorSuffix).orElse("");
        return folder.resolve(target.emulator() + suffix);
    }
}
