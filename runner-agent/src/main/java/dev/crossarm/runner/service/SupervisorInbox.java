package dev.crossarm.runner.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What reaches a supervisor while it waits: lines of its listener, that the listener has ended, and that it is told to stop. */
public final class SupervisorInbox {
    /** Lines that a slow journal has not taken yet; a listener that writes more waits. */
    private static final int WAITING = 4096;

    private final BlockingQueue<Optional<String>> waiting = new LinkedBlockingQueue<>(WAITING);
    private final AtomicInteger stops = new AtomicInteger();

    /**
     * Told to stop. The first time: finish the job, take no other, leave. The second time and after: cancel the job and leave.
     * Usable from any thread.
     */
    public void stop() {
        stops.incrementAndGet();
        wake();
    }

    /** How often it was told to stop. */
    int stops() {
        return stops.get();
    }

    /** Something has happened that has to be looked at. */
    void wake() {
        // Whoever is full of lines wakes up anyway.
        boolean taken = waiting.offer(Optional.empty());
        if (!taken) {
            Thread.onSpinWait();
        }
    }

    void line(String line) {
        try {
            waiting.put(Optional.of(line));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next line, as soon as there is one; nothing after this time, or when something has to be looked at. */
    Optional<String> next(Duration atMost) throws InterruptedException {
        Optional<String> next = waiting.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        return next == null ? Optional.empty() : next;
    }

    /** A line that is there already. */
    Optional<String> ready() {
        for (Optional<String> next = waiting.poll(); next != null; next = waiting.poll()) {
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }
}
