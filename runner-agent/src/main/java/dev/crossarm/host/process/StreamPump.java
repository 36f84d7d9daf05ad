package dev.crossarm.host.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads both streams of a child in threads of their own and hands the bytes to a sink in the thread that asks. A slow sink
 * slows the child down, as a slow terminal would.
 */
final class StreamPump {
    private static final int CHUNK = 32 * 1024;
    private static final int CHUNKS_WAITING = 64;

    /** How long what stands on standard error waits for what was written to standard output before it. */
    private static final long PRECEDENCE_MILLIS = 10;

    private static final long POLL_MILLIS = 50;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BlockingQueue<byte[]> out = new ArrayBlockingQueue<>(CHUNKS_WAITING);
    private final BlockingQueue<byte[]> err = new ArrayBlockingQueue<>(CHUNKS_WAITING);
    private final Thread outReader;
    private final Thread errReader;
    private final OutputSink sink;
    private volatile boolean abandoned;

    StreamPump(String name, InputStream outStream, InputStream errStream, OutputSink sink) {
        this.outReader = reader("output of " + name, outStream, out);
        this.errReader = reader("errors of " + name, errStream, err);
        this.sink = sink;
    }

    private Thread reader(String name, InputStream stream, BlockingQueue<byte[]> queue) {
        Thread thread = new Thread(() -> read(stream, queue), name);
        thread.setDaemon(true);
        return thread;
    }

    private void read(InputStream stream, BlockingQueue<byte[]> queue) {
        byte[] chunk = new byte[CHUNK];
        try (stream) {
            for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                if (!abandoned) {
                    queue.put(Arrays.copyOf(chunk, count));
                }
            }
        } catch (IOException closed) {
            // The runtime closes the pipe when the child has ended; what was read until then counts.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Hands on what comes until the child has ended and its streams have too, or are quiet: a grandchild may hold them
     * open for ever.
     *
     * @return false when the deadline passed first
     */
    boolean pump(Process process, long deadlineNanos) throws InterruptedException {
        outReader.start();
        errReader.start();
        long start = System.nanoTime();
        long lastChunk = start;
        while (true) {
            boolean over = !process.isAlive();
            boolean ended = over && !outReader.isAlive() && !errReader.isAlive();
            boolean moved = handOn(ended ? 0 : POLL_MILLIS);
            long now = System.nanoTime();
            lastChunk = moved ? now : lastChunk;
            if (!moved && (ended || (over && now - lastChunk > QUIET_NANOS))) {
                return true;
            }
            if (!over && now - start > deadlineNanos) {
                return false;
            }
        }
    }

    /** Whatever has come by now, for what a child wrote while it was being ended. */
    void rest() throws InterruptedException {
        while (handOn(POLL_MILLIS)) {
            // until nothing comes
        }
    }

    private boolean handOn(long millis) throws InterruptedException {
        Optional<byte[]> first = Optional.ofNullable(out.poll());
        byte @Nullable [] second = first.isPresent() ? null : err.poll(errMillis(millis), TimeUnit.MILLISECONDS);
        if (first.isEmpty() && second != null) {
            first = Optional.ofNullable(out.poll(PRECEDENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
        if (first.isPresent()) {
            byte[] bytes = first.get();
            while (true) {
                sink.out(bytes);
                byte @Nullable [] next = out.poll();
                if (next == null) {
                    break;
                }
                bytes = next;
            }
        }
        if (second != null) {
            sink.err(second);
        }
        return first.isPresent() || second != null;
    }

    /** Standard output must not wait long for a child that says nothing on standard error. */
    private static long errMillis(long millis) {
        return Math.min(millis, 5);
    }

    /** Nothing is handed on from now on, but the child is still read so that it does not block. */
    void abandon() {
        abandoned = true;
        out.clear();
        err.clear();
    }
}
