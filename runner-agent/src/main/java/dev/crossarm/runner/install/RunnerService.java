package dev.crossarm.runner.install;

/**
 * The service that runs a runner, as far as an update has to deal with it.
 */
public interface RunnerService {

    /** What became of the wish to stop it. */
    enum Stop {
        /** It has a job, and goes on as before. */
        BUSY,
        /** It was running and has ended; no job was hit. */
        STOPPED,
        /** It was not running. */
        NOT_RUNNING
    }

    /** Whether it runs, as its service. */
    boolean running(RunnerRecord runner);

    /** Stops the runner unless it has a job; whether it has one is looked up on this machine, never asked of GitHub. */
    Stop stopUnlessBusy(RunnerRecord runner);

    /**
     * Starts it again and watches it come up.
     *
     * @return whether it came up, and stayed up
     */
    boolean start(RunnerRecord runner);
}
