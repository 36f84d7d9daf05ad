package dev.crossarm.job.program;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.DeflaterOutputStream;
import com.jcraft.jzlib.JZlib;
import dev.crossarm.host.files.LargeFiles;
import dev.crossarm.host.files.Scratch;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Something compressed (raw deflate, RFC 1951), in a nameless file: it is gone when closed, also after a kill. The same
 * input gives the same bytes on every machine and JVM, as the compressor is Java code we bring along; the JDK's own hands
 * the work to whatever zlib it was built with. Before it counts it is unpacked again and compared.
 */
final class Deflated implements AutoCloseable {
    /** zlib's default, written out: the bytes depend on it. */
    private static final int LEVEL = 6;

    private static final int MEMORY = 8;
    private static final int BUFFER = 1 << 16;

    private final FileChannel scratch;
    private final long crc;
    private final long size;

    private Deflated(FileChannel scratch, long crc, long size) {
        this.scratch = scratch;
        this.crc = crc;
        this.size = size;
    }

    /**
     * Compresses what the source writes.
     *
     * @param folder where there is room for the compressed form
     */
    static Deflated of(Path folder, LargeFiles.Content source) throws IOException {
        FileChannel scratch = Scratch.nameless(folder);
        try {
            Deflater deflater = new Deflater(LEVEL, JZlib.DEF_WBITS, MEMORY, JZlib.W_NONE);
            Counting counting =
                    new Counting(new DeflaterOutputStream(Channels.newOutputStream(scratch), deflater, BUFFER, false));
            source.writeTo(counting);
            counting.close();
            deflater.end();
            Deflated deflated = new Deflated(scratch, counting.crc.getValue(), counting.size);
            deflated.prove();
            return deflated;
        } catch (IOException | RuntimeException error) {
            scratch.close();
            throw error;
        }
    }

    private void prove() throws IOException {
        Inflater inflater = new Inflater(true);
        CRC32 seen = new CRC32();
        long count = 0;
        try (InputStream in = new InflaterInputStream(content(), inflater, BUFFER)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                seen.update(buffer, 0, read);
                count += read;
            }
        } finally {
            inflater.end();
        }
        if (count != size || seen.getValue() != crc) {
            throw new IllegalStateException(
                    "the compressed data does not unpack to the original: " + count + " bytes of " + size);
        }
    }

    /** CRC-32 of what was compressed. */
    long crc() {
        return crc;
    }

    /** Bytes before. */
    long size() {
        return size;
    }

    /** Bytes after. */
    long compressedSize() throws IOException {
        return scratch.size();
    }

    /** The compressed bytes from the first on; closing it does not end this. */
    InputStream content() throws IOException {
        scratch.position(0);
        InputStream in = Channels.newInputStream(scratch);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return in.read(bytes, offset, length);
            }
        };
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }

    private static final class Counting extends FilterOutputStream {
        private final CRC32 crc = new CRC32();
        private long size;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            crc.update(bytes, offset, length);
            size += length;
            out.write(bytes, offset, length);
        }
    }
}
