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
    private static final Map<Integer, Integer> TYPES = Map.of(3, 42, 40, 160, 62, 37, 183, 1032, 243, 58);

    private final ElfBytes file;
    private final int wanted;
    private int found;

    private IndirectFunctions(ElfBytes file, int wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    /** How many there are. A program without section headers and without a dynamic section shows none. */
    static int count(ElfBytes file, int machine, List<Section> sections, Optional<DynamicSection> dynamic) {
        if (!TYPES.containsKey(machine)) {
            return 0;
        }
        IndirectFunctions counted = new IndirectFunctions(file, TYPES.get(machine));
        if (sections.isEmpty()) {
            dynamic.ifPresent(table -> table.relocations().forEach(counted::table));
        } else {
            sections.stream()
                    .filter(section ->
                            section.type() == Section.RELOCATIONS || section.type() == Section.PLAIN_RELOCATIONS)
                    .forEach(section -> counted.table(new DynamicSection.Relocations(
                            section.offset(), section.size(), section.type() == Section.RELOCATIONS)));
        }
        return counted.found;
    }

    private void table(DynamicSection.Relocations table) {
        int word = file.wide() ? 8 : 4;
        int entry = word * (table.addends() ? 3 : 2);
        String what = "a table of relocations";
        file.require(table.at(), table.size(), what);
        for (long at = table.at(); at + entry <= table.at() + table.size(); at += entry) {
            long info = file.word(at + word, what);
            if ((file.wide() ? info & 0xffffffffL : info & 0xff) == wanted) {
                found++;
            }
        }
    }
}
