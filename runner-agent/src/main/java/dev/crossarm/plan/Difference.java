package dev.crossarm.plan;

import java.nio.file.Path;

/**
 * One thing that is not as it should be.
 *
 * @param subject what differs: a path, a package, a toolchain
 * @param found what is there, for example {@code missing}; masked when sensitive
 * @param wanted what should be; masked when sensitive
 */
public record Difference(String subject, String found, String wanted) {

    public static Difference missing(String subject, String wanted) {
        return new Difference(subject, "missing", wanted);
    }

    /** Something of ours that is no longer needed. */
    public static Difference leftOver(Path path) {
        return new Difference(path.toString(), "left over", "absent");
    }
}
