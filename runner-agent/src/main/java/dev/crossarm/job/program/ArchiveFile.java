package dev.crossarm.job.program;

import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.files.RegularFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A {@code tar.gz} of one program, and beside it its digest as {@code sha256sum -c} reads it. Owned by nobody in particular
 * (0:0, no names), entries sorted, time stamps fixed: the same files give the same bytes on every machine.
 */
final class ArchiveFile {
    /** The time of every entry, 1 February 1980, 12:00 UTC: tar takes zero for a mistake. */
    private static final long SECONDS = 318_254_400;

    /** RFC 1952: magic, deflate, no flags, no time, no extra flags, an unknown system. */
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

    private ArchiveFile() {}

    /**
     * Writes the archive and its digest.
     *
     * @param program found under its own name when unpacked
     * @param includes further files
     * @param archive the file to write; its digest goes to the same name with {@code .sha256} added
     * @throws dev.crossarm.problem.CrossarmException when two files claim one name (65), or the archive cannot be written (73, 77)
     */
    static Packed write(
            PackingWriter writer, HostFiles files, BuiltProgram program, List<PackedEntry> includes, Path archive) {
        List<PackedEntry> all = new ArrayList<>(includes);
        all.add(new PackedEntry(program.name(), program.file(), true));
        PackingList list = PackingList.of(all);
        Packed packed = writer.write(archive, (out, scratch) -> compress(out, scratch, list));
        String name = Objects.requireNonNull(archive.getFileName()).toString();
        files.write(
                archive.resolveSibling(name + ".sha256"),
                (packed.sha256() + "  " + name + "\n").getBytes(StandardCharsets.UTF_8),
                Ownership.mode("rw-r--r--"));
        return packed;
    }

    private static long compress(OutputStream out, Path scratch, PackingList list) throws IOException {
        long[] unpacked = new long[1];
        try (Deflated tar = Deflated.of(scratch, to -> unpacked[0] = fill(to, list))) {
            out.write(GZIP_HEADER);
            tar.content().transferTo(out);
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) tar.crc())
                    .putInt((int) tar.size())
                    .array());
        }
        return unpacked[0];
    }

    private static long fill(OutputStream out, PackingList list) throws IOException {
        long unpacked = 0;
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(buffered, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (String folder : list.folders()) {
            tar.putArchiveEntry(entry(folder + "/", 0, 0755));
            tar.closeArchiveEntry();
        }
        for (PackedEntry file : list.files()) {
            try (FileChannel content = RegularFile.open(file.source())) {
                long size = content.size();
                tar.putArchiveEntry(entry(file.name(), size, file.mode()));
                Channels.newInputStream(content).transferTo(tar);
                tar.closeArchiveEntry();
                unpacked += size;
            }
        }
        tar.finish();
        buffered.flush();
        return unpacked;
    }

    private static TarArchiveEntry entry(String name, long size, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(mode);
        entry.setModTime(SECONDS * 1000);
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }
}
