package dev.crossarm.architecture.bad.elf;

import dev.crossarm.architecture.bad.plan.TouchesTheSystem;

/** Bad on purpose: elf stands above plan. */
public final class UsesLowerPackage {
    public TouchesTheSystem lower() {
        return new TouchesTheSystem();
    }
}
