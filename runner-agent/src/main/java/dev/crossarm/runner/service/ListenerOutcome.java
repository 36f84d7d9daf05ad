package dev.crossarm.runner.service;

import dev.crossarm.problem.ExitStatus;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What to do when the listener of a persistent runner has ended. Almost every permanent failure of the runner ends with status 0
 * or 1, so what it said and what is left of its registration decide as well (actions/runner, Constants.cs, Runner.cs; issues #4392,
 * #4613, #3441). Pure: the same history and the same end give the same answer, but for the random part of a pause.
 *
 * <p>Only two things end the service for good: no registration in the folder, and a registration that GitHub refuses for about
 * half an hour. Everything else is tried again, ever less often, because the runner is of no use while it is down and a look from
 * time to time costs GitHub nothing.
 *
 * @param failures how many listeners in a row ended badly, the last one included
 * @param refusals how many of them were refused by GitHub
 */
record ListenerOutcome(int failures, int refusals) {
    /** A listener that lived so long, or had a job, was well: what was before it does not count. */
    static final Duration WELL = Duration.ofMinutes(10);

    /** Refusals in a row that are taken for an outage, or for a registration that is not known everywhere yet. */
    static final int MOST_REFUSALS = 8;

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration CAP = Duration.ofMinutes(15);
    private static final Duration FIRST_REFUSED = Duration.ofSeconds(10);

    /** GitHub holds a session for some minutes after its listener is gone; the runner itself has tried for four by then. */
    private static final Duration FIRST_CONFLICT = Duration.ofMinutes(1);

    /** The answer changes when somebody updates the runner, or when an outage of GitHub is over. */
    private static final Duration FIRST_DEPRECATED = Duration.ofMinutes(1);

    /** What run-helper.sh waits for the file {@code update.finished}. */
    private static final Duration UPDATE = Duration.ofSeconds(31);

    private static final int SIGNALLED = 128;

    /** Nothing has gone wrong yet. */
    static final ListenerOutcome NEW = new ListenerOutcome(0, 0);

    /**
     * A decision.
     *
     * @param history what the next decision is made with
     * @param cause why the listener ended
     * @param next what to do now
     */
    record Decision(ListenerOutcome history, ListenerCause cause, ListenerNext next) {}

    /** Decides. */
    Decision after(ListenerEnd end, RandomGenerator random) {
        ListenerCause cause = cause(end);
        ListenerOutcome before = end.ran().compareTo(WELL) >= 0 || end.jobs() > 0 ? NEW : this;
        return switch (cause) {
            case ASKED, ONE_JOB_DONE, LOST_ASSIGNMENT -> stop(cause, ExitStatus.DONE);
            case DEREGISTERED, NOT_CONFIGURED -> stop(cause, ExitStatus.CONFIGURATION);
            case JOB_RESULT -> new Decision(NEW, cause, new ListenerNext.Restart(Duration.ZERO));
            case UPDATED -> new Decision(before, cause, new ListenerNext.AfterUpdate(UPDATE));
            case REFUSED -> before.refused(cause, random);
            case SESSION_CONFLICT -> before.failed(cause, FIRST_CONFLICT, random);
            case DEPRECATED -> before.failed(cause, FIRST_DEPRECATED, random);
            case HUNG, NO_WORK_FOLDER, TERMINATED, WENT_AWAY, RETRYABLE, CRASHED -> before.failed(cause, FIRST, random);
        };
    }

    private static Decision stop(ListenerCause cause, ExitStatus status) {
        return new Decision(NEW, cause, new ListenerNext.Stop(status));
    }

    private Decision failed(ListenerCause cause, Duration first, RandomGenerator random) {
        ListenerOutcome now = new ListenerOutcome(failures + 1, 0);
        return new Decision(now, cause, new ListenerNext.Restart(pause(first, now.failures, random)));
    }

    private Decision refused(ListenerCause cause, RandomGenerator random) {
        ListenerOutcome now = new ListenerOutcome(failures + 1, refusals + 1);
        return now.refusals >= MOST_REFUSALS
                ? new Decision(now, cause, new ListenerNext.Stop(ExitStatus.CONFIGURATION))
                : new Decision(now, cause, new ListenerNext.Restart(pause(FIRST_REFUSED, now.refusals, random)));
    }

    /** Twice as long each time up to a cap, and between half and all of that by chance, so that many hosts do not come at once. */
    static Duration pause(Duration first, int times, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(times - 1, 20);
        long most = Math.min(doubled, CAP.toMillis());
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }

    private static ListenerCause cause(ListenerEnd end) {
        if (end.ended()) {
            return end.asked() ? ListenerCause.ASKED : ListenerCause.HUNG;
        }
        if (end.asked()) {
            return ListenerCause.ASKED;
        }
        return switch (end.exit()) {
            case 0 -> afterZero(end);
            case 1 -> afterOne(end);
            case 2 -> end.registered() ? ListenerCause.RETRYABLE : ListenerCause.NOT_CONFIGURED;
            case 3, 4 -> ListenerCause.UPDATED;
            case 5 -> ListenerCause.SESSION_CONFLICT;
            case 7 -> ListenerCause.DEPRECATED;
            case 100, 101, 102, 103, 104, 105 ->
                end.registered() ? ListenerCause.JOB_RESULT : ListenerCause.ONE_JOB_DONE;
            default -> crashed(end);
        };
    }

    private static ListenerCause crashed(ListenerEnd end) {
        boolean gone = !end.registered() && end.exit() < SIGNALLED;
        return gone ? ListenerCause.NOT_CONFIGURED : ListenerCause.CRASHED;
    }

    /** A clean stop, and much that is none. */
    private static ListenerCause afterZero(ListenerEnd end) {
        if (end.said(ListenerSaid.DEPRECATED)) {
            return ListenerCause.DEPRECATED;
        }
        if (end.registered()) {
            return end.said(ListenerSaid.SESSION_CONFLICT) && !end.said(ListenerSaid.LISTENING)
                    ? ListenerCause.SESSION_CONFLICT
                    : ListenerCause.WENT_AWAY;
        }
        if (end.said(ListenerSaid.REGISTRATION_DELETED)) {
            return ListenerCause.DEREGISTERED;
        }
        return end.jobs() > 0 ? ListenerCause.ONE_JOB_DONE : ListenerCause.LOST_ASSIGNMENT;
    }

    private static ListenerCause afterOne(ListenerEnd end) {
        if (end.said(ListenerSaid.DEPRECATED)) {
            return ListenerCause.DEPRECATED;
        }
        if (!end.registered() || end.said(ListenerSaid.NOT_CONFIGURED)) {
            return ListenerCause.NOT_CONFIGURED;
        }
        if (end.said(ListenerSaid.NO_WORK_FOLDER)) {
            return ListenerCause.NO_WORK_FOLDER;
        }
        return end.said(ListenerSaid.REGISTRATION_DELETED) ? ListenerCause.REFUSED : ListenerCause.TERMINATED;
    }
}
