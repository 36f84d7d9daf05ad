package dev.crossarm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run end in order when the process is told to stop (SIGINT, SIGTERM, SIGHUP): the thread at work is interrupted
 * and gets time to end its children and to say where it stopped. The process then ends with the signal's own status.
 */
final class StopSignal {
    /** A little more than a run gives its steps. */
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch finished = new CountDownLatch(1);

    private final Runnable lastResort;

    private StopSignal(Runnable lastResort) {
        this.lastResort = lastResort;
    }

    /** @param lastResort what to do when the worker does not end in time */
    static StopSignal arm(Thread worker, Runnable lastResort) {
        StopSignal signal = new StopSignal(lastResort);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.stop(worker), "stop-signal"));
        return signal;
    }

    /** The work is done; from now on a signal ends the process at once. */
    void disarm() {
        finished.countDown();
    }

    private void stop(Thread worker) {
        if (finished.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            boolean inOrder = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inOrder) {
                lastResort.run();
                System.err.println("stopped without waiting any longer for what still runs");
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }
}
