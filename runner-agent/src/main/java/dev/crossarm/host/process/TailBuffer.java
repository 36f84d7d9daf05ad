package dev.crossarm.host.process;

import java.util.Arrays;

/** Keeps the last bytes of a stream, however long it is. Not for use by several threads at once. */
final class TailBuffer {
    private static final int FIRST_SIZE = 4096;

    private final int limit;
    private byte[] ring = new byte[0];
    private long total;

    TailBuffer(int limit) {
        this.limit = limit;
    }

    void add(byte[] bytes, int length) {
        int from = Math.max(0, length - limit);
        total += from;
        grow(length - from);
        for (int at = from; at < length; ) {
            int place = (int) (total % limit);
            int count = Math.min(length - at, limit - place);
            System.arraycopy(bytes, at, ring, place, count);
            at += count;
            total += count;
        }
    }

    /** Doubles up to the limit, so that the many short outputs stay small. */
    private void grow(int more) {
        long needed = Math.min(limit, total + more);
        if (needed > ring.length) {
            ring = Arrays.copyOf(ring, (int) Math.min(limit, Math.max(needed, Math.max(FIRST_SIZE, 2L * ring.length))));
        }
    }

    /** How many bytes are no longer held. */
    long dropped() {
        return Math.max(0, total - limit);
    }

    byte[] bytes() {
        if (total <= limit) {
            return Arrays.copyOf(ring, (int) total);
        }
        int oldest = (int) (total % limit);
        byte[] all = new byte[limit];
        System.arraycopy(ring, oldest, all, 0, limit - oldest);
        System.arraycopy(ring, 0, all, limit - oldest, oldest);
        return all;
    }
}
