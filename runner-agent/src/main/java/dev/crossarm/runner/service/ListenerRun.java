package dev.crossarm.runner.service;

import dev.crossarm.host.process.ProcessSignal;
import dev.crossarm.host.process.ServiceChild;
import dev.crossarm.runner.env.RunnerBusy;
import dev.crossarm.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The life of one listener under its supervisor, from its start to its end. */
final class ListenerRun {
    private static final List<String> ARGUMENTS = List.of("run", "--startuptype", "service");

    /** While nothing is waited for but what reaches the inbox by itself. */
    private static final Duration AT_REST = Duration.ofSeconds(30);

    private static final int NOT_STARTED = 127;
    private static final Duration OUTPUT = Duration.ofMillis(20);

    private final SupervisorPorts ports;
    private final SupervisorLimits limits;
    private final SupervisorInbox inbox;
    private final SupervisorVoice voice;
    private final RunnerBusy busy;
    private final Path directory;

    private final Set<ListenerSaid> said = EnumSet.noneOf(ListenerSaid.class);
    private final long began;
    private int jobs;
    private boolean jobOpen;
    private long lastWord;
    private @Nullable Long idleSince;
    private @Nullable Long lostSince;
    private @Nullable Long endBy;
    private boolean asked;
    private boolean cancelled;
    private boolean hung;

    ListenerRun(
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
        this.busy = new RunnerBusy(ports.processes());
        this.began = ports.nanos().getAsLong();
        this.lastWord = began;
    }

    ListenerEnd run() throws InterruptedException {
        ServiceChild child;
        try {
            child = ServiceChild.start(
                    directory.resolve("bin/Runner.Listener"),
                    ARGUMENTS,
                    new ListenerEnvironment(ports.environment(), directory).variables(),
                    directory,
                    inbox::line);
        } catch (IOException notStarted) {
            voice.say("cannot start bin/Runner.Listener: " + notStarted.getMessage());
            return end(NOT_STARTED);
        }
        child.onEnd(inbox::wake);
        voice.now(state -> state.started(child.pid(), ports.clock().instant()));
        try {
            while (child.alive()) {
                inbox.next(pause()).ifPresent(this::hear);
                follow(child);
            }
            while (!child.over(OUTPUT)) {
                hearRest();
            }
        } finally {
            hearRest();
            voice.now(SupervisorState::without);
        }
        return end(child.exit());
    }

    private ListenerEnd end(int exit) {
        boolean registered = Files.exists(directory.resolve(".runner"), LinkOption.NOFOLLOW_LINKS);
        return new ListenerEnd(exit, said, jobs, since(began), registered, asked, hung);
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(ports.nanos().getAsLong() - nanos);
    }

    private Duration pause() {
        if (asked || endBy != null || inbox.stops() > 0) {
            return limits.look();
        }
        boolean watched = jobOpen || !said.contains(ListenerSaid.LISTENING);
        Duration watch = (jobOpen ? limits.hang() : limits.mute()).dividedBy(20);
        return watched && watch.compareTo(AT_REST) < 0 ? watch : AT_REST;
    }

    private void hearRest() {
        for (Optional<String> line = inbox.ready(); line.isPresent(); line = inbox.ready()) {
            hear(line.get());
        }
    }

    private void hear(String raw) {
        String line = Printable.line(raw);
        voice.pass(line);
        lastWord = ports.nanos().getAsLong();
        Optional<ListenerSaid> told = ListenerSaid.in(line);
        told.ifPresent(said::add);
        told.ifPresent(what -> {
            switch (what) {
                case LISTENING, RECONNECTED -> {
                    if (!jobOpen) {
                        voice.now(state -> state.because(Optional.empty()));
                        voice.phase(SupervisorState.Phase.LISTENING);
                    }
                }
                case JOB_BEGAN -> {
                    jobs++;
                    jobOpen = true;
                    lostSince = null;
                    voice.now(state ->
                            state.working(ListenerSaid.job(line), ports.clock().instant()));
                }
                case JOB_ENDED -> {
                    jobOpen = false;
                    voice.phase(SupervisorState.Phase.LISTENING);
                }
                case LOST_CONNECTION, SESSION_CONFLICT, REGISTRATION_DELETED, DEPRECATED, NO_WORK_FOLDER ->
                    voice.now(state -> state.because(Optional.of(line)));
                case NOT_CONFIGURED, UPDATING -> {
                    // Its end tells.
                }
            }
        });
    }

    private void follow(ServiceChild child) throws InterruptedException {
        if (!child.alive()) {
            return;
        }
        if (endBy != null && ports.nanos().getAsLong() - endBy >= 0) {
            voice.say("the listener does not end; killing it and all it started");
            child.killTree();
            return;
        }
        if (inbox.stops() > 1 && !cancelled) {
            cancel(child);
        } else if (inbox.stops() > 0 && endBy == null) {
            leave(child);
        }
        if (endBy == null) {
            watch(child);
        }
    }

    private void cancel(ServiceChild child) {
        cancelled = true;
        asked = true;
        voice.now(SupervisorState::toLeave);
        voice.say(jobOpen ? "told to stop again: cancelling the job" : "told to stop again: ending the listener");
        child.signal(ProcessSignal.CONT);
        child.signal(ProcessSignal.INT);
        endBy = ports.nanos().getAsLong() + limits.cancel().toNanos();
    }

    private void leave(ServiceChild child) throws InterruptedException {
        if (!asked) {
            asked = true;
            voice.now(SupervisorState::toLeave);
            voice.say(
                    jobOpen || busy.busy(directory)
                            ? "told to stop: the running job goes on to its end, and no other is taken"
                            : "told to stop");
        }
        if (!idle()) {
            idleSince = null;
            return;
        }
        if (idleSince == null) {
            idleSince = ports.nanos().getAsLong();
        }
        if (ports.past(idleSince, limits.quiet())) {
            idleSince = null;
            if (new IdleEnd(ports.processes(), ports.sleeper()).tell(child.pid(), this::idleNow)) {
                endBy = ports.nanos().getAsLong() + limits.end().toNanos();
            }
        }
    }

    private boolean idleNow() {
        hearRest();
        return idle();
    }

    private boolean idle() {
        return !jobOpen && !busy.busy(directory);
    }

    /** A listener was seen to hang after a job was cancelled, its Worker long gone (actions/runner #4569). */
    private void watch(ServiceChild child) {
        boolean lost = jobOpen && busy.look(directory) != RunnerBusy.State.WORKING;
        if (!lost) {
            lostSince = null;
        } else if (lostSince == null) {
            lostSince = ports.nanos().getAsLong();
        }
        boolean mute = !said.contains(ListenerSaid.LISTENING) && ports.past(lastWord, limits.mute());
        if (mute || ports.past(lostSince, limits.hang())) {
            hung = true;
            voice.say(
                    mute
                            ? "the listener says nothing and does not listen; ending it"
                            : "no Worker runs the job, and the listener does not say that it is over; ending the listener");
            child.signal(ProcessSignal.INT);
            endBy = ports.nanos().getAsLong() + limits.end().toNanos();
        }
    }
}
