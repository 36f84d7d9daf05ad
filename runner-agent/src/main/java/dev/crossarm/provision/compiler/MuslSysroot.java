package dev.crossarm.provision.compiler;

import dev.crossarm.config.Layout;
import java.nio.file.Path;

/**
 * Where musl's headers lie: one directory for each version of the distribution's package, and a link to the one in use,
 * so that a compiler can name it before it is known which version that will be.
 *
 * @param directory holds all of it
 */
public record MuslSysroot(Path directory) {

    public static MuslSysroot of(Layout layout) {
        return new MuslSysroot(layout.prefix().resolve("musl"));
    }

    /** The link to the version in use; below it {@code include} and {@code kernel}. */
    public Path current() {
        return directory.resolve("current");
    }

    /** Links to the kernel's headers, beside the headers in use. */
    Path kernel() {
        return kernelOf(current());
    }

    /** The same for one version's directory. */
    static Path kernelOf(Path version) {
        return version.resolve("kernel");
    }

    /** @param version of the package, for example {@code 1.2.5-3} */
    Path version(String version) {
        return directory.resolve(version.replaceAll("[^A-Za-z0-9.+~-]", "_"));
    }
}
