package dev.crossarm.runner.env;

import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes running listeners read their {@code .env} again, which they do only when they start: an idle runner's service is restarted, a busy
 * one's when the job has ended, by a transient unit that outlives this process. Whether a listener has read the file is
 * told by its age alone, so nothing has to be remembered.
 */
final class RunnerRestarts {
    /** A process's age is told in hundredths of a second by two clocks that are read one after the other. */
    private static final Duration TOLERANCE = Duration.ofMillis(100);

    /** A stop may take the unit's TimeoutStopSec, 5 minutes as svc.sh writes it. */
    private static final Duration DEADLINE = Duration.ofMinutes(6);

    private static final Duration SHORT = Duration.ofSeconds(30);

    private final CommandRunner commands;
    private final RunnerProcesses processes;
    private final RunnerBusy busyness;
    private final boolean inCharge;
    private final Path script;

    /**
     * @param inCharge whether services can be restarted: systemd runs, and we are root
     * @param script waits for a runner's job to end, then restarts its service
     */
    RunnerRestarts(CommandRunner commands, RunnerProcesses processes, boolean inCharge, Path script) {
        this.commands = commands;
        this.processes = processes;
        this.busyness = new RunnerBusy(processes);
        this.inCharge = inCharge;
        this.script = script;
    }

    /**
     * What is known of a runner's reading.
     *
     * @param needed the restart that is needed
     * @param evidence what is to be said otherwise, when there is anything
     */
    record Reading(Optional<Repair> needed, Optional<String> evidence) {
        private static Reading of(String evidence) {
            return new Reading(Optional.empty(), Optional.of(evidence));
        }
    }

    /** Whether this runner's service is one that could be restarted here and now. */
    boolean canRestart(RunnerInstance runner) {
        return inCharge && runner.unit().filter(RunnerUnit::running).isPresent();
    }

    /** @param changing whether its {@code .env} is about to change */
    Reading look(RunnerInstance runner, RunnerFile envFile, boolean changing) {
        Optional<Instant> started = processes.listenerStarted(runner.directory());
        boolean stale = changing ? started.isPresent() || canRestart(runner) : stale(started, envFile);
        String name = runner.unit().map(RunnerUnit::name).orElse("the runner in " + runner.directory());
        if (!stale) {
            return Reading.of(
                    started.isPresent()
                            ? name + " has read its environment"
                            : name + " reads its environment when it starts");
        }
        if (!canRestart(runner)) {
            return Reading.of(
                    name + " has not read its environment yet; restart it by hand: "
                            + runner.unit()
                                    .map(unit -> "sudo systemctl restart " + unit.name())
                                    .orElse(
                                            "when no job is running, press Ctrl+C in its run.sh's terminal, or kill -INT the Runner.Listener, and start run.sh again"));
        }
        if (scheduled(runner)) {
            return Reading.of(name + ": restart follows when the running job ends");
        }
        return new Reading(Optional.of(restart(runner, name)), Optional.empty());
    }

    private Repair restart(RunnerInstance runner, String name) {
        boolean busy = busyness.busy(runner.directory());
        Change change = new Change(
                Change.Kind.RESTART,
                name,
                "restart " + name + (busy ? " when its job ends" : "") + ", to read its new environment",
                Fingerprint.UNKNOWN,
                Fingerprint.UNKNOWN,
                false);
        return Repair.of(
                new Difference(
                        name, "has not read its environment yet", busy ? "restarted when its job ends" : "restarted"),
                change,
                new RunnerFix.Restart(runner.directory()));
    }

    /** Whether the listener, if one runs, has read the file, and its time is one that tells so from now on. */
    boolean settled(RunnerInstance runner, RunnerFile envFile) {
        return !stale(processes.listenerStarted(runner.directory()), envFile)
                && envFile.changed().filter(changed -> !tellsAge(changed)).isEmpty();
    }

    private boolean stale(Optional<Instant> started, RunnerFile envFile) {
        return started.isPresent()
                && envFile.changed()
                        .filter(changed -> tellsAge(changed)
                                && started.get().plus(TOLERANCE).isBefore(changed))
                        .isPresent();
    }

    /** A time to come was written by a clock that has been put right since; no restart would ever be late enough for it. */
    private boolean tellsAge(Instant changed) {
        return !changed.isAfter(processes.now());
    }

    /** Restarts the runner's service now, or has it restarted when the running job has ended. */
    void restart(RunnerInstance runner, Progress progress) {
        String unit = runner.unit().orElseThrow().name();
        if (scheduled(runner)) {
            return;
        }
        if (busyness.busy(runner.directory())) {
            progress.line(unit + " is running a job; it restarts afterwards");
            // systemd expands $ in what it is given to run; doubled it stands for itself.
            commands.run(Command.of(
                                    "systemd-run",
                                    "--unit=" + waitingUnit(runner),
                                    "--collect",
                                    "--quiet",
                                    "--description=Restart " + unit + " when its job ends",
                                    "--",
                                    doubled(script.toString()),
                                    doubled(unit),
                                    doubled(runner.directory().toString()))
                            .within(SHORT))
                    .orThrow(
                            "restart-not-scheduled",
                            "cannot schedule the restart of " + unit + " for the end of its job",
                            "When no job is running: sudo systemctl restart " + unit);
            return;
        }
        progress.waiting(unit + " is restarting");
        commands.run(Command.of("systemctl", "restart", "--", unit).within(DEADLINE))
                .orThrow(
                        "restart-failed",
                        "cannot restart " + unit,
                        "sudo journalctl -u " + unit + " -n 50",
                        "sudo systemctl restart " + unit);
    }

    private boolean scheduled(RunnerInstance runner) {
        String state = commands.run(Command.of(
                                "systemctl", "show", "--property=ActiveState", "--", waitingUnit(runner) + ".service")
                        .within(SHORT))
                .orThrow("systemctl-failed", "systemd does not report its units", "systemctl is-system-running")
                .out()
                .whole();
        return List.of("ActiveState=active", "ActiveState=activating").contains(firstStateIn(state));
    }

    private static String firstStateIn(String shown) {
        return shown.lines()
                .filter(line -> line.startsWith("ActiveState="))
                .findFirst()
                .orElse("");
    }

    private static String waitingUnit(RunnerInstance runner) {
        String digest = Fingerprint.of(runner.unit().orElseThrow().name()).value();
        return "crossarm-restart-" + digest.substring(digest.indexOf(':') + 1).substring(0, 12);
    }

    private static String doubled(String text) {
        return text.replace("$", "$$");
    }
}
