package dev.crossarm.target;

import java.util.List;
import java.util.stream.Stream;

/**
 * Packages a host needs, in the distribution's words.
 *
 * @param toolchain what the compilers, the linker and the self-test stand on
 * @param buildTools what build scripts of projects call, and nothing of ours does
 */
public record NeededPackages(List<String> toolchain, List<String> buildTools) {
    public NeededPackages {
        toolchain = toolchain.stream().sorted().toList();
        buildTools = buildTools.stream().sorted().toList();
    }

    /** Both, sorted. */
    public List<String> all() {
        return Stream.concat(toolchain.stream(), buildTools.stream()).sorted().toList();
    }
}
