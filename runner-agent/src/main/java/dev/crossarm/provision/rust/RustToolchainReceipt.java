package dev.crossarm.provision.rust;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the toolchain step remembers. Not one with rustup's: each step removes by its own, and they share but the time of an upgrade.
 *
 * @param toolchains toolchains it installed
 * @param targets targets it added to a toolchain that was there, as {@code toolchain target}
 * @param components components it added likewise
 * @param upgraded when the channel was last moved, ISO 8601, or empty
 */
record RustToolchainReceipt(List<String> toolchains, List<String> targets, List<String> components, String upgraded) {
    static final RustToolchainReceipt NONE = new RustToolchainReceipt(List.of(), List.of(), List.of(), "");

    RustToolchainReceipt {
        toolchains = List.copyOf(toolchains);
        targets = List.copyOf(targets);
        components = List.copyOf(components);
    }

    RustToolchainReceipt withToolchain(String name) {
        return new RustToolchainReceipt(plus(toolchains, name), targets, components, upgraded);
    }

    RustToolchainReceipt withTarget(String toolchain, String target) {
        return new RustToolchainReceipt(toolchains, plus(targets, toolchain + " " + target), components, upgraded);
    }

    RustToolchainReceipt withComponent(String toolchain, String component) {
        return new RustToolchainReceipt(toolchains, targets, plus(components, toolchain + " " + component), upgraded);
    }

    RustToolchainReceipt withUpgrade(Instant at) {
        return new RustToolchainReceipt(toolchains, targets, components, at.toString());
    }

    boolean upgradedSince(Instant moment) {
        return !upgraded.isEmpty() && !Instant.parse(upgraded).isBefore(moment);
    }

    private static List<String> plus(List<String> some, String more) {
        return Stream.concat(some.stream(), Stream.of(more)).distinct().toList();
    }
}
