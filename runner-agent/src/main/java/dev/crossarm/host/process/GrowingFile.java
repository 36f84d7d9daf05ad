package dev.crossarm.host.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;

/**
 * Reads a file while a child writes it, to the end that is reached once the child is over. Such a child survives the
 * agent's own death, which a child that writes to a pipe would not.
 */
final class GrowingFile extends InputStream {
    private static final long PAUSE_MILLIS = 25;

    private final FileChannel file;
    private final BooleanSupplier over;

    GrowingFile(Path path, BooleanSupplier over) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.over = over;
    }

    @Override
    public int available() throws IOException {
        if (file.position() > file.size()) {
            file.position(0); // a child that opens /dev/stderr anew empties the file
        }
        return (int) Math.min(Integer.MAX_VALUE, file.size() - file.position());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            boolean last = over.getAsBoolean(); // asked before reading: what was written before the end must be seen
            int count = available() > 0 ? file.read(ByteBuffer.wrap(bytes, offset, length)) : -1;
            if (count > 0 || last) {
                return count;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
