package dev.crossarm.host.process;

import dev.crossarm.text.LineSplitter;
import dev.crossarm.text.Scrubber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads one stream of a child to its end in a thread of its own and keeps its last bytes. When a grandchild holds the
 * stream open for ever the drain can be left behind: it then goes on reading, so that nobody blocks, and keeps nothing.
 */
final class StreamDrain {
    static final int BYTES_KEPT = 1024 * 1024;
    private static final int CHUNK = 32 * 1024;

    private final InputStream stream;
    private final Scrubber scrubber;
    private final LineSplitter splitter;
    private final TailBuffer kept = new TailBuffer(BYTES_KEPT);
    private final Thread thread;
    private boolean abandoned;
    private volatile long lastRead = System.nanoTime();

    StreamDrain(String name, InputStream stream, Transcript transcript, Scrubber scrubber) {
        this.stream = stream;
        this.scrubber = scrubber;
        this.splitter = new LineSplitter(transcript.bytesOfLine(), transcript::line);
        this.thread = new Thread(this::drain, name);
        thread.setDaemon(true);
    }

    StreamDrain start() {
        thread.start();
        return this;
    }

    private void drain() {
        byte[] chunk = new byte[CHUNK];
        try (stream) {
            for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                lastRead = System.nanoTime();
                take(chunk, count);
            }
        } catch (IOException closed) {
            // The runtime closes the pipe when the child has ended; what was read until then counts.
        }
        finish();
    }

    private synchronized void take(byte[] chunk, int count) {
        if (!abandoned) {
            kept.add(chunk, count);
            splitter.add(chunk, count);
        }
    }

    private synchronized void finish() {
        if (!abandoned) {
            splitter.finish();
        }
    }

    /** Whether the stream was read to its end within that many milliseconds. */
    boolean ended(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
        return !thread.isAlive();
    }

    /** Nanoseconds since anything was read. */
    long quietNanos() {
        return System.nanoTime() - lastRead;
    }

    /** Keeps nothing of what comes from now on. */
    synchronized void abandon() {
        if (!abandoned) {
            splitter.finish();
        }
        abandoned = true;
    }

    synchronized boolean truncated() {
        return kept.dropped() > 0;
    }

    /** What was kept, scrubbed. A first line that lost its beginning is dropped: half a secret cannot be recognised. */
    synchronized String text() {
        String text = scrubber.scrub(new String(kept.bytes(), StandardCharsets.UTF_8));
        if (kept.dropped() == 0) {
            return text;
        }
        int lineEnd = text.indexOf('\n');
        return text.substring(lineEnd >= 0 ? lineEnd + 1 : Math.min(text.length(), scrubber.longest()));
    }
}
