package dev.crossarm.runner.service;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.env.RunnerBusy;
import dev.crossarm.runner.env.RunnerProcesses;
import dev.crossarm.runner.install.RunnerHome;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import dev.crossarm.runner.install.RunnerService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A registered runner's systemd unit, as an update deals with it. */
public final class UnitRunnerService implements RunnerService {
    /** A stop that comes while a job does still lets it end. */
    private static final Duration TO_STOP = Duration.ofMinutes(10);

    /** A new version loads slowly the first time, and GitHub may be slow. */
    private static final Duration TO_CONNECT = Duration.ofMinutes(3);

    private final RunnerServices services;
    private final RunnerProcesses processes;
    private final RunnerHome home;

    public UnitRunnerService(RunnerServices services, RunnerProcesses processes, RunnerHome home) {
        this.services = services;
        this.processes = processes;
        this.home = home;
    }

    @Override
    public boolean running(RunnerRecord runner) {
        return unit(runner)
                .filter(unit -> services.status(unit, folder(runner)).running())
                .isPresent();
    }

    @Override
    public Stop stopUnlessBusy(RunnerRecord runner) {
        Path folder = folder(runner);
        if (new RunnerBusy(processes).busy(folder)) {
            return Stop.BUSY;
        }
        if (running(runner)) {
            services.stop(unit(runner).orElseThrow(), folder, TO_STOP, waiting -> {});
            return Stop.STOPPED;
        }
        if (processes.listenerStarted(folder).isPresent()) {
            throw Problem.of(
                            ExitStatus.TRY_LATER,
                            "runner-started-by-hand",
                            "the runner " + runner.name() + " runs, and not as its service",
                            "See who started it: pgrep -af Runner.Listener",
                            "When it has no job, end it with Ctrl+C in its terminal, then run the same command again")
                    .asException();
        }
        return Stop.NOT_RUNNING;
    }

    /** That systemd started it says nothing: a version that cannot start is started again and again. */
    @Override
    public boolean start(RunnerRecord runner) {
        Optional<String> unit = unit(runner);
        if (unit.isEmpty()) {
            return true;
        }
        try {
            services.start(unit.get(), folder(runner), TO_CONNECT);
            return true;
        } catch (CrossarmException notUp) {
            return false;
        }
    }

    private Path folder(RunnerRecord runner) {
        return home.of(new RunnerName(runner.name()));
    }

    private static Optional<String> unit(RunnerRecord runner) {
        return runner.registration().map(RunnerRecord.Registration::unit);
    }
}
