package dev.crossarm.architecture.bad.plan;

import dev.crossarm.architecture.bad.elf.UsesLowerPackage;

/** Allowed by itself; together with {@link UsesLowerPackage} it closes a circle. */
public final class UsesHigherPackage {
    public UsesLowerPackage higher() {
        return new UsesLowerPackage();
    }
}
