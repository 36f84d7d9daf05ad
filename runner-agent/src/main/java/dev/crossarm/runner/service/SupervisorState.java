package dev.crossarm.runner.service;

import dev.crossarm.text.JsonString;
import dev.crossarm.text.JsonTree;
import dev.crossarm.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a supervisor says it is doing. It runs as the account of the jobs, so a job could have written this instead: whoever reads
 * it may show it, and must decide nothing by it that harms anybody but that account.
 *
 * @param phase what it does
 * @param since when it began to
 * @param supervisor the number of its process
 * @param listener the number of the listener's process; 0 when there is none
 * @param job the name of the running job
 * @param leaving whether it ends once the job is over
 * @param starts how many listeners it started
 * @param jobs how many jobs they began
 * @param reason the last thing that went wrong, and what follows from it
 */
public record SupervisorState(
        Phase phase,
        Instant since,
        long supervisor,
        long listener,
        Optional<String> job,
        boolean leaving,
        long starts,
        long jobs,
        Optional<String> reason) {
    private static final int SCHEMA = 1;
    private static final int LONGEST = 300;

    /** What a supervisor can be doing. */
    public enum Phase {
        /** A listener of a supervisor that is gone still lives, or its job: waits for its end. */
        CLEARING,
        /** A listener was started and does not listen yet. */
        STARTING,
        /** It waits for jobs. */
        LISTENING,
        /** It runs one. */
        WORKING,
        /** Waits before it starts the next listener. */
        PAUSING,
        /** It has ended. */
        STOPPED;

        /** The word in the file, and for people. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SupervisorState {
        job = job.map(SupervisorState::shown);
        reason = reason.map(SupervisorState::shown);
    }

    /** A new supervisor. */
    static SupervisorState starting(Instant now, long pid) {
        return new SupervisorState(Phase.STARTING, now, pid, 0, Optional.empty(), false, 0, 0, Optional.empty());
    }

    private static String shown(String text) {
        return Printable.cut(Printable.marked(text.strip()), LONGEST);
    }

    SupervisorState in(Phase next, Instant now) {
        Optional<String> running = next == Phase.WORKING ? job : Optional.empty();
        return new SupervisorState(next, now, supervisor, listener, running, leaving, starts, jobs, reason);
    }

    SupervisorState started(long pid, Instant now) {
        return new SupervisorState(
                Phase.STARTING, now, supervisor, pid, Optional.empty(), leaving, starts + 1, jobs, reason);
    }

    SupervisorState working(String name, Instant now) {
        return new SupervisorState(
                Phase.WORKING, now, supervisor, listener, Optional.of(name), leaving, starts, jobs + 1, reason);
    }

    SupervisorState because(Optional<String> why) {
        return new SupervisorState(phase, since, supervisor, listener, job, leaving, starts, jobs, why);
    }

    SupervisorState toLeave() {
        return new SupervisorState(phase, since, supervisor, listener, job, true, starts, jobs, reason);
    }

    SupervisorState without() {
        return new SupervisorState(phase, since, supervisor, 0, Optional.empty(), leaving, starts, jobs, reason);
    }

    /** As a JSON object, with a line end. */
    String json() {
        StringBuilder text = new StringBuilder("{\"schema\":\"" + SCHEMA + "\"");
        member(text, "phase", phase.word());
        member(text, "since", since.toString());
        member(text, "supervisor", Long.toString(supervisor));
        member(text, "listener", Long.toString(listener));
        job.ifPresent(name -> member(text, "job", name));
        member(text, "leaving", Boolean.toString(leaving));
        member(text, "starts", Long.toString(starts));
        member(text, "jobs", Long.toString(jobs));
        reason.ifPresent(why -> member(text, "reason", why));
        return text.append("}\n").toString();
    }

    private static void member(StringBuilder text, String name, String value) {
        text.append(',').append(JsonString.of(name)).append(':').append(JsonString.of(value));
    }

    /** What such a text says; nothing where it is none that this version understands. */
    static Optional<SupervisorState> of(byte[] json) {
        try {
            JsonTree tree = JsonTree.parse(new String(json, StandardCharsets.UTF_8));
            if (!tree.at("schema").text().equals(String.valueOf(SCHEMA))) {
                return Optional.empty();
            }
            return Optional.of(new SupervisorState(
                    Phase.valueOf(tree.at("phase").text().toUpperCase(Locale.ROOT)),
                    Instant.parse(tree.at("since").text()),
                    Long.parseLong(tree.at("supervisor").text()),
                    Long.parseLong(tree.at("listener").text()),
                    tree.at("job").string(),
                    tree.at("leaving").text().equals("true"),
                    Long.parseLong(tree.at("starts").text()),
                    Long.parseLong(tree.at("jobs").text()),
                    tree.at("reason").string()));
        } catch (IOException | IllegalArgumentException | DateTimeException notOurs) {
            return Optional.empty();
        }
    }
}
