package dev.crossarm.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bounded reading anywhere in a file. Every offset is checked against the file's size before it is used, numbers of 64 bits
 * that do not fit a positive {@code long} included, and memory stays at a few blocks however large the file is.
 */
final class ElfBytes {
    /** No name we report is longer: that of a path on Linux, as limits.h has it. */
    static final int LONGEST_NAME = 4096;

    private static final int BLOCK = 1 << 16;
    private static final int BLOCKS = 32;

    private final SeekableByteChannel channel;
    private final String name;
    private final long size;
    private final boolean little;
    private final boolean wide;
    private final long[] numbers = new long[BLOCKS];
    private final byte[][] blocks = new byte[BLOCKS][];

    ElfBytes(SeekableByteChannel channel, String name, long size, boolean little, boolean wide) {
        this.channel = channel;
        this.name = name;
        this.size = size;
        this.little = little;
        this.wide = wide;
        Arrays.fill(numbers, -1);
    }

    String name() {
        return name;
    }

    long size() {
        return size;
    }

    boolean wide() {
        return wide;
    }

    boolean little() {
        return little;
    }

    /** Fails unless {@code length} bytes from {@code offset} on lie inside the file. */
    void require(long offset, long length, String what) {
        if (offset < 0 || length < 0 || length > size || offset > size - length) {
            throw malformed(offset, what + " ends behind the end of the file (" + size + " bytes)");
        }
    }

    RuntimeException malformed(long offset, String what) {
        return ElfProblems.malformed(name, offset, what).asException();
    }

    int u8(long offset, String what) {
        require(offset, 1, what);
        byte[] block = block(offset / BLOCK);
        int place = (int) (offset % BLOCK);
        if (place >= block.length) {
            throw malformed(offset, what + " cannot be read, the file became shorter");
        }
        return block[place] & 0xff;
    }

    int u16(long offset, String what) {
        return (int) number(offset, 2, what);
    }

    long u32(long offset, String what) {
        return number(offset, 4, what);
    }

    /** A 64-bit number; one above 2^63 comes out negative, and every bounds check refuses it as an offset. */
    long u64(long offset, String what) {
        return number(offset, 8, what);
    }

    /** An address, offset or size: 4 bytes wide in 32-bit files, 8 in 64-bit files. */
    long word(long offset, String what) {
        return wide ? u64(offset, what) : u32(offset, what);
    }

    private long number(long offset, int bytes, String what) {
        require(offset, bytes, what);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            long next = u8(offset + i, what);
            value |= next << (8 * (little ? i : bytes - 1 - i));
        }
        return value;
    }

    /** The bytes as they are; {@code length} is bounded by the caller. */
    byte[] raw(long offset, int length, String what) {
        require(offset, length, what);
        byte[] all = new byte[length];
        for (int i = 0; i < length; i++) {
            all[i] = (byte) u8(offset + i, what);
        }
        return all;
    }

    /** A string that ends with NUL before {@code end}; control characters are shown as escapes. */
    String string(long offset, long end, String what) {
        long last = Math.min(end, size);
        if (offset < 0 || offset >= last) {
            throw malformed(offset, what + " lies outside of its table");
        }
        int length = 0;
        while (u8(offset + length, what) != 0) {
            length++;
            if (length > LONGEST_NAME || offset + length >= last) {
                throw malformed(offset, what + " has no end");
            }
        }
        return printable(raw(offset, length, what));
    }

    /** What cannot be shown on a terminal as text comes out escaped, so that a file cannot talk to the terminal. */
    static String printable(byte[] text) {
        String decoded = new String(text, StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder();
        decoded.codePoints().forEach(c -> {
            if (Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.LINE_SEPARATOR) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private byte[] block(long number) {
        int slot = (int) (number % BLOCKS);
        byte[] cached = blocks[slot];
        if (numbers[slot] != number) {
            cached = load(number * BLOCK);
            numbers[slot] = number;
            blocks[slot] = cached;
        }
        return cached;
    }

    private byte[] load(long start) {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BLOCK, size - start));
        try {
            channel.position(start);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until full or at the end
            }
        } catch (IOException e) {
            throw ElfProblems.unreadable(name, String.valueOf(e.getMessage())).asException(e);
        }
        byte[] read = new byte[buffer.position()];
        buffer.flip().get(read);
        return read;
    }
}
