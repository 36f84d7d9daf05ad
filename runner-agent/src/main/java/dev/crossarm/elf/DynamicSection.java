package dev.crossarm.elf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dynamic section, found through its program header, so that a file without section headers is read as well. */
final class DynamicSection {
    static final long SYMBOL_TABLE = 6;

    private static final long NEEDED = 1;
    private static final long JUMP_SIZE = 2;
    private static final long HASH = 4;
    private static final long STRING_TABLE = 5;
    private static final long RELOCATIONS = 7;
    private static final long RELOCATIONS_SIZE = 8;
    private static final long STRING_SIZE = 10;
    private static final long SONAME = 14;
    private static final long RPATH = 15;
    private static final long PLAIN_RELOCATIONS = 17;
    private static final long PLAIN_RELOCATIONS_SIZE = 18;
    private static final long JUMP_KIND = 20;
    private static final long JUMPS = 23;
    private static final long RUNPATH = 29;
    private static final long FLAGS_1 = 0x6ffffffbL;
    private static final long VERSION_NEEDS = 0x6ffffffeL;
    private static final long VERSION_NEEDS_COUNT = 0x6fffffffL;
    private static final long FLAG_1_PIE = 0x08000000L;

    /** Real files have a few dozen; beyond this a file is out to exhaust us. */
    private static final int MOST_ENTRIES = 16_384;

    private final ElfBytes file;
    private final List<Segment> segments;
    private final Map<Long, Long> values = new HashMap<>();
    private final List<Long> needed = new ArrayList<>();

    private DynamicSection(ElfBytes file, List<Segment> segments) {
        this.file = file;
        this.segments = segments;
    }

    /** Empty when the file has no dynamic section. */
    static Optional<DynamicSection> read(ElfBytes file, List<Segment> segments) {
        Optional<Segment> found =
                segments.stream().filter(s -> s.type() == Segment.DYNAMIC).findFirst();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        DynamicSection dynamic = new DynamicSection(file, segments);
        dynamic.readEntries(found.get());
        return Optional.of(dynamic);
    }

    private void readEntries(Segment segment) {
        int entry = file.wide() ? 16 : 8;
        long count = segment.fileSize() / entry;
        for (long i = 0; i < count; i++) {
            long at = segment.offset() + i * entry;
            if (i >= MOST_ENTRIES) {
                throw file.malformed(at, "the dynamic section has more than " + MOST_ENTRIES + " entries");
            }
            long tag = file.word(at, "the dynamic section");
            long value = file.word(at + entry / 2, "the dynamic section");
            if (tag == 0) {
                return;
            }
            if (tag == NEEDED) {
                needed.add(value);
            } else {
                values.putIfAbsent(tag, value);
            }
        }
    }

    Linkage linkage() {
        return new Linkage(
                needed.stream().map(at -> string(at, "a needed library's name")).toList(),
                named(SONAME, "the library's name"),
                named(RPATH, "the run path"),
                named(RUNPATH, "the run path"),
                versionNeeds(),
                (values.getOrDefault(FLAGS_1, 0L) & FLAG_1_PIE) != 0);
    }

    private Optional<String> named(long tag, String what) {
        return Optional.ofNullable(values.get(tag)).map(at -> string(at, what));
    }

    /** A table of relocations: file offset and size in bytes, and whether each has an addend. */
    record Relocations(long at, long size, boolean addends) {}

    List<Relocations> relocations() {
        List<Relocations> all = new ArrayList<>();
        boolean addends = values.getOrDefault(JUMP_KIND, RELOCATIONS) == RELOCATIONS;
        table(RELOCATIONS, RELOCATIONS_SIZE, true).ifPresent(all::add);
        table(PLAIN_RELOCATIONS, PLAIN_RELOCATIONS_SIZE, false).ifPresent(all::add);
        table(JUMPS, JUMP_SIZE, addends).ifPresent(all::add);
        return all;
    }

    private Optional<Relocations> table(long tag, long sizeTag, boolean addends) {
        long size = values.getOrDefault(sizeTag, 0L);
        return size == 0
                ? Optional.empty()
                : offsetOf(tag, "the relocations").map(at -> new Relocations(at, size, addends));
    }

    /** File offset of what this entry's address points at. */
    Optional<Long> offsetOf(long tag, String what) {
        return Optional.ofNullable(values.get(tag)).map(address -> Segment.offsetOf(file, segments, address, what));
    }

    private String string(long at, String what) {
        long table = stringsAt();
        if (at < 0 || at > file.size()) {
            throw file.malformed(table, what + " lies outside of the string table");
        }
        return file.string(table + at, stringsEnd(), what);
    }

    long stringsAt() {
        return offsetOf(STRING_TABLE, "the dynamic string table")
                .orElseThrow(() -> file.malformed(0, "the dynamic section names strings but has no string table"));
    }

    long stringsEnd() {
        long length = values.getOrDefault(STRING_SIZE, 0L);
        file.require(stringsAt(), length, "the dynamic string table");
        return stringsAt() + length;
    }

    /**
     * How many dynamic symbols there are, for files without section headers: the hash table says it, else the
     * distance to the string table that every linker puts behind the symbols.
     */
    long symbolCount() {
        Optional<Long> hash = offsetOf(HASH, "the hash table");
        if (hash.isPresent()) {
            return file.u32(hash.get() + 4, "the hash table");
        }
        long symbols = values.getOrDefault(SYMBOL_TABLE, 0L);
        long strings = values.getOrDefault(STRING_TABLE, 0L);
        return Long.compareUnsigned(strings, symbols) > 0 ? (strings - symbols) / (file.wide() ? 24 : 16) : 0;
    }

    private List<Linkage.VersionNeed> versionNeeds() {
        Optional<Long> start = offsetOf(VERSION_NEEDS, "the version needs");
        long libraries = values.getOrDefault(VERSION_NEEDS_COUNT, 0L);
        List<Linkage.VersionNeed> all = new ArrayList<>();
        if (start.isEmpty()) {
            return all;
        }
        long at = start.get();
        int seen = 0;
        String what = "the version needs";
        for (long i = 0; i < libraries; i++) {
            List<String> versions = new ArrayList<>();
            int count = file.u16(at + 2, what);
            long each = at + file.u32(at + 8, what);
            for (int j = 0; j < count; j++) {
                versions.add(string(file.u32(each + 8, what), "a version's name"));
                if (++seen > MOST_ENTRIES) {
                    throw file.malformed(each, "the version needs have more than " + MOST_ENTRIES + " entries");
                }
                long next = file.u32(each + 12, what);
                if (next == 0) {
                    break;
                }
                each += next;
            }
            all.add(new Linkage.VersionNeed(string(file.u32(at + 4, what), "a library's name"), versions));
            long next = file.u32(at + 12, what);
            if (next == 0) {
                break;
            }
            if (++seen > MOST_ENTRIES) {
                throw file.malformed(at, "the version needs have more than " + MOST_ENTRIES + " entries");
            }
            at += next;
        }
        return all;
    }
}
