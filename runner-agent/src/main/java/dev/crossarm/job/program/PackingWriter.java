package dev.crossarm.job.program;

import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.text.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;

/** Puts a zip or archive in place, whole or not at all, and takes its digest on the way. Holds nothing of it in memory. */
final class PackingWriter {
    private final DurableFiles files;

    PackingWriter(DurableFiles files) {
        this.files = files;
    }

    /** Writes the content, and returns the bytes of everything that was packed. */
    @FunctionalInterface
    interface Content {
        long writeTo(OutputStream out, Path scratchFolder) throws IOException;
    }

    Packed write(Path target, Content content) {
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file lies in a folder");
        MessageDigest digest = Sha256.newDigest();
        Digesting[] seen = new Digesting[1];
        long[] unpacked = new long[1];
        files.createDirectories(folder, Ownership.mode("rwxr-xr-x"));
        files.write(target, Ownership.mode("rw-r--r--"), out -> {
            seen[0] = new Digesting(out, digest);
            unpacked[0] = content.writeTo(seen[0], folder);
            seen[0].flush();
        });
        return new Packed(target.toAbsolutePath(), Sha256.of(digest).hex(), seen[0].count, unpacked[0]);
    }

    private static final class Digesting extends FilterOutputStream {
        private final MessageDigest digest;
        private long count;

        Digesting(OutputStream out, MessageDigest digest) {
            super(out);
            this.digest = digest;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            count += length;
            out.write(bytes, offset, length);
        }
    }
}
