package dev.crossarm.elf;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the relocations of indirect functions: places that hold a function which chooses one, until start-up code has
 * called it. glibc's start-up code does; musl's does not, so a call there jumps to nowhere.
 */
final class IndirectFunctions {
    /** {@code R_*_IRELATIVE} by {@code e_machine} (the processors' ABI supplements; binutils, include/elf). */
    private static final Map<Integer, Integer> TYPES =
            Map.of(3, 42, 40, 160, ElfMachine.X86_64, 37, ElfMachine.AARCH64, 1032, 243, 58);

    private IndirectFunctions() {}

    /** How many there are. A program without section headers and without a dynamic section shows none. */
    static int count(ElfBytes file, int machine, List<Section> sections, Optional<DynamicSection> dynamic) {
        Integer type = TYPES.get(machine);
        if (type == null) {
            return 0;
        }
        List<DynamicSection.Relocations> tables = sections.isEmpty()
                ? dynamic.map(DynamicSection::relocations).orElse(List.of())
                : sections.stream()
                        .flatMap(section -> relocations(section).stream())
                        .toList();
        return tables.stream().mapToInt(table -> count(file, table, type)).sum();
    }

    private static Optional<DynamicSection.Relocations> relocations(Section section) {
        return switch (section.type()) {
            case Section.RELOCATIONS ->
                Optional.of(new DynamicSection.Relocations(section.offset(), section.size(), true));
            case Section.PLAIN_RELOCATIONS ->
                Optional.of(new DynamicSection.Relocations(section.offset(), section.size(), false));
            default -> Optional.empty();
        };
    }

    private static int count(ElfBytes file, DynamicSection.Relocations table, int wanted) {
        int word = file.wide() ? 8 : 4;
        int entry = word * (table.addends() ? 3 : 2);
        long typeBits = file.wide() ? 0xffffffffL : 0xff;
        String what = "a table of relocations";
        file.require(table.at(), table.size(), what);
        int found = 0;
        for (long at = table.at(); at + entry <= table.at() + table.size(); at += entry) {
            if ((file.word(at + word, what) & typeBits) == wanted) {
                found++;
            }
        }
        return found;
    }
}
