package dev.crossarm.target;

import dev.crossarm.host.HostFacts;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A supported release of a distribution: how its packages are called. Facts of its package indices, which a test holds
 * this data against.
 *
 * @param id {@code ID} of os-release
 * @param version {@code VERSION_ID} of os-release
 * @param name for people
 * @param emulatorPackages packages that bring qemu-user and its binfmt registration
 * @param emulatorSuffix what follows {@link Target#emulator()} in the program's name
 * @param rustupPackage whether it carries rustup as a package for ARM64
 * @param runnerPackages the libraries of GitHub's runner
 */
public record Distribution(
        String id,
        String version,
        String name,
        List<String> emulatorPackages,
        String emulatorSuffix,
        boolean rustupPackage,
        RunnerPackages runnerPackages) {

    private static final List<String> STATIC_EMULATOR = List.of("qemu-user-static");
    /** From QEMU 9.1 on the plain programs are static and the old package is a shell around these two. */
    private static final List<String> PLAIN_EMULATOR = List.of("qemu-user", "qemu-user-binfmt");

    /** Every supported release. */
    public static final List<Distribution> ALL = List.of(
            new Distribution(
                    "debian",
                    "12",
                    "Debian 12 (bookworm)",
                    STATIC_EMULATOR,
                    "-static",
                    false,
                    RunnerPackages.of("libicu72", "libssl3")),
            new Distribution(
                    "debian",
                    "13",
                    "Debian 13 (trixie)",
                    PLAIN_EMULATOR,
                    "",
                    true,
                    RunnerPackages.of("libicu76", "libssl3t64")),
            new Distribution(
                    "ubuntu",
                    "22.04",
                    "Ubuntu 22.04 LTS",
                    STATIC_EMULATOR,
                    "-static",
                    false,
                    RunnerPackages.of("libicu70", "libssl3")),
            new Distribution(
                    "ubuntu",
                    "24.04",
                    "Ubuntu 24.04 LTS",
                    STATIC_EMULATOR,
                    "-static",
                    true,
                    RunnerPackages.of("libicu74", "libssl3t64")),
            new Distribution(
                    "ubuntu",
                    "26.04",
                    "Ubuntu 26.04 LTS",
                    PLAIN_EMULATOR,
                    "",
                    true,
                    RunnerPackages.of("libicu78", "libssl3t64")));

    /** What every host needs to compile, in the distribution's words, whatever it runs on. */
    private static final List<String> TOOLCHAIN =
            List.of("build-essential", "ca-certificates", "curl", "make", "perl", "pkg-config");

    /** What build scripts call on every host. */
    private static final List<String> BUILD_TOOLS =
            List.of("autoconf", "automake", "bison", "cmake", "flex", "git", "libtool", "nasm");

    /** For bindgen, with a compiler kind that has headers of musl for it to read; else it would describe glibc's types. */
    private static final String LIBCLANG = "libclang-dev";

    /** Fetches zig, with a compiler kind that takes C++ from it. */
    private static final String PIP = "python3-pip";

    public Distribution {
        emulatorPackages = List.copyOf(emulatorPackages);
    }

    /** The release these facts describe, or nothing when it is not supported. */
    public static Optional<Distribution> of(HostFacts facts) {
        return ALL.stream()
                .filter(one -> one.id.equals(facts.osId()) && one.version.equals(facts.osVersion()))
                .findFirst();
    }

    /** Like {@link #of}, with a problem that names what is supported. */
    public static Distribution require(HostFacts facts) {
        return of(facts)
                .orElseThrow(() -> new Problem(
                                "unsupported-distribution",
                                "this system is not supported: " + facts.osName(),
                                "ID=" + facts.osId() + ", VERSION_ID=" + facts.osVersion() + " in /etc/os-release",
                                List.of("Use one of: " + supported()),
                                ExitStatus.UNAVAILABLE)
                        .asException());
    }

    /** The supported releases in one line. */
    public static String supported() {
        return ALL.stream().map(Distribution::name).collect(Collectors.joining(", "));
    }

    /**
     * The packages a host of this architecture needs to build for the target. On a host of the target's own architecture
     * the distribution's own compiler carries the cross compiler's name and no emulator is needed.
     *
     * @param architecture as {@code uname -m} prints it
     */
    public NeededPackages packages(String architecture, Target target, Compiler compiler) {
        List<String> toolchain = new ArrayList<>(TOOLCHAIN);
        List<String> buildTools = new ArrayList<>(BUILD_TOOLS);
        if (compiler.needsSysroot()) {
            buildTools.add(LIBCLANG);
        }
        if (compiler.needsCpp()) {
            toolchain.add(PIP);
        }
        if (!architecture.equals(target.architecture())) {
            toolchain.addAll(target.crossPackages());
            toolchain.addAll(emulatorPackages);
        }
        return new NeededPackages(toolchain, buildTools);
    }
}
