package dev.crossarm.elf;

/**
 * The file header, with the counts that overflowed into section 0 already taken from there.
 *
 * @param type {@code e_type}
 * @param machine {@code e_machine}
 * @param osAbi {@code EI_OSABI}
 * @param segments offset of the program headers
 * @param segmentSize bytes of one of them
 * @param segmentCount how many there are
 * @param sections offset of the section headers, 0 for none
 * @param sectionSize bytes of one of them
 * @param sectionCount how many there are
 * @param nameTable index of the section that holds section names, 0 for none
 */
record ElfHeader(
        int type,
        int machine,
        int osAbi,
        long segments,
        int segmentSize,
        long segmentCount,
        long sections,
        int sectionSize,
        long sectionCount,
        long nameTable) {

    static final int TYPE_RELOCATABLE = 1;
    static final int TYPE_EXECUTABLE = 2;
    static final int TYPE_DYNAMIC = 3;
    static final int TYPE_CORE = 4;

    private static final int MANY_SEGMENTS = 0xffff;
    private static final int INDEX_ELSEWHERE = 0xffff;

    static ElfHeader read(ElfBytes file) {
        boolean wide = file.wide();
        String what = "the file header";
        file.require(0, wide ? 64 : 52, what);
        if (file.u8(6, what) != 1 || file.u32(20, what) != 1) {
            throw file.malformed(6, "its ELF version is not 1");
        }
        long segments = file.word(wide ? 32 : 28, what);
        long sections = file.word(wide ? 40 : 32, what);
        int counts = wide ? 54 : 42;
        int segmentSize = file.u16(counts, what);
        long segmentCount = file.u16(counts + 2, what);
        int sectionSize = file.u16(counts + 4, what);
        long sectionCount = file.u16(counts + 6, what);
        long nameTable = file.u16(counts + 8, what);
        if (sections != 0) {
            file.require(sections, wide ? 64 : 40, "the first section header");
            if (sectionCount == 0) {
                sectionCount = file.word(sections + (wide ? 32 : 20), what);
            }
            if (segmentCount == MANY_SEGMENTS) {
                segmentCount = file.u32(sections + (wide ? 44 : 28), what);
            }
            if (nameTable == INDEX_ELSEWHERE) {
                nameTable = file.u32(sections + (wide ? 40 : 24), what);
            }
        } else {
            sectionCount = 0;
        }
        ElfHeader header = new ElfHeader(
                file.u16(16, what),
                file.u16(18, what),
                file.u8(7, what),
                segments,
                segmentSize,
                segments == 0 ? 0 : segmentCount,
                sections,
                sectionSize,
                sectionCount,
                nameTable);
        checkTable(file, segments, segmentSize, header.segmentCount, wide ? 56 : 32, "the program header table");
        checkTable(file, sections, sectionSize, sectionCount, wide ? 64 : 40, "the section header table");
        return header;
    }

    private static void checkTable(ElfBytes file, long offset, int entry, long count, int least, String what) {
        if (count == 0) {
            return;
        }
        if (entry < least) {
            throw file.malformed(offset, what + " has entries of " + entry + " bytes, at least " + least + " needed");
        }
        if (count < 0 || count > file.size() / entry) {
            throw file.malformed(offset, what + " claims " + Long.toUnsignedString(count) + " entries");
        }
        file.require(offset, count * entry, what);
    }
}
