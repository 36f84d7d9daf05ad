package dev.crossarm.runner.service;

import dev.crossarm.host.Sleeper;
import dev.crossarm.host.process.ProcessSignal;
import dev.crossarm.host.process.ServiceChild;
import dev.crossarm.runner.env.RunnerBusy;
import dev.crossarm.runner.env.RunnerProcesses;
import java.nio.file.Path;
import java.time.Duration;

/** The listeners of this machine's runners, whoever started them; to end them takes root, or their account. */
public final class LocalListeners {
    private static final Duration TO_END = Duration.ofSeconds(30);
    private static final Duration TO_DIE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final RunnerProcesses processes;
    private final RunnerBusy busy;
    private final Sleeper sleeper;

    public LocalListeners(RunnerProcesses processes, Sleeper sleeper) {
        this.processes = processes;
        this.busy = new RunnerBusy(processes);
        this.sleeper = sleeper;
    }

    /** Whether the runner in this directory has taken a job that is not over; see {@link RunnerBusy}. */
    public boolean busy(Path directory) {
        return busy.busy(directory);
    }

    /** Whether a listener of it runs. */
    public boolean listens(Path directory) {
        return !processes.listeners(directory).isEmpty();
    }

    /**
     * Ends its listeners, and what would start them again first, unless it has a job: SIGINT while it is known to be idle, and SIGKILL
     * to one that is still idle and there after half a minute.
     *
     * @return whether none runs any more
     * @throws InterruptedException when told to stop waiting for that
     */
    public boolean end(Path directory) throws InterruptedException {
        if (busy(directory)) {
            return false;
        }
        processes.wrappers(directory).forEach(ProcessSignal.KILL::to);
        IdleEnd idle = new IdleEnd(processes, sleeper);
        for (long listener : processes.listeners(directory)) {
            if (!idle.tell(listener, () -> !busy(directory))) {
                return !listens(directory);
            }
        }
        if (!gone(directory, TO_END) && !busy(directory)) {
            processes.listeners(directory).forEach(ServiceChild::killTree);
        }
        return gone(directory, TO_DIE);
    }

    private boolean gone(Path directory, Duration limit) throws InterruptedException {
        for (Duration waited = Duration.ZERO; waited.compareTo(limit) < 0; waited = waited.plus(LOOK)) {
            if (!listens(directory)) {
                return true;
            }
            sleeper.sleep(LOOK);
        }
        return !listens(directory);
    }
}
