package dev.crossarm.elf;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks through symbol tables for names of glibc. Never keeps more than the few names it looks for. */
final class SymbolScan {
    /** Programs with more global symbols than this exist only with all debug information of a browser. */
    private static final long MOST_SYMBOLS = 4_000_000;

    private static final int WEAK = 2;

    private final ElfBytes file;
    private final Set<String> found = new TreeSet<>();
    private boolean complete = true;

    SymbolScan(ElfBytes file) {
        this.file = file;
    }

    /** A table with a section header; {@code sh_info} tells where the global symbols begin. */
    void section(Section table, List<Section> sections) {
        if (table.link() >= sections.size()) {
            throw file.malformed(table.offset(), "a symbol table names section " + table.link() + " for its strings");
        }
        Section strings = sections.get((int) table.link());
        long entry = entrySize();
        if (table.entrySize() != 0 && table.entrySize() != entry) {
            throw file.malformed(table.offset(), "a symbol table has entries of " + table.entrySize() + " bytes");
        }
        file.require(strings.offset(), strings.size(), "the string table of the symbols");
        long first = Math.min(table.info(), table.size() / entry);
        scan(table.offset(), first, table.size() / entry, strings.offset(), strings.offset() + strings.size());
    }

    /** The dynamic table of a file without section headers. */
    void dynamic(DynamicSection dynamic) {
        long at = dynamic.offsetOf(DynamicSection.SYMBOL_TABLE, "the dynamic symbol table")
                .orElse(0L);
        long count = at == 0 ? 0 : dynamic.symbolCount();
        if (count > 0) {
            scan(at, 1, count, dynamic.stringsAt(), dynamic.stringsEnd());
        }
    }

    private void scan(long at, long first, long count, long strings, long stringsEnd) {
        if (count < 0 || count > file.size() / entrySize()) {
            throw file.malformed(at, "a symbol table claims " + Long.toUnsignedString(count) + " symbols");
        }
        file.require(at, count * entrySize(), "a symbol table");
        long last = Math.min(count, first + MOST_SYMBOLS);
        complete &= last == count;
        for (long i = first; i < last; i++) {
            symbol(at + i * entrySize(), strings, stringsEnd);
        }
    }

    private void symbol(long at, long strings, long stringsEnd) {
        String what = "a symbol";
        long name = file.u32(at, what);
        int binding = file.u8(at + (file.wide() ? 4 : 12), what) >> 4;
        boolean defined = file.u16(at + (file.wide() ? 6 : 14), what) != 0;
        if (name == 0 || binding == 0 || (!defined && binding == WEAK)) {
            return;
        }
        if (name >= stringsEnd - strings) {
            throw file.malformed(at, "a symbol's name lies outside of its string table");
        }
        String text = shortName(strings + name, stringsEnd);
        if (defined ? GlibcNames.partOfGlibc(text) : GlibcNames.wantedOfGlibc(text)) {
            found.add(text);
        }
    }

    /** The name, or nothing when it is too long to be one that is looked for. Versions behind @ are cut off. */
    private String shortName(long at, long end) {
        StringBuilder name = new StringBuilder();
        for (long i = at; i < end && name.length() <= GlibcNames.longest(); i++) {
            int c = file.u8(i, "a symbol's name");
            if (c == 0 || c == '@') {
                return name.toString();
            }
            name.append((char) c);
        }
        return "";
    }

    private int entrySize() {
        return file.wide() ? 24 : 16;
    }

    List<String> found() {
        return List.copyOf(found);
    }

    boolean complete() {
        return complete;
    }
}
