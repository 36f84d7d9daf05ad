package dev.crossarm.runner.service;

import dev.crossarm.host.process.ProcessSignal;
import dev.crossarm.host.process.ServiceChild;
import dev.crossarm.runner.env.RunnerBusy;
import dev.crossarm.runner.env.RunnerProcesses;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What another starter of listeners left running in a runner's directory: a supervisor that was killed, {@code run.sh}, the stock
 * service, or a listener of ours that died before its Worker. Two listeners in one directory must never be, and the job of the old
 * one is not the reason to kill it: what would start listeners again goes first and at once, then a running job is waited for, then
 * the idle listener is ended.
 */
final class Predecessor {
    private final SupervisorPorts ports;
    private final SupervisorLimits limits;
    private final SupervisorInbox inbox;
    private final SupervisorVoice voice;
    private final Path directory;
    private final RunnerProcesses processes;
    private final RunnerBusy busy;

    private final Set<Long> told = new TreeSet<>();
    private @Nullable Long idleSince;
    private @Nullable Long lostSince;
    private @Nullable Long orphanSince;
    private @Nullable Long endBy;
    private boolean cancelled;
    private boolean announced;

    Predecessor(
            SupervisorPorts ports,
            SupervisorLimits limits,
            SupervisorInbox inbox,
            SupervisorVoice voice,
            Path directory) {
        this.ports = ports;
        this.limits = limits;
        this.inbox = inbox;
        this.voice = voice;
        this.directory = directory;
        this.processes = ports.processes();
        this.busy = new RunnerBusy(processes);
    }

    /** Returns when nothing runs in the directory any more. */
    void clear() throws InterruptedException {
        while (true) {
            endWrappers();
            Set<Long> listeners = processes.listeners(directory);
            Set<Long> workers = processes.workers(directory);
            if (listeners.isEmpty() && workers.isEmpty()) {
                return;
            }
            announce(listeners, workers);
            if (endBy != null && ports.nanos().getAsLong() - endBy >= 0) {
                kill(listeners);
                kill(workers);
                endBy = null;
            } else if (inbox.stops() > 1 && !cancelled) {
                cancel(listeners, workers);
            } else if (endBy == null) {
                follow(listeners, workers);
            }
            inbox.next(limits.look()).ifPresent(voice::pass);
        }
    }

    private void announce(Set<Long> listeners, Set<Long> workers) {
        if (!announced) {
            announced = true;
            voice.phase(SupervisorState.Phase.CLEARING);
            voice.say((listeners.isEmpty() ? "a Worker without its listener" : "another listener") + " runs in "
                    + directory + " (process "
                    + (listeners.isEmpty() ? workers : listeners).iterator().next() + "); "
                    + (workers.isEmpty() ? "ending it once it has no job" : "waiting for its job to end"));
        }
    }

    private void endWrappers() {
        for (long wrapper : processes.wrappers(directory)) {
            voice.say("process " + wrapper + " starts listeners in " + directory + "; killing it");
            ProcessSignal.KILL.to(wrapper);
        }
    }

    private void cancel(Set<Long> listeners, Set<Long> workers) {
        cancelled = true;
        voice.say("told to stop again: cancelling what runs");
        listeners.forEach(Predecessor::interrupt);
        if (listeners.isEmpty()) {
            workers.forEach(ProcessSignal.TERM::to);
        }
        endBy = ports.nanos().getAsLong() + limits.cancel().toNanos();
    }

    private void follow(Set<Long> listeners, Set<Long> workers) throws InterruptedException {
        long now = ports.nanos().getAsLong();
        if (listeners.isEmpty()) {
            orphanSince = orphanSince == null ? now : orphanSince;
            if (ports.past(orphanSince, limits.orphan())) {
                voice.say("the Worker without a listener does not end; killing it and all it started");
                kill(workers);
            }
            return;
        }
        orphanSince = null;
        switch (busy.look(directory)) {
            case WORKING -> {
                idleSince = null;
                lostSince = null;
            }
            case HANDED_OVER -> {
                idleSince = null;
                lostSince = lostSince == null ? now : lostSince;
                if (ports.past(lostSince, limits.hang())) {
                    listeners.forEach(Predecessor::interrupt);
                    endBy = now + limits.end().toNanos();
                }
            }
            case IDLE -> {
                lostSince = null;
                idleSince = idleSince == null ? now : idleSince;
                if (ports.past(idleSince, limits.quiet())) {
                    idleSince = null;
                    end(listeners);
                }
            }
        }
    }

    private void end(Set<Long> listeners) throws InterruptedException {
        for (long listener : listeners) {
            if (new IdleEnd(processes, ports.sleeper()).tell(listener, () -> !busy.busy(directory))
                    && told.add(listener)) {
                voice.say("told the other listener, process " + listener + ", to end");
                endBy = ports.nanos().getAsLong() + limits.end().toNanos();
            }
        }
    }

    private static void interrupt(long listener) {
        ProcessSignal.CONT.to(listener);
        ProcessSignal.INT.to(listener);
    }

    private static void kill(Set<Long> pids) {
        pids.forEach(ServiceChild::killTree);
    }
}
