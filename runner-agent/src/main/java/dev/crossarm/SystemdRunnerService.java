package dev.crossarm;

import dev.crossarm.host.process.Command;
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

/** A runner's systemd unit, for updates. */
final class SystemdRunnerService implements RunnerService {
    private static final Path PROC = Path.of("/proc");
    private static final int LOOKS = 10;

    private final HostPorts host;
    private final RunnerHome home;
    private final RunnerProcesses processes;

    SystemdRunnerService(HostPorts host, RunnerHome home) {
        this.host = host;
        this.home = home;
        this.processes = new RunnerProcesses(PROC, host.clock());
    }

    @Override
    public boolean running(RunnerRecord runner) {
        return unit(runner).filter(this::active).isPresent();
    }

    @Override
    public Stop stopUnlessBusy(RunnerRecord runner) {
        Path directory = home.of(new RunnerName(runner.name()));
        if (new RunnerBusy(processes).busy(directory)) {
            return Stop.BUSY;
        }
        Optional<String> unit = unit(runner).filter(this::active);
        if (unit.isPresent()) {
            systemctl("stop", unit.get());
            return Stop.STOPPED;
        }
        if (processes.listenerStarted(directory).isPresent()) {
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

    @Override
    public boolean start(RunnerRecord runner) {
        Optional<String> unit = unit(runner);
        if (unit.isEmpty()) {
            return true;
        }
        if (!host.commands()
                .run(Command.of("systemctl", "start", "--", unit.get()))
                .succeeded()) {
            return false;
        }
        for (int look = 0; look < LOOKS; look++) {
            if (!active(unit.get())) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static Optional<String> unit(RunnerRecord runner) {
        return runner.registration().map(RunnerRecord.Registration::unit);
    }

    private boolean active(String unit) {
        return host.commands()
                .run(Command.of("systemctl", "is-active", "--quiet", "--", unit))
                .succeeded();
    }

    private void systemctl(String verb, String unit) {
        host.commands()
                .run(Command.of("systemctl", verb, "--", unit).within(Duration.ofMinutes(10)))
                .orThrow(
                        "service-not-stopped",
                        "the service " + unit + " could not be stopped",
                        "See why: systemctl status " + unit);
    }

    private void pause() {
        try {
            host.sleeper().sleep(Duration.ofSeconds(1));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
