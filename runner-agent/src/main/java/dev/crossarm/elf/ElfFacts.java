package dev.crossarm.elf;

import java.util.List;
import java.util.Optional;

/**
 * Everything read from an ELF file. All text in it is safe to print.
 *
 * @param size bytes of the file
 * @param loadedSize bytes it takes in memory when loaded, zero for object files
 * @param bits 32 or 64
 * @param littleEndian the byte order
 * @param osAbi {@code EI_OSABI}: 0 for System V, 3 for Linux with GNU extensions
 * @param kind what the file is for
 * @param machine the processor it is for
 * @param interpreter the program that loads it
 * @param linkage its dynamic section
 * @param notes its notes
 * @param symbols its symbols and sections
 * @param indirectFunctions how many of its functions are chosen at start-up ({@code R_*_IRELATIVE} relocations)
 * @param compilers what compilers and linkers left in {@code .comment}, in the file's order
 */
public record ElfFacts(
        long size,
        long loadedSize,
        int bits,
        boolean littleEndian,
        int osAbi,
        ElfKind kind,
        ElfMachine machine,
        Optional<String> interpreter,
        Linkage linkage,
        ElfNotes notes,
        SymbolFacts symbols,
        int indirectFunctions,
        List<String> compilers) {

    public ElfFacts {
        compilers = List.copyOf(compilers);
    }
}
