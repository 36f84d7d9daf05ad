package dev.crossarm.provision.packages;

import dev.crossarm.host.Sleeper;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.KnownFailures;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs apt-get and dpkg: nobody is asked anything, nothing is upgraded or removed, services are not restarted in
 * mid-job, and a lock somebody else holds is waited for. Waiting is ours because apt's own {@code DPkg::Lock::Timeout}
 * does not cover the lock on the package lists. A running dpkg is never killed.
 */
public final class Apt {
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "DEBIAN_FRONTEND", "noninteractive",
            "NEEDRESTART_SUSPEND", "1",
            "APT_LISTCHANGES_FRONTEND", "none");
    private static final List<String> OPTIONS = List.of(
            "-y",
            "-o",
            "Dpkg::Use-Pty=0",
            "-o",
            "Dpkg::Options::=--force-confdef",
            "-o",
            "Dpkg::Options::=--force-confold",
            "-o",
            "Acquire::Retries=3",
            "-o",
            "Acquire::http::Timeout=60",
            "-o",
            "Acquire::https::Timeout=60");
    private static final List<String> CAREFUL = List.of("--no-upgrade", "--no-remove", "--no-install-recommends");

    private final CommandRunner commands;
    private final AptLocks locks;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Duration lockTimeout;
    private final MirrorRetry retry;

    Apt(CommandRunner commands, AptLocks locks, InstantSource clock, Sleeper sleeper, Duration lockTimeout) {
        this.commands = commands;
        this.locks = locks;
        this.clock = clock;
        this.sleeper = sleeper;
        this.lockTimeout = lockTimeout;
        this.retry = new MirrorRetry(sleeper);
    }

    /** The line a person would type for {@link #install}. */
    public static String typed(List<String> packages) {
        return "sudo apt-get install --no-install-recommends " + String.join(" ", packages);
    }

    /** Fetches the package lists. Mirrors that fail are tolerated here, as apt does; what is missing shows at install. */
    void update(Progress progress) {
        retry.carryOut(() -> readIndex(progress), progress);
    }

    private void readIndex(Progress progress) {
        run(aptGet(List.of("update")), progress);
    }

    /** Where the mirror was updated since the package lists were fetched, these are fetched again. */
    void install(List<String> packages, Progress progress) {
        List<String> arguments = new ArrayList<>(List.of("install"));
        arguments.addAll(CAREFUL);
        arguments.addAll(packages);
        fetching(aptGet(arguments), progress);
    }

    private void fetching(Command command, Progress progress) {
        try {
            run(command, progress);
        } catch (CrossarmException e) {
            if (!MirrorRetry.passes(e.problem())) {
                throw e;
            }
            retry.carryOut(
                    () -> {
                        readIndex(progress);
                        run(command, progress);
                    },
                    progress);
        }
    }

    /** Finishes what an interrupted dpkg began; fetches what that needs as {@link #install} does. */
    void configurePending(Progress progress) {
        run(
                Command.of("dpkg", "--force-confdef", "--force-confold", "--configure", "-a")
                        .withEnvironment(ENVIRONMENT)
                        .within(PATIENCE)
                        .neverKilled(),
                progress);
        fetching(aptGet(List.of("install", "--fix-broken", "--no-remove")), progress);
    }

    private static Command aptGet(List<String> arguments) {
        return Command.of("apt-get")
                .withArguments(OPTIONS)
                .withArguments(arguments)
                .withEnvironment(ENVIRONMENT)
                .within(PATIENCE)
                .neverKilled();
    }

    private void run(Command command, Progress progress) {
        Instant giveUp = clock.instant().plus(lockTimeout);
        while (true) {
            awaitLocks(giveUp, progress);
            CommandResult result = commands.run(command, line -> {
                if (!line.isBlank()) {
                    progress.line(line);
                }
            });
            if (result.succeeded()) {
                return;
            }
            boolean lost = AptLocks.refused(result.out().tail() + result.err().tail());
            if (!lost) {
                throw failure(result).asException();
            }
            pause(giveUp, "apt is locked by another process", progress);
        }
    }

    /** A failed run as a problem: the cause where it is a known one, always with the command and its last lines. */
    static Problem failure(CommandResult result) {
        Problem plain = result.asProblem(
                "apt-failed", result.command().program() + " failed", "Run the command above by hand to see more");
        return KnownFailures.APT.find(result.out().tail() + "\n" + result.err().tail(), plain, Map.of());
    }

    private void awaitLocks(Instant giveUp, Progress progress) {
        for (Optional<AptLocks.Holder> holder = locks.holder(); holder.isPresent(); holder = locks.holder()) {
            pause(giveUp, "apt is locked by " + holder.get(), progress);
        }
    }

    private void pause(Instant giveUp, String reason, Progress progress) {
        if (!clock.instant().isBefore(giveUp)) {
            throw Problem.of(
                            ExitStatus.TRY_LATER,
                            "apt-locked",
                            reason + ", and still was after " + lockTimeout.toSeconds() + " s",
                            "Wait until it ends, then run the same command again; never kill a running dpkg",
                            "Or wait longer: crossarm provision --lock-timeout 30m")
                    .asException();
        }
        progress.waiting(reason);
        try {
            sleeper.sleep(POLL);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Problem.of(ExitStatus.TRY_LATER, "interrupted", "stopped while waiting: " + reason)
                    .asException(stop);
        }
    }
}
