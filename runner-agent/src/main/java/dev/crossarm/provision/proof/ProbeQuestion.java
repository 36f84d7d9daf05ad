package dev.crossarm.provision.proof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * What the probe is asked. Different each time, so that an answer can only come from the program having run.
 *
 * @param text words parted by single blanks, ASCII
 */
record ProbeQuestion(String text) {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    static ProbeQuestion at(Instant now) {
        return new ProbeQuestion("self test " + Long.toHexString(now.toEpochMilli()) + " crossarm");
    }

    /** The answer of a probe in which C, threads and unwinding work, and C++ where it is part of it. */
    String answer(boolean cpp) {
        String[] words = text.split(" ");
        Arrays.sort(words);
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return "words=" + String.join("-", words) + " digest=" + String.format("%016x", hash) + " threads=4 unwind=yes"
                + (cpp ? " c++=yes" : "");
    }
}
