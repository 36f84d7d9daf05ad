package dev.crossarm.elf;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The first {@code length} bytes of an array as a file. */
final class BytesChannel implements SeekableByteChannel {
    private final byte[] content;
    private final int length;
    private long position;

    BytesChannel(byte[] content, int length) {
        this.content = content;
        this.length = length;
    }

    @Override
    public int read(ByteBuffer target) {
        int count = (int) Math.min(target.remaining(), length - position);
        if (count <= 0) {
            return -1;
        }
        target.put(content, (int) position, count);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException("for reading only");
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("for reading only");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
