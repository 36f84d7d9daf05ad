package dev.crossarm.health;

import dev.crossarm.host.HostFacts;
import dev.crossarm.target.Distribution;
import dev.crossarm.target.Target;
import dev.crossarm.text.Quantity;
import java.util.List;

/** Distribution, architecture and memory. */
final class SystemExamination implements Examination {
    private static final long GIB = 1L << 30;

    /** A release build of a larger program with link-time optimisation takes one to two GiB in a single linker. */
    private static final long LINKING = 2 * GIB;

    private final HostFacts facts;
    private final Target target;

    SystemExamination(DoctorSubject subject) {
        this.facts = subject.facts();
        this.target = subject.target();
    }

    @Override
    public List<Finding> examine() {
        return List.of(distribution(), architecture(), memory());
    }

    private Finding distribution() {
        return Distribution.of(facts)
                .map(known -> Finding.ok("distribution", known.name()))
                .orElseGet(() -> Finding.error(
                        "distribution",
                        "this system is not supported: " + facts.osName(),
                        "ID=" + facts.osId() + ", VERSION_ID=" + facts.osVersion() + " in /etc/os-release",
                        "Use one of: " + Distribution.supported()));
    }

    private Finding architecture() {
        if (facts.architecture().equals("aarch64")) {
            return Finding.ok("architecture", "aarch64, kernel " + facts.kernel());
        } else if (facts.architecture().equals(target.architecture())) {
            return Finding.note(
                    "architecture",
                    facts.architecture() + ", kernel " + facts.kernel() + ": builds natively, with --here",
                    "");
        }
        return Finding.error(
                "architecture",
                "this architecture is not supported: " + facts.architecture(),
                "",
                "Use an aarch64 machine, or an x86_64 machine with --here");
    }

    private Finding memory() {
        String size = Quantity.size(facts.memoryBytes()) + ", " + facts.processors() + " processors";
        if (facts.memoryBytes() >= LINKING) {
            return Finding.ok("memory", size);
        }
        return Finding.warning(
                "memory",
                size + ": too little for linking large programs",
                "Linking a larger release build takes one to two GiB. If memory runs out, the kernel kills the linker,"
                        + " and cargo only reports: linker ... failed: signal: 9.",
                "sudo fallocate -l 2G /swapfile && sudo chmod 600 /swapfile && sudo mkswap /swapfile && sudo swapon /swapfile",
                "CARGO_BUILD_JOBS=1 cargo build --release");
    }
}
