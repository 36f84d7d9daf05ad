package dev.crossarm.target;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A target that can be built for. Data, so that another one needs no new code.
 *
 * @param triple Rust's name of it
 * @param gnuPrefix prefix of the distribution's cross tools, without the dash
 * @param architecture as {@code uname -m} prints it on such a machine
 * @param elfMachine {@code e_machine} of its ELF files
 * @param emulator program of qemu-user that runs its programs elsewhere; some distributions append a suffix, so ask
 *     {@link CrossTools#emulator}
 * @param linkerEmulation what GNU ld calls it, as in {@code ld -m}
 * @param debianArchitecture dpkg's name of the architecture
 * @param crossPackages packages that bring the cross compiler and the libc headers it only recommends; without those
 *     headers no C compiles
 */
public record Target(
        String triple,
        String gnuPrefix,
        String architecture,
        int elfMachine,
        String emulator,
        String linkerEmulation,
        String debianArchitecture,
        List<String> crossPackages) {

    public static final Target X86_64_MUSL = new Target(
            "x86_64-unknown-linux-musl",
            "x86_64-linux-gnu",
            "x86_64",
            62,
            "qemu-x86_64",
            "elf_x86_64",
            "amd64",
            List.of("gcc-x86-64-linux-gnu", "g++-x86-64-linux-gnu", "libc6-dev-amd64-cross"));

    /** Every target the tool knows. */
    public static final List<Target> ALL = List.of(X86_64_MUSL);

    public static Optional<Target> byTriple(String triple) {
        return ALL.stream().filter(target -> target.triple.equals(triple)).findFirst();
    }

    /** The triple as it stands in variables such as {@code CC_x86_64_unknown_linux_musl}. */
    public String underscored() {
        return triple.replace('-', '_').replace('.', '_');
    }

    /** The triple as cargo wants it, as in {@code CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER}. */
    public String screaming() {
        return underscored().toUpperCase(Locale.ROOT);
    }
}
