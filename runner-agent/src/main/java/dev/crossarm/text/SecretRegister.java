package dev.crossarm.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Secrets that a process comes to know while it runs: tokens it was given, configurations with a key in them. A {@link Mask}
 * that watches it hides them from then on. It keeps the newest few hundred, since most live for an hour at most. For many
 * threads.
 */
public final class SecretRegister {
    private static final int MOST = 400;

    private final Deque<String> newest = new ArrayDeque<>();
    private volatile List<String> known = List.of();

    /** Hides this value, and each line of it, from now on. */
    public synchronized void add(Secret secret) {
        String value = secret.reveal();
        if (newest.contains(value)) {
            return;
        }
        newest.addFirst(value);
        while (newest.size() > MOST) {
            newest.removeLast();
        }
        known = Mask.wholeAndByLine(newest);
    }

    /** Longest first. */
    List<String> known() {
        return known;
    }
}
