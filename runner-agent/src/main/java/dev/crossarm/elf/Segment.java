package dev.crossarm.elf;

import java.util.ArrayList;
import java.util.List;

/** A program header: what a kernel or loader maps. Sizes in bytes. */
record Segment(int type, long offset, long address, long fileSize, long memorySize, long alignment) {
    static final int LOAD = 1;
    static final int DYNAMIC = 2;
    static final int INTERPRETER = 3;
    static final int NOTE = 4;

    /** All segments; each one that has bytes in the file lies inside it. */
    static List<Segment> readAll(ElfBytes file, ElfHeader header) {
        List<Segment> all = new ArrayList<>();
        for (long i = 0; i < header.segmentCount(); i++) {
            String what = "program header " + i;
            long at = header.segments() + i * header.segmentSize();
            boolean wide = file.wide();
            Segment segment = new Segment(
                    (int) file.u32(at, what),
                    file.word(at + (wide ? 8 : 4), what),
                    file.word(at + (wide ? 16 : 8), what),
                    file.word(at + (wide ? 32 : 16), what),
                    file.word(at + (wide ? 40 : 20), what),
                    file.word(at + (wide ? 48 : 28), what));
            if (segment.type >= LOAD && segment.type <= NOTE && segment.fileSize != 0) {
                file.require(segment.offset, segment.fileSize, "the segment of program header " + i);
            }
            all.add(segment);
        }
        return all;
    }

    /** Where in the file the byte at this address is. */
    static long offsetOf(ElfBytes file, List<Segment> segments, long address, String what) {
        for (Segment segment : segments) {
            long into = address - segment.address;
            if (segment.type == LOAD
                    && Long.compareUnsigned(address, segment.address) >= 0
                    && Long.compareUnsigned(into, segment.fileSize) < 0) {
                return segment.offset + into;
            }
        }
        throw file.malformed(0, what + " is at address 0x" + Long.toHexString(address) + ", which no segment holds");
    }
}
