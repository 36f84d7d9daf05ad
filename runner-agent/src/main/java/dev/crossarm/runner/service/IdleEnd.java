package dev.crossarm.runner.service;

import dev.crossarm.host.Sleeper;
import dev.crossarm.host.process.ProcessSignal;
import dev.crossarm.runner.env.RunnerProcesses;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Ends a listener that has no job, without hitting one that comes at that moment: it is halted, then looked at once more, and only
 * then told to end. What it had not taken by then it cannot take any more; GitHub gives that job to another runner after a minute.
 */
final class IdleEnd {
    private static final int LOOKS = 200;
    private static final Duration PAUSE = Duration.ofMillis(5);

    /** For what it wrote before it was halted to arrive here. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(50);

    private final RunnerProcesses processes;
    private final Sleeper sleeper;

    IdleEnd(RunnerProcesses processes, Sleeper sleeper) {
        this.processes = processes;
        this.sleeper = sleeper;
    }

    /**
     * Tells it to end, unless it has a job.
     *
     * @param idle asked while it is halted
     * @return whether it was told to
     */
    boolean tell(long listener, BooleanSupplier idle) throws InterruptedException {
        boolean told = false;
        ProcessSignal.STOP.to(listener);
        try {
            for (int look = 0; look < LOOKS && processes.alive(listener); look++) {
                if (processes.halted(listener)) {
                    break;
                }
                sleeper.sleep(PAUSE);
            }
            sleeper.sleep(ON_THE_WAY);
            if (idle.getAsBoolean()) {
                told = ProcessSignal.INT.to(listener);
            }
        } finally {
            ProcessSignal.CONT.to(listener);
        }
        return told;
    }
}
