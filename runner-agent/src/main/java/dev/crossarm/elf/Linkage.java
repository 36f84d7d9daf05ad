package dev.crossarm.elf;

import java.util.List;
import java.util.Optional;

/**
 * What the dynamic section says. All empty for a file without one.
 *
 * @param needed libraries wanted at run time, in the file's order
 * @param soname a library's own name
 * @param rpath old-style search path
 * @param runpath search path
 * @param versions symbol versions wanted of each library
 * @param pie whether the linker marked the file as a position-independent program (DF_1_PIE)
 */
public record Linkage(
        List<String> needed,
        Optional<String> soname,
        Optional<String> rpath,
        Optional<String> runpath,
        List<VersionNeed> versions,
        boolean pie) {

    static final Linkage NONE =
            new Linkage(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false);

    public Linkage {
        needed = List.copyOf(needed);
        versions = List.copyOf(versions);
    }

    /** Symbol versions wanted of one library, for example {@code GLIBC_2.34} of {@code libc.so.6}. */
    public record VersionNeed(String library, List<String> versions) {
        public VersionNeed {
            versions = List.copyOf(versions);
        }
    }
}
