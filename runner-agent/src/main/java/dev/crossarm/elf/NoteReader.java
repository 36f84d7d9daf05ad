package dev.crossarm.elf;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the GNU notes: build id, ABI tag and properties (the linux-abi document of the x86-64 psABI project). */
final class NoteReader {
    private static final long ABI_TAG = 1;
    private static final long BUILD_ID = 3;
    private static final long PROPERTIES = 5;
    private static final long X86_ISA_NEEDED = 0xc0008002L;
    private static final int LONGEST_BUILD_ID = 256;

    private final ElfBytes file;
    private final int machine;
    private @Nullable String buildId;
    private @Nullable String abiTag;
    private @Nullable String cpuLevel;

    NoteReader(ElfBytes file, int machine) {
        this.file = file;
        this.machine = machine;
    }

    /** Notes of the segments, or of the sections when there are no segments (object files). */
    ElfNotes read(List<Segment> segments, List<Section> sections) {
        for (Segment segment : segments) {
            if (segment.type() == Segment.NOTE) {
                readArea(segment.offset(), segment.fileSize(), segment.alignment());
            }
        }
        if (segments.isEmpty()) {
            for (Section section : sections) {
                if (section.type() == Section.NOTE) {
                    readArea(section.offset(), section.size(), section.alignment());
                }
            }
        }
        return new ElfNotes(Optional.ofNullable(buildId), Optional.ofNullable(abiTag), Optional.ofNullable(cpuLevel));
    }

    private void readArea(long start, long length, long alignment) {
        long step = alignment == 8 ? 8 : 4;
        long end = start + length;
        long at = start;
        String what = "a note";
        while (end - at >= 12) {
            long nameSize = file.u32(at, what);
            long contentSize = file.u32(at + 4, what);
            long type = file.u32(at + 8, what);
            long content = at + 12 + roundUp(nameSize, 4);
            if (step == 8) {
                content = start + roundUp(content - start, 8);
            }
            if (content > end || contentSize > end - content) {
                throw file.malformed(at, "a note ends behind its segment");
            }
            if (nameSize == 4 && file.string(at + 12, at + 16, "a note's name").equals("GNU")) {
                readGnu(type, content, contentSize);
            }
            at = content + roundUp(contentSize, step);
        }
    }

    private void readGnu(long type, long content, long size) {
        if (type == BUILD_ID && buildId == null) {
            if (size > LONGEST_BUILD_ID) {
                throw file.malformed(content, "the build id has " + size + " bytes");
            }
            buildId = HexFormat.of().formatHex(file.raw(content, (int) size, "the build id"));
        } else if (type == ABI_TAG && abiTag == null && size >= 16) {
            long system = file.u32(content, "the ABI tag");
            abiTag = (system == 0 ? "Linux" : "system " + system) + " " + file.u32(content + 4, "the ABI tag") + "."
                    + file.u32(content + 8, "the ABI tag") + "." + file.u32(content + 12, "the ABI tag");
        } else if (type == PROPERTIES && machine == ElfMachine.X86_64) {
            readProperties(content, size);
        }
    }

    private void readProperties(long content, long size) {
        long at = content;
        long end = content + size;
        String what = "a GNU property";
        while (end - at >= 8) {
            long type = file.u32(at, what);
            long length = file.u32(at + 4, what);
            if (length > end - at - 8) {
                throw file.malformed(at, "a GNU property ends behind its note");
            }
            if (type == X86_ISA_NEEDED && length >= 4) {
                cpuLevel = level(file.u32(at + 8, what));
            }
            at += 8 + roundUp(length, file.wide() ? 8 : 4);
        }
    }

    private static @Nullable String level(long bits) {
        if ((bits & 8) != 0) {
            return "x86-64-v4";
        } else if ((bits & 4) != 0) {
            return "x86-64-v3";
        } else if ((bits & 2) != 0) {
            return "x86-64-v2";
        }
        return (bits & 1) != 0 ? "x86-64-baseline" : null;
    }

    private static long roundUp(long value, long step) {
        return (value + step - 1) / step * step;
    }
}
