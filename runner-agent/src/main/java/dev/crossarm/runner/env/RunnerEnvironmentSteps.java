package dev.crossarm.runner.env;

import dev.crossarm.config.Layout;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.ReceiptStore;
import java.time.InstantSource;

/**
 * Puts a {@link RunnerEnvironmentStep} together.
 *
 * @param files writes to the runners' directories
 * @param commands runs {@code systemctl} and {@code systemd-run}
 * @param receipts where the step remembers what was there before it
 * @param layout says where the script lies that waits for jobs
 * @param clock this moment, to compare files and processes with
 * @param places where the system shows what runs on it
 * @param root whether the process may restart services
 */
public record RunnerEnvironmentSteps(
        HostFiles files,
        CommandRunner commands,
        ReceiptStore receipts,
        Layout layout,
        InstantSource clock,
        RunnerPlaces places,
        boolean root) {

    /** The step that gives this environment to the runners this finder finds. */
    public RunnerEnvironmentStep step(JobEnvironment environment, RunnerFinder finder) {
        RestartScript script = new RestartScript(files, layout);
        RunnerRestarts restarts = new RunnerRestarts(
                commands, new RunnerProcesses(places.proc(), clock), root && finder.systemdRuns(), script.path());
        return new RunnerEnvironmentStep(environment, finder, files, receipts, restarts, script);
    }
}
