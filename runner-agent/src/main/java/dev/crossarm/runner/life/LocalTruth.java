package dev.crossarm.runner.life;

import java.nio.file.Path;

/** What a runner does, by what this machine alone knows: GitHub calls runners idle that have a job. */
public interface LocalTruth {

    /** Whether it has taken a job that is not over. */
    boolean busy(Path folder);

    /** Whether a listener of it runs. */
    boolean listens(Path folder);

    /**
     * Ends its listeners, and what would start them again, unless it is busy.
     *
     * @return whether none runs any more
     * @throws InterruptedException when told to stop waiting for that
     */
    boolean end(Path folder) throws InterruptedException;
}
