package dev.crossarm.download;

import dev.crossarm.host.FileProblems;
import dev.crossarm.host.files.NewTree;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a {@code .tar.gz} that may have been made to do harm. Files, folders and symbolic links that stay inside come out;
 * anything else, and more than the limits, is refused. Owners and times are not taken over, and of the modes only whether it is
 * a program.
 *
 * @param entries most entries
 * @param bytes most bytes of all files together
 */
public record Archive(int entries, long bytes) {
    private static final int CHUNK = 64 * 1024;

    /** @throws dev.crossarm.problem.CrossarmException (65) when the archive is damaged, or holds what is refused */
    public void unpack(Path archive, NewTree into) {
        try (FileChannel channel = RegularFile.open(archive)) {
            unpack(archive, Channels.newInputStream(channel), into);
        } catch (IOException error) {
            throw FileProblems.translate("read", archive, error);
        }
    }

    private void unpack(Path archive, InputStream file, NewTree into) {
        Counted counted = new Counted();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file, CHUNK), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                counted.entry();
                make(tar, entry, into, counted);
            }
        } catch (NewTree.Refused refused) {
            throw unsafe(archive, refused.why()).asException(refused);
        } catch (InvalidPathException refused) {
            throw unsafe(archive, "an entry has a name that no file can have").asException(refused);
        } catch (IOException | IllegalArgumentException damaged) {
            throw damaged(archive, damaged).asException(damaged);
        }
        if (counted.entries == 0) {
            throw damaged(archive, new IOException("it is empty")).asException();
        }
    }

    private void make(TarArchiveInputStream tar, TarArchiveEntry entry, NewTree into, Counted counted) {
        Path name = Path.of(entry.getName());
        if (entry.isDirectory()) {
            into.folder(name);
        } else if (entry.isSymbolicLink()) {
            into.link(name, Path.of(entry.getLinkName()));
        } else if (entry.isFile() && !entry.isLink() && !special(entry)) {
            into.file(name, (entry.getMode() & 0111) != 0, out -> copy(tar, out, counted));
        } else {
            throw new InvalidEntry(name);
        }
    }

    private static boolean special(TarArchiveEntry entry) {
        return entry.isSparse() || entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO();
    }

    /** Hard links, devices, pipes: the packages that this is for have none. */
    private static final class InvalidEntry extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        InvalidEntry(Path name) {
            super("the entry " + Printable.line(name.toString())
                    + " is neither a file nor a folder nor a symbolic link");
        }
    }

    private void copy(InputStream from, OutputStream to, Counted counted) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int count = read(from, chunk); count >= 0; count = read(from, chunk)) {
            counted.bytes(count);
            to.write(chunk, 0, count);
        }
    }

    /** What is wrong with the archive is not wrong with the file that is being written. */
    private static int read(InputStream from, byte[] chunk) {
        try {
            return from.read(chunk);
        } catch (IOException damaged) {
            throw new IllegalArgumentException(String.valueOf(damaged.getMessage()), damaged);
        }
    }

    private final class Counted {
        private int entries;
        private long bytes;

        void entry() {
            if (++entries > Archive.this.entries) {
                throw new IllegalArgumentException("it has more than " + Archive.this.entries + " entries");
            }
        }

        void bytes(int more) {
            bytes += more;
            if (bytes > Archive.this.bytes) {
                throw new IllegalArgumentException("it unpacks to more than " + Archive.this.bytes + " bytes");
            }
        }
    }

    private static Problem unsafe(Path archive, String why) {
        return problem("archive-unsafe", archive, "would write outside its folder, and was not unpacked", why);
    }

    private static Problem damaged(Path archive, Exception why) {
        return problem("archive-damaged", archive, "cannot be unpacked", String.valueOf(why.getMessage()));
    }

    private static Problem problem(String code, Path archive, String what, String why) {
        return Problem.of(
                        ExitStatus.DATA,
                        code,
                        "the archive " + archive + " " + what,
                        "Fetch it again from where it is published, and compare its SHA-256")
                .withDetail(Printable.marked(why));
    }
}
