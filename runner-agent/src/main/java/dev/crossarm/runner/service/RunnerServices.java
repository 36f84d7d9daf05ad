package dev.crossarm.runner.service;

import dev.crossarm.host.Sleeper;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.env.RunnerBusy;
import dev.crossarm.runner.env.RunnerProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Puts the services of runners in place and takes them away, starts and stops them; as root. Everything may be called again: after a
 * kill at any moment the next call completes what is missing, and what is as it should be stays.
 */
public final class RunnerServices {
    private static final Duration SHORT = Duration.ofSeconds(30);

    /** {@code start} returns once the program runs, whatever it does then. */
    private static final Duration TO_START = Duration.ofMinutes(2);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final String[] REMEDY = {"systemctl is-system-running"};

    private final CommandRunner commands;
    private final HostFiles files;
    private final ServicePlaces places;
    private final RunnerProcesses processes;
    private final Sleeper sleeper;

    public RunnerServices(
            CommandRunner commands, HostFiles files, ServicePlaces places, RunnerProcesses processes, Sleeper sleeper) {
        this.commands = commands;
        this.files = files;
        this.places = places;
        this.processes = processes;
        this.sleeper = sleeper;
    }

    /** @throws dev.crossarm.problem.CrossarmException (69) where systemd does not run */
    public void requireSystemd() {
        if (!Files.isDirectory(places.systemd())) {
            throw ServiceProblems.noSystemd().asException();
        }
    }

    /**
     * Puts the unit in place and has it start with the machine; starts nothing. A service that runs goes on as it was started.
     *
     * @return whether something was not as it should be
     * @throws dev.crossarm.problem.CrossarmException when the unit cannot work on this machine, naming what is missing; nothing is
     *     changed then
     */
    public boolean install(ServiceUnit unit) {
        requireSystemd();
        new UnitCheck(commands, files, places.trial()).require(unit);
        Path file = places.unitFiles().resolve(unit.name());
        boolean written = !holds(file, unit.bytes());
        if (written) {
            files.write(file, unit.bytes(), Ownership.mode("rw-r--r--"));
        }
        // The runner's own scripts, and the listener, ask this file which service they belong to.
        Path named = unit.directory().resolve(".service");
        byte[] name = (unit.name() + "\n").getBytes(StandardCharsets.UTF_8);
        boolean told = !holds(named, name);
        if (told) {
            if (Files.isDirectory(named, LinkOption.NOFOLLOW_LINKS)) {
                files.deleteTree(named); // a job can have made one
            }
            files.write(named, name, Ownership.mode("rw-r--r--").of(Optional.of(unit.account())));
        }
        Map<String, String> shown = show(unit.name());
        boolean reload = written
                || shown.getOrDefault("NeedDaemonReload", "no").equals("yes")
                || !shown.getOrDefault("LoadState", "").equals("loaded");
        if (reload) {
            systemctl("daemon-reload");
        }
        boolean enable = !show(unit.name()).getOrDefault("UnitFileState", "").equals("enabled");
        if (enable) {
            systemctl("enable", "--", unit.name());
        }
        return written || told || enable;
    }

    private boolean holds(Path file, byte[] content) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && files.read(file)
                        .filter(found -> Arrays.equals(found, content))
                        .isPresent();
    }

    /**
     * Starts the service, and returns when its listener is connected to GitHub: that it was started says nothing.
     *
     * @param patience how long that may take
     * @throws dev.crossarm.problem.CrossarmException with what the supervisor says when it does not come to that; the service stays
     *     started, and goes on trying
     */
    public ServiceStatus start(String unit, Path directory, Duration patience) {
        requireSystemd();
        refuseAnotherAccounts(unit, directory);
        commands.run(Command.of("systemctl", "start", "--", unit).within(TO_START))
                .orThrow(
                        "runner-service-not-started",
                        "cannot start " + unit,
                        "sudo journalctl -u " + unit + " -n 50",
                        "sudo systemctl status " + unit);
        return waitUntilUp(unit, directory, patience);
    }

    /** The service sees and ends what its own account started here, and nothing else. */
    private void refuseAnotherAccounts(String unit, Path directory) {
        for (long listener : processes.listeners(directory)) {
            Optional<String> account = processes.account(listener);
            Optional<String> own = owner(directory);
            if (account.isPresent() && own.isPresent() && !account.equals(own)) {
                throw ServiceProblems.foreignListener(unit, directory, listener, account.get())
                        .asException();
            }
        }
    }

    private static Optional<String> owner(Path directory) {
        try {
            return Optional.of(
                    Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** The same for a service that was started before, by whomever. */
    public ServiceStatus waitUntilUp(String unit, Path directory, Duration patience) {
        ServiceStatus status =
                await(unit, directory, patience, now -> now.listening() || (!now.running() && now.mainPid() == 0));
        if (status.listening()) {
            return status;
        }
        String said = status.supervisor()
                .flatMap(SupervisorState::reason)
                .or(() -> status.supervisor()
                        .map(state -> "it is " + state.phase().word()))
                .orElse("it says nothing");
        String stands =
                status.running() ? "" : "; the service is " + status.active() + " (status " + status.exit() + ")";
        throw ServiceProblems.notUp(unit, said + stands).asException();
    }

    /**
     * Stops the service: its running job is finished first.
     *
     * @param patience how long to wait for that
     * @param waiting told once when there is something to wait for
     * @throws dev.crossarm.problem.CrossarmException (75) when it takes longer; the stop goes on
     */
    public void stop(String unit, Path directory, Duration patience, Consumer<String> waiting) {
        requireSystemd();
        if (!status(unit, directory).running()) {
            return;
        }
        systemctl("stop", "--no-block", "--", unit);
        ServiceStatus status = await(unit, directory, Duration.ofSeconds(5), now -> !now.running());
        if (status.running()) {
            waiting.accept(unit + " stops when its job is over");
            status = await(unit, directory, patience, now -> !now.running());
        }
        if (status.running()) {
            throw ServiceProblems.stillStopping(unit, patience).asException();
        }
    }

    /** Has a service that was told to stop cancel its running job. */
    public void cancel(String unit) {
        // --kill-whom is this option's name since systemd 252, and this the one before, which stays.
        systemctl("kill", "--kill-who=main", "--signal=SIGTERM", "--", unit);
    }

    /** How the service stands; where systemd does not run, by files and processes alone. */
    public ServiceStatus status(String unit, Path directory) {
        Map<String, String> shown = Files.isDirectory(places.systemd()) ? show(unit) : Map.of("ActiveState", "unknown");
        long listener = processes.listeners(directory).stream().findFirst().orElse(0L);
        return new ServiceStatus(
                unit,
                shown.containsKey("LoadState")
                        ? shown.getOrDefault("LoadState", "").equals("loaded")
                        : Files.exists(places.unitFiles().resolve(unit), LinkOption.NOFOLLOW_LINKS),
                shown.getOrDefault("UnitFileState", "").equals("enabled"),
                shown.getOrDefault("ActiveState", "inactive"),
                number(shown.get("MainPID")),
                (int) number(shown.get("ExecMainStatus")),
                ServiceFolder.of(places.states(), unit).state(),
                listener,
                new RunnerBusy(processes).look(directory));
    }

    /**
     * Takes the service away, whatever is left of it: stopped with its job finished, disabled, its files gone.
     *
     * @param directory the runner's root, which may be gone
     * @throws dev.crossarm.problem.CrossarmException (75) when its job runs longer than that; nothing is taken away then
     */
    public void remove(String unit, Path directory, Duration patience, Consumer<String> waiting) {
        boolean systemd = Files.isDirectory(places.systemd());
        boolean known = systemd && show(unit).getOrDefault("LoadState", "").equals("loaded");
        if (known) {
            stop(unit, directory, patience, waiting);
            systemctl("disable", "--", unit);
        }
        Path file = places.unitFiles().resolve(unit);
        files.delete(file);
        files.deleteTree(places.unitFiles().resolve(unit + ".d"));
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            files.remove(directory.resolve(".service"));
        }
        if (systemd) {
            systemctl("daemon-reload");
        }
        if (known) {
            // A unit that failed is remembered; one that did not has nothing to forget.
            commands.run(Command.of("systemctl", "reset-failed", "--", unit).within(SHORT));
        }
        files.deleteTree(ServiceFolder.of(places.states(), unit).path());
    }

    /** Whether the unit of a runner names our hooks, so that they have to stay. */
    public boolean use(RunnerHooks hooks) {
        try (DirectoryStream<Path> units = Files.newDirectoryStream(places.unitFiles(), "actions.runner.*.service")) {
            for (Path unit : units) {
                if (Files.isRegularFile(unit, LinkOption.NOFOLLOW_LINKS)
                        && files.read(unit)
                                .map(text -> new String(text, StandardCharsets.UTF_8))
                                .filter(text -> text.contains(hooks.folder().toString()))
                                .isPresent()) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException unreadable) {
            return true;
        }
    }

    private ServiceStatus await(String unit, Path directory, Duration patience, Predicate<ServiceStatus> reached) {
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(LOOK)) {
            ServiceStatus status = status(unit, directory);
            if (reached.test(status) || waited.compareTo(patience) >= 0) {
                return status;
            }
            try {
                sleeper.sleep(LOOK);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw Problem.of(
                                ExitStatus.TRY_LATER,
                                "interrupted",
                                "stopped while waiting for " + unit,
                                "sudo systemctl status " + unit)
                        .asException(stop);
            }
        }
    }

    private static long number(@org.jspecify.annotations.Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
    }

    private Map<String, String> show(String unit) {
        String shown = commands.run(Command.of(
                                "systemctl",
                                "show",
                                "--property=LoadState,ActiveState,UnitFileState,MainPID,ExecMainStatus,NeedDaemonReload",
                                "--",
                                unit)
                        .within(SHORT))
                .orThrow("systemctl-failed", "systemd does not report " + unit, REMEDY)
                .out()
                .whole();
        Map<String, String> properties = new HashMap<>();
        shown.lines().forEach(line -> {
            int separator = line.indexOf('=');
            if (separator > 0) {
                properties.put(line.substring(0, separator), line.substring(separator + 1));
            }
        });
        return properties;
    }

    private CommandResult systemctl(String... words) {
        return commands.run(Command.of("systemctl")
                        .withArguments(Arrays.asList(words))
                        .within(SHORT))
                .orThrow("systemctl-failed", "systemctl " + words[0] + " failed", REMEDY);
    }
}
