package dev.crossarm.provision.compiler;

import dev.crossarm.config.Layout;
import dev.crossarm.target.Target;
import java.nio.file.Path;

/**
 * Where C++ lies: zig's program, which is the compiler, clang's own headers, libc++'s, and the libraries.
 *
 * @param root holds the version in use, and during an installation what is being put together
 */
record CppPlace(Path root) {

    /** Counts up with every change of how a version is put together; compile caches know a compiler by its path. */
    private static final int RECIPE = 1;

    static CppPlace of(Layout layout) {
        return new CppPlace(layout.prefix().resolve("cpp"));
    }

    /** The version in use. */
    Path directory() {
        return root.resolve("zig-" + ZigWheel.VERSION + "-" + RECIPE);
    }

    Path compiler() {
        return directory().resolve("zig");
    }

    /** What the manifest says it was made from and for: zig is the host's, the libraries are the target's. */
    static String origin(Target target, String architecture) {
        return "zig " + ZigWheel.VERSION + " recipe " + RECIPE + " for " + target.triple() + " on " + architecture;
    }
}
