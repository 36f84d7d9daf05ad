package dev.crossarm.provision.packages;

import dev.crossarm.plan.Cost;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * About what packages cost, each with those that it brings along to a minimal Debian 12 for ARM64, in the order of this list.
 * Sizes are those of the package index.
 */
final class PackageCosts {
    private static final Map<String, Cost> KNOWN = Map.ofEntries(
            of("ca-certificates", 1.6, 2.8),
            of("make", 0.4, 1.6),
            of("pkg-config", 0.1, 0.3),
            of("curl", 1.5, 4.0),
            of("build-essential", 58.8, 245),
            of("libc6-dev-amd64-cross", 5.2, 7.3),
            of("gcc-x86-64-linux-gnu", 38.2, 154),
            of("g++-x86-64-linux-gnu", 11.6, 55),
            of("qemu-user-static", 56.4, 384),
            of("qemu-user", 56.4, 384),
            of("python3-pip", 8.3, 37),
            of("git", 9.6, 49),
            of("autoconf", 0.6, 2.8),
            of("automake", 0.9, 2.0),
            of("libtool", 1.0, 10),
            of("bison", 1.2, 3.2),
            of("flex", 0.4, 1.3),
            of("cmake", 19.3, 77),
            of("nasm", 0.4, 3.5),
            of("libclang-dev", 54.9, 428));

    /** Those that every system has, and those that bring little. */
    private static final Cost OTHER = cost(0.1, 0.5);

    private PackageCosts() {}

    /** Installing these. */
    static Cost of(List<String> names) {
        return names.stream().map(name -> KNOWN.getOrDefault(name, OTHER)).reduce(Cost.NONE, Cost::plus);
    }

    private static Map.Entry<String, Cost> of(String name, double download, double disk) {
        return Map.entry(name, cost(download, disk));
    }

    /** dpkg unpacks about 15 MB in a second on an emulated core, and a usual line brings as much: what unpacks counts most. */
    private static Cost cost(double download, double disk) {
        return Cost.ofMegabytes(download, disk, Duration.ofMillis(Math.round((download + disk) / 12 * 1000)));
    }
}
