package dev.crossarm.runner.service;

import dev.crossarm.host.files.HostLock;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps the listener of one persistent runner going, as the account of its jobs. Guarantees: never two listeners in one directory,
 * whatever a killed predecessor left; told to stop once, it finishes the running job, takes no other as far as this machine can
 * know, and leaves; told twice, it cancels the job; a listener that hangs after its Worker is gone is ended and started again;
 * pauses between failures grow, by chance a little differently on each machine.
 *
 * <p>Ends with 0 when it was told to, or when an ephemeral runner's job is over; with 78 when there is no registration any more and a
 * restart would not help; with 75 when another supervisor has this directory. The unit knows these.
 */
public final class RunnerSupervisor {
    private static final Duration UPDATE_LOOK = Duration.ofMillis(500);
    private static final String UPDATED = "update.finished";

    private final SupervisorPorts ports;
    private final SupervisorLimits limits;
    private final SupervisorInbox inbox;
    private final Path directory;
    private final Optional<ServiceFolder> folder;
    private final SupervisorVoice voice;

    /**
     * @param directory the runner's root, without symbolic links
     * @param folder where it says what it does
     * @param inbox tells it to stop
     */
    public RunnerSupervisor(
            SupervisorPorts ports,
            SupervisorLimits limits,
            SupervisorInbox inbox,
            Path directory,
            Optional<ServiceFolder> folder) {
        this.ports = ports;
        this.limits = limits;
        this.inbox = inbox;
        this.directory = directory;
        this.folder = folder;
        this.voice = new SupervisorVoice(ports, folder);
    }

    /**
     * Returns when the service is over.
     *
     * @throws CrossarmException (75) when another supervisor keeps this directory
     */
    public ExitStatus run() {
        HostLock lock =
                new HostLock(directory.resolve(".crossarm-supervisor"), ports.files(), ports.clock(), ports.sleeper());
        Optional<HostLock.Held> taken = lock.tryAcquire("crossarm runner supervise");
        if (taken.isEmpty()) {
            throw ServiceProblems.anotherSupervisor(directory).asException();
        }
        try {
            return keepGoing();
        } catch (InterruptedException stop) {
            // The process itself is told to end at once: the listener lives on, and the next supervisor finds it.
            Thread.currentThread().interrupt();
            return ended("interrupted; the listener goes on", ExitStatus.TRY_LATER);
        } finally {
            taken.get().close();
        }
    }

    private ExitStatus keepGoing() throws InterruptedException {
        ListenerOutcome history = ListenerOutcome.NEW;
        while (true) {
            new Predecessor(ports, limits, inbox, voice, directory).clear();
            if (inbox.stops() > 0) {
                return ended("stopped", ExitStatus.DONE);
            }
            ports.files().delete(directory.resolve(UPDATED));
            ListenerEnd end = new ListenerRun(ports, limits, inbox, voice, directory).run();
            folder.ifPresent(place -> new JobRecords(place.records()).keepNewest(ports.files()));
            ListenerOutcome.Decision decision = history.after(end, ports.random());
            history = decision.history();
            String told = "the listener ended (status " + end.exit() + "): "
                    + decision.cause().told();
            voice.now(state ->
                    state.because(decision.cause() == ListenerCause.ASKED ? Optional.empty() : Optional.of(told)));
            if (decision.next() instanceof ListenerNext.Stop stop) {
                // Its Worker may live on, where the listener died first.
                new Predecessor(ports, limits, inbox, voice, directory).clear();
                return ended(told + remedy(decision.cause()), stop.status());
            }
            pause(told, decision.next());
        }
    }

    private static String remedy(ListenerCause cause) {
        return switch (cause) {
            case DEREGISTERED, NOT_CONFIGURED, REFUSED ->
                "; it has to be registered again, see: sudo crossarm runner register --help";
            default -> "";
        };
    }

    private void pause(String told, ListenerNext next) throws InterruptedException {
        if (next instanceof ListenerNext.AfterUpdate update) {
            voice.say(told);
            voice.phase(SupervisorState.Phase.PAUSING);
            wait(update.atMost(), UPDATE_LOOK, true);
        } else if (next instanceof ListenerNext.Restart restart) {
            voice.say(told + "; starting another one in "
                    + Math.max(1, restart.pause().toSeconds()) + " s");
            voice.phase(SupervisorState.Phase.PAUSING);
            wait(restart.pause(), restart.pause(), false);
        }
    }

    private void wait(Duration atMost, Duration look, boolean update) throws InterruptedException {
        long until = ports.nanos().getAsLong() + atMost.toNanos();
        for (long left = atMost.toNanos();
                left > 0;
                left = until - ports.nanos().getAsLong()) {
            boolean updated = update && Files.exists(directory.resolve(UPDATED), LinkOption.NOFOLLOW_LINKS);
            if (inbox.stops() > 0 || updated) {
                return;
            }
            inbox.next(Duration.ofNanos(Math.min(left, look.toNanos()))).ifPresent(voice::pass);
        }
    }

    private ExitStatus ended(String why, ExitStatus status) {
        voice.say(why);
        voice.phase(SupervisorState.Phase.STOPPED);
        return status;
    }
}
