package dev.crossarm.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A section header. Sizes in bytes. */
record Section(String name, int type, long offset, long size, long link, long info, long alignment, long entrySize) {
    static final int SYMBOLS = 2;
    static final int RELOCATIONS = 4;
    static final int NOTE = 7;
    static final int NO_BITS = 8;
    static final int PLAIN_RELOCATIONS = 9;
    static final int DYNAMIC_SYMBOLS = 11;

    /** All sections; empty when the file has none. Those with content are checked to lie inside the file. */
    static List<Section> readAll(ElfBytes file, ElfHeader header) {
        if (header.sectionCount() == 0) {
            return List.of();
        }
        long namesAt = 0;
        long namesEnd = 0;
        if (header.nameTable() != 0) {
            if (header.nameTable() >= header.sectionCount()) {
                throw file.malformed(header.sections(), "the section of names is number " + header.nameTable());
            }
            Section names = read(file, header, header.nameTable(), 0, 0);
            namesAt = names.offset;
            namesEnd = names.offset + names.size;
        }
        List<Section> all = new ArrayList<>();
        for (long i = 0; i < header.sectionCount(); i++) {
            all.add(read(file, header, i, namesAt, namesEnd));
        }
        return all;
    }

    private static Section read(ElfBytes file, ElfHeader header, long index, long namesAt, long namesEnd) {
        String what = "section header " + index;
        long at = header.sections() + index * header.sectionSize();
        boolean wide = file.wide();
        long nameOffset = file.u32(at, what);
        int type = (int) file.u32(at + 4, what);
        long offset = file.word(at + (wide ? 24 : 16), what);
        long size = file.word(at + (wide ? 32 : 20), what);
        if (type != 0 && type != NO_BITS) {
            file.require(offset, size, "section " + index);
        }
        String name = namesEnd == 0 || type == 0
                ? ""
                : file.string(namesAt + nameOffset, namesEnd, "the name of section " + index);
        return new Section(
                name,
                type,
                offset,
                size,
                file.u32(at + (wide ? 40 : 24), what),
                file.u32(at + (wide ? 44 : 28), what),
                file.word(at + (wide ? 48 : 32), what),
                file.word(at + (wide ? 56 : 36), what));
    }

    static Optional<Section> named(List<Section> sections, String name) {
        return sections.stream().filter(s -> s.name.equals(name)).findFirst();
    }

    static Optional<Section> ofType(List<Section> sections, int type) {
        return sections.stream().filter(s -> s.type == type).findFirst();
    }
}
