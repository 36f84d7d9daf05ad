package dev.crossarm.runner.service;

import dev.crossarm.runner.env.RunnerBusy;
import java.util.Optional;

/**
 * How a runner's service stands.
 *
 * @param unit its name
 * @param installed whether systemd knows it
 * @param enabled whether it starts with the machine
 * @param active systemd's {@code ActiveState}, for example {@code active}, {@code deactivating}, {@code failed}
 * @param mainPid the supervisor's process; 0 when there is none
 * @param exit the status the supervisor ended with last
 * @param supervisor what the supervisor says, when it is the one that runs, or the last one that ended; written by the account of the
 *     jobs, so to be shown and not to be trusted
 * @param listener the process of the listener; 0 when none runs
 * @param busy what the runner does, by this machine's own truth
 */
public record ServiceStatus(
        String unit,
        boolean installed,
        boolean enabled,
        String active,
        long mainPid,
        int exit,
        Optional<SupervisorState> supervisor,
        long listener,
        RunnerBusy.State busy) {

    /** Whether the service runs, or is about to, or is finishing its job. */
    public boolean running() {
        return active.equals("active")
                || active.equals("activating")
                || active.equals("deactivating")
                || active.equals("reloading");
    }

    /** Whether a listener of the running supervisor is connected: it waits for jobs, or runs one. */
    public boolean listening() {
        return active.equals("active")
                && listener > 0
                && supervisor
                        .filter(state -> state.supervisor() == mainPid)
                        .filter(state -> state.phase() == SupervisorState.Phase.LISTENING
                                || state.phase() == SupervisorState.Phase.WORKING)
                        .isPresent();
    }
}
