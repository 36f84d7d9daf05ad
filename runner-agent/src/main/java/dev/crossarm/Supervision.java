package dev.crossarm;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.runner.env.RunnerPlaces;
import dev.crossarm.runner.env.RunnerProcesses;
import dev.crossarm.runner.service.LocalListeners;
import dev.crossarm.runner.service.RunnerHooks;
import dev.crossarm.runner.service.RunnerServices;
import dev.crossarm.runner.service.RunnerSupervisor;
import dev.crossarm.runner.service.ServiceFolder;
import dev.crossarm.runner.service.ServicePlaces;
import dev.crossarm.runner.service.SupervisorInbox;
import dev.crossarm.runner.service.SupervisorLimits;
import dev.crossarm.runner.service.SupervisorPorts;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The services of runners on this machine, through real adapters. */
record Supervision(HostPorts host) {

    /** What the unit of a runner runs; returns when its service is over. */
    ExitStatus supervise(Path directory, Consumer<String> out) {
        SupervisorInbox inbox = new SupervisorInbox();
        TermSignals.whenToldToStop(inbox::stop);
        SupervisorPorts ports = new SupervisorPorts(
                host.surroundings().environment(),
                ProcessHandle.current().pid(),
                host.files(),
                processes(),
                host.clock(),
                System::nanoTime,
                host.sleeper(),
                new SecureRandom(),
                out);
        // systemd tells a service the folder it made for it; several are separated by colons.
        Optional<ServiceFolder> folder = host.surroundings()
                .variable("STATE_DIRECTORY")
                .map(value -> new ServiceFolder(Path.of(value.split(":", 2)[0])));
        return new RunnerSupervisor(ports, SupervisorLimits.USUAL, inbox, directory, folder).run();
    }

    RunnerServices services() {
        return new RunnerServices(
                host.commands(), host.files(), ServicePlaces.OF_THIS_HOST, processes(), host.sleeper());
    }

    /**
     * The same, as the life of runners asks for them.
     *
     * @param state our folder for state
     * @param longestJob how long a stop waits for a job
     */
    RunnerUnits units(Path state, Duration longestJob) {
        LocalListeners listeners = new LocalListeners(processes(), host.sleeper());
        return new RunnerUnits(services(), listeners, host, RunnerHooks.in(state), longestJob);
    }

    RunnerProcesses processes() {
        return new RunnerProcesses(RunnerPlaces.OF_THIS_HOST.proc(), host.clock());
    }
}
