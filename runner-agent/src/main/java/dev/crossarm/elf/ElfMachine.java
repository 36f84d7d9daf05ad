package dev.crossarm.elf;

import java.util.Map;

/**
 * The processor a file is for.
 *
 * @param code {@code e_machine}, as in the generic ELF specification's registry
 * @param name its usual name, {@code unknown} when the table does not have it
 */
public record ElfMachine(int code, String name) {
    public static final int X86_64 = 62;
    public static final int AARCH64 = 183;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "none"),
            Map.entry(2, "SPARC"),
            Map.entry(3, "x86 (32-bit)"),
            Map.entry(4, "m68k"),
            Map.entry(8, "MIPS"),
            Map.entry(20, "PowerPC"),
            Map.entry(21, "PowerPC 64-bit"),
            Map.entry(22, "S/390"),
            Map.entry(40, "ARM (32-bit)"),
            Map.entry(42, "SuperH"),
            Map.entry(43, "SPARC V9"),
            Map.entry(50, "IA-64"),
            Map.entry(X86_64, "x86-64"),
            Map.entry(AARCH64, "AArch64"),
            Map.entry(243, "RISC-V"),
            Map.entry(247, "BPF"),
            Map.entry(258, "LoongArch"));

    static ElfMachine of(int code) {
        return new ElfMachine(code, NAMES.getOrDefault(code, "unknown"));
    }

    @Override
    public String toString() {
        return name + " (" + code + ")";
    }
}
