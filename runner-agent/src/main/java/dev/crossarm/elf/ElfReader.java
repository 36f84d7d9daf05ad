package dev.crossarm.elf;

import dev.crossarm.host.files.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads ELF files of either width and byte order. Costs a few reads however large the file is. A file that is not ELF, or
 * damaged, is a {@link dev.crossarm.problem.CrossarmException} of status 65 that says what is wrong and at which offset;
 * nothing else is ever thrown.
 */
public final class ElfReader {
    /** More of {@code .comment} than this is not worth showing. */
    private static final int LONGEST_COMMENT = 1 << 16;

    private ElfReader() {}

    /** Reads the file at this place. */
    public static ElfFacts read(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw ElfProblems.notAFile(path).asException();
        }
        try (SeekableByteChannel channel = RegularFile.open(path)) {
            return read(channel, path.toString());
        } catch (NoSuchFileException e) {
            throw ElfProblems.notFound(path).asException(e);
        } catch (AccessDeniedException e) {
            throw ElfProblems.noPermission(path).asException(e);
        } catch (IOException e) {
            throw ElfProblems.unreadable(path.toString(), String.valueOf(e.getMessage()))
                    .asException(e);
        }
    }

    /**
     * Reads from an open channel, which stays open.
     *
     * @param name what to call the file in errors
     */
    static ElfFacts read(SeekableByteChannel channel, String name) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(16);
        channel.position(0);
        while (start.hasRemaining() && channel.read(start) >= 0) {
            // until full or at the end
        }
        byte[] magic = start.array();
        int got = start.position();
        if (got < 4 || magic[0] != 0x7f || magic[1] != 'E' || magic[2] != 'L' || magic[3] != 'F') {
            throw ElfProblems.notElf(name, FileMagic.guess(magic, got)).asException();
        }
        if (got < 16) {
            throw ElfProblems.malformed(name, got, "it ends inside of the file header")
                    .asException();
        }
        if (magic[4] < 1 || magic[4] > 2) {
            throw ElfProblems.malformed(name, 4, "its class is " + (magic[4] & 0xff) + ", neither 32-bit nor 64-bit")
                    .asException();
        }
        if (magic[5] < 1 || magic[5] > 2) {
            throw ElfProblems.malformed(name, 5, "its byte order is " + (magic[5] & 0xff) + ", neither of the two")
                    .asException();
        }
        return facts(new ElfBytes(channel, name, channel.size(), magic[5] == 1, magic[4] == 2));
    }

    private static ElfFacts facts(ElfBytes file) {
        ElfHeader header = ElfHeader.read(file);
        List<Section> sections = Section.readAll(file, header);
        if (Section.named(sections, ".text")
                .filter(text -> text.type() == Section.NO_BITS)
                .isPresent()) {
            // What objcopy --only-keep-debug leaves: its segments speak of content that is elsewhere.
            throw ElfProblems.debugOnly(file.name()).asException();
        }
        List<Segment> segments = Segment.readAll(file, header);
        Optional<DynamicSection> dynamic = DynamicSection.read(file, segments);
        Linkage linkage = dynamic.map(DynamicSection::linkage).orElse(Linkage.NONE);
        Optional<String> interpreter = interpreter(file, segments);
        return new ElfFacts(
                file.size(),
                loadedSize(segments),
                file.wide() ? 64 : 32,
                file.little(),
                header.osAbi(),
                kind(header.type(), interpreter.isPresent(), linkage),
                ElfMachine.of(header.machine()),
                interpreter,
                linkage,
                new NoteReader(file, header.machine()).read(segments, sections),
                symbols(file, sections, dynamic),
                IndirectFunctions.count(file, header.machine(), sections, dynamic),
                compilers(file, sections));
    }

    private static Optional<String> interpreter(ElfBytes file, List<Segment> segments) {
        return segments.stream()
                .filter(s -> s.type() == Segment.INTERPRETER)
                .findFirst()
                .map(s -> file.string(s.offset(), s.offset() + s.fileSize(), "the interpreter's name"));
    }

    private static long loadedSize(List<Segment> segments) {
        long sum = 0;
        for (Segment segment : segments) {
            if (segment.type() == Segment.LOAD && segment.memorySize() > 0 && sum >= 0) {
                sum += segment.memorySize();
            }
        }
        return Math.max(sum, 0);
    }

    private static ElfKind kind(int type, boolean interpreted, Linkage linkage) {
        boolean dynamic = interpreted || !linkage.needed().isEmpty();
        return switch (type) {
            case ElfHeader.TYPE_RELOCATABLE -> ElfKind.RELOCATABLE;
            case ElfHeader.TYPE_EXECUTABLE -> dynamic ? ElfKind.DYNAMIC : ElfKind.STATIC;
            case ElfHeader.TYPE_CORE -> ElfKind.CORE;
            case ElfHeader.TYPE_DYNAMIC -> {
                // Linkers before DF_1_PIE gave programs no mark of their own; an interpreter then tells them from
                // libraries.
                boolean program =
                        linkage.pie() || (interpreted && linkage.soname().isEmpty());
                yield !program ? ElfKind.LIBRARY : dynamic ? ElfKind.DYNAMIC_PIE : ElfKind.STATIC_PIE;
            }
            default -> ElfKind.OTHER;
        };
    }

    private static SymbolFacts symbols(ElfBytes file, List<Section> sections, Optional<DynamicSection> dynamic) {
        SymbolScan scan = new SymbolScan(file);
        Optional<Section> table = Section.ofType(sections, Section.SYMBOLS);
        table.ifPresent(found -> scan.section(found, sections));
        Optional<Section> dynamicTable = Section.ofType(sections, Section.DYNAMIC_SYMBOLS);
        if (dynamicTable.isPresent()) {
            scan.section(dynamicTable.get(), sections);
        } else {
            dynamic.ifPresent(scan::dynamic);
        }
        boolean debug = sections.stream()
                .anyMatch(s -> s.name().equals(".debug_info") || s.name().equals(".zdebug_info"));
        return new SymbolFacts(!sections.isEmpty(), table.isEmpty(), debug, scan.found(), scan.complete());
    }

    private static List<String> compilers(ElfBytes file, List<Section> sections) {
        Optional<Section> comment = Section.named(sections, ".comment").filter(s -> s.type() != Section.NO_BITS);
        if (comment.isEmpty()) {
            return List.of();
        }
        int length = (int) Math.min(comment.get().size(), LONGEST_COMMENT);
        byte[] text = file.raw(comment.get().offset(), length, "the section .comment");
        Set<String> all = new LinkedHashSet<>();
        int start = 0;
        for (int i = 0; i <= text.length; i++) {
            if (i == text.length || text[i] == 0) {
                String one = ElfBytes.printable(java.util.Arrays.copyOfRange(text, start, i));
                if (!one.isBlank()) {
                    all.add(one);
                }
                start = i + 1;
            }
        }
        return new ArrayList<>(all);
    }
}
