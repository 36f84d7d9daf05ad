package dev.crossarm.host.process;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hands the bytes of both streams of a child to a sink, in the thread that asks. A slow sink slows the child down, as a
 * slow terminal would.
 */
final class StreamPump {
    private static final int CHUNKS_WAITING = 128;
    private static final long POLL_MILLIS = 10;

    private static final class Chunk {
        private final boolean error;
        private final byte[] bytes;

        private Chunk(boolean error, byte[] bytes) {
            this.error = error;
            this.bytes = bytes;
        }
    }

    private final BlockingQueue<Chunk> waiting = new ArrayBlockingQueue<>(CHUNKS_WAITING);
    private final ChildStreams streams;
    private final OutputSink sink;

    StreamPump(String name, ChildLauncher.Child child, OutputSink sink) {
        this.streams = new ChildStreams(name, child, (error, bytes) -> waiting.put(new Chunk(error, bytes)));
        this.sink = sink;
    }

    /**
     * Hands on what comes until the child has ended and its streams have too, or are quiet: a grandchild may hold them
     * open for ever.
     *
     * @return false when the deadline passed first
     */
    boolean pump(Process process, long deadlineNanos) throws InterruptedException {
        streams.start();
        long start = System.nanoTime();
        while (process.isAlive()) {
            handOn(POLL_MILLIS);
            if (System.nanoTime() - start > deadlineNanos && process.isAlive()) {
                return false;
            }
        }
        rest();
        return true;
    }

    /** Whatever a child that is over wrote, up to its last byte. */
    void rest() throws InterruptedException {
        long start = System.nanoTime();
        while (!streams.ended(1) && !streams.deserted(start)) {
            handOn(POLL_MILLIS);
        }
        streams.abandon();
        while (handOn(0)) {
            // until nothing is left
        }
    }

    private boolean handOn(long millis) throws InterruptedException {
        Chunk chunk = waiting.poll(millis, TimeUnit.MILLISECONDS);
        if (chunk == null) {
            return false;
        }
        if (chunk.error) {
            sink.err(chunk.bytes);
        } else {
            sink.out(chunk.bytes);
        }
        return true;
    }

    /** Nothing is handed on from now on, but the child is still read so that it does not block. */
    void abandon() {
        streams.abandon();
        waiting.clear();
    }
}
