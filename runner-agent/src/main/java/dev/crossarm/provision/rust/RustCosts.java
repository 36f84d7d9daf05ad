package dev.crossarm.provision.rust;

import dev.crossarm.plan.Cost;
import java.time.Duration;
import java.util.List;

/** About what parts of Rust cost: sizes that its servers state for ARM64 in 1.99, and times on two emulated cores. */
final class RustCosts {
    /** rustup-init, which becomes rustup. */
    static final Cost RUSTUP = Cost.ofMegabytes(20, 20, Duration.ofSeconds(5));

    /** The target's standard library. */
    static final Cost TARGET = Cost.ofMegabytes(40, 150, Duration.ofSeconds(10));

    /** clippy, rustfmt and their like. */
    static final Cost COMPONENT = Cost.ofMegabytes(4, 15, Duration.ofSeconds(2));

    private static final Cost MINIMAL = Cost.ofMegabytes(110, 450, Duration.ofSeconds(35));

    private RustCosts() {}

    /** A toolchain with the target and these components. */
    static Cost toolchain(List<String> components) {
        return components.stream().map(name -> COMPONENT).reduce(MINIMAL.plus(TARGET), Cost::plus);
    }
}
