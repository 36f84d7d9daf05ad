package dev.crossarm.host.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Both streams of a child, each read by a thread of its own. What the child wrote before its end is taken whole, however
 * late a busy machine lets the readers run: a reader knows that it has all of it once it finds its pipe empty after it has
 * seen the child's end. From then on it waits for whoever else holds the pipe open. What was written to standard output
 * before something on standard error is taken first.
 */
final class ChildStreams {
    private static final int CHUNK = 32 * 1024;
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    /** A grandchild may hold a stream open for ever; one that says nothing for so long is not listened to any more. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long a grandchild that goes on talking is listened to. */
    private static final long TALK_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Where the bytes go. */
    interface Taker {
        /** @param error whether they come from standard error; the array is the taker's own */
        void take(boolean error, byte[] bytes) throws InterruptedException;
    }

    private final Process process;
    private final Taker taker;
    private final Reader out;
    private final Reader err;
    private volatile boolean abandoned;
    private volatile long lastTaken = System.nanoTime();

    ChildStreams(String name, ChildLauncher.Child child, Taker taker) {
        this.process = child.process();
        this.taker = taker;
        this.out = new Reader("output of " + name, child.out(), false);
        this.err = new Reader("errors of " + name, child.err(), true);
    }

    ChildStreams start() {
        out.thread.start();
        err.thread.start();
        return this;
    }

    /**
     * For a child that is over: waits until all it wrote has been taken, however long that takes, and then for others that
     * hold its streams, while they talk.
     */
    void awaitEnd() throws InterruptedException {
        long start = System.nanoTime();
        while (!ended(TimeUnit.MILLISECONDS.toNanos(20))) {
            if (deserted(start)) {
                return;
            }
        }
    }

    /** Whether all the child wrote has been taken, and whoever else holds its streams says nothing or will not end. */
    boolean deserted(long sinceNanos) {
        // One that outlives even KILL is not waited for.
        boolean whole = process.isAlive() || (out.caughtUp && err.caughtUp);
        long now = System.nanoTime();
        return whole
                && now - sinceNanos > QUIET_NANOS
                && (now - lastTaken > QUIET_NANOS || now - sinceNanos > TALK_NANOS);
    }

    /** Whether both streams were read to their ends within that time. */
    boolean ended(long nanos) throws InterruptedException {
        LockSupport.unpark(out.thread);
        LockSupport.unpark(err.thread);
        long until = System.nanoTime() + nanos;
        for (Reader reader : new Reader[] {out, err}) {
            TimeUnit.NANOSECONDS.timedJoin(reader.thread, Math.max(1, until - System.nanoTime()));
        }
        return !out.thread.isAlive() && !err.thread.isAlive();
    }

    /** Nothing is handed on from now on, but the streams are still read, so that nobody who writes to them is held up. */
    void abandon() {
        abandoned = true;
    }

    private final class Reader implements Runnable {
        private final InputStream stream;
        private final boolean error;
        private final Thread thread;
        private final Object turn = new Object();
        private long asked;
        private long answered;
        private volatile boolean caughtUp;

        private Reader(String name, InputStream stream, boolean error) {
            this.stream = stream;
            this.error = error;
            this.thread = new Thread(this, name);
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            // When a child ends, the runtime closes a pipe that nobody reads at that moment, and ends whoever still
            // writes
            // to it. It waits for this monitor.
            synchronized (stream) {
                try (stream) {
                    upToTheEndOfTheChild();
                    caughtUp();
                    byte[] chunk = new byte[CHUNK];
                    for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                        take(chunk, count);
                    }
                } catch (IOException closed) {
                    // What was read until then counts.
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                } finally {
                    caughtUp();
                }
            }
        }

        private void upToTheEndOfTheChild() throws IOException, InterruptedException {
            byte[] chunk = new byte[CHUNK];
            long pause = SHORTEST_PAUSE;
            while (true) {
                boolean over = !process.isAlive(); // asked before looking: what was written before the end must be seen
                long question = question();
                if (stream.available() > 0) {
                    if (error) {
                        out.catchUp();
                    }
                    take(chunk, stream.read(chunk));
                    pause = SHORTEST_PAUSE;
                } else if (over) {
                    return;
                } else {
                    answer(question);
                    LockSupport.parkNanos(this, pause);
                    pause = Math.min(LONGEST_PAUSE, pause + pause / 2);
                }
            }
        }

        private void take(byte[] chunk, int count) throws InterruptedException {
            if (count > 0 && !abandoned) {
                taker.take(error, Arrays.copyOf(chunk, count));
                lastTaken = System.nanoTime();
            }
        }

        /** Returns once this reader has taken all that is in its pipe at this moment. For the other reader's thread. */
        private void catchUp() throws InterruptedException {
            synchronized (turn) {
                long question = ++asked;
                LockSupport.unpark(thread);
                while (answered < question) {
                    turn.wait();
                }
            }
        }

        private long question() {
            synchronized (turn) {
                return asked;
            }
        }

        private void answer(long question) {
            synchronized (turn) {
                answered = question;
                turn.notifyAll();
            }
        }

        private void caughtUp() {
            caughtUp = true;
            answer(Long.MAX_VALUE);
        }
    }
}
