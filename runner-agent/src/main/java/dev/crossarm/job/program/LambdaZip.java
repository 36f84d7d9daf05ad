package dev.crossarm.job.program;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * The zip AWS Lambda takes. Made by Unix with modes (755 for programs and folders, 644 for the rest: Lambda refuses what it
 * cannot read or run), entries sorted, time stamps fixed: the same files give the same bytes on every machine.
 */
public final class LambdaZip {
    /**
     * The time of every entry. Zip has local times without a zone; noon, and not the first day of zip's calendar, so that no
     * zone's shift makes it invalid.
     */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 12, 0);

    private static final int FOLDER = 040755;
    private static final int REGULAR = 0100000;

    private LambdaZip() {}

    /** Where Lambda looks for the program. */
    public enum Layout {
        /** {@code bootstrap} at the root: what the runtimes {@code provided.*} start. */
        FUNCTION,
        /** {@code extensions/NAME}: started beside the function, from a layer. */
        EXTENSION;

        String place(String program) {
            return this == FUNCTION ? "bootstrap" : "extensions/" + program;
        }
    }

    /**
     * Writes the zip of one program.
     *
     * @param program what Lambda starts
     * @param includes further files
     * @param zip the file to write
     * @throws dev.crossarm.problem.CrossarmException when two files claim one name (65), or the zip cannot be written (73, 77)
     */
    static Packed write(
            PackingWriter writer, BuiltProgram program, Layout layout, List<PackedEntry> includes, Path zip) {
        List<PackedEntry> all = new ArrayList<>(includes);
        all.add(new PackedEntry(layout.place(program.name()), program.file(), true));
        PackingList list = PackingList.of(all);
        return writer.write(zip, (out, scratch) -> fill(out, scratch, list));
    }

    private static long fill(OutputStream out, Path scratch, PackingList list) throws IOException {
        long unpacked = 0;
        ZipArchiveOutputStream zip = new ZipArchiveOutputStream(new BufferedOutputStream(out, 1 << 16));
        for (String folder : list.folders()) {
            ZipArchiveEntry entry = entry(folder + "/", FOLDER);
            entry.setMethod(ZipArchiveEntry.STORED);
            entry.setSize(0);
            entry.setCrc(0);
            zip.putArchiveEntry(entry);
            zip.closeArchiveEntry();
        }
        for (PackedEntry file : list.files()) {
            // Compressed beforehand, as the header in front of the bytes tells their number and checksum.
            try (Deflated deflated = Deflated.of(scratch, file::writeTo)) {
                ZipArchiveEntry entry = entry(file.name(), REGULAR | file.mode());
                entry.setMethod(ZipArchiveEntry.DEFLATED);
                entry.setSize(deflated.size());
                entry.setCompressedSize(deflated.compressedSize());
                entry.setCrc(deflated.crc());
                zip.addRawArchiveEntry(entry, deflated.content());
                unpacked += deflated.size();
            }
        }
        zip.finish();
        zip.flush();
        return unpacked;
    }

    private static ZipArchiveEntry entry(String name, int mode) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setTimeLocal(TIME);
        entry.setUnixMode(mode);
        return entry;
    }
}
