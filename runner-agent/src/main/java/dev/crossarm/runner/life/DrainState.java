package dev.crossarm.runner.life;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a drain is: a runner that finishes its job, takes no other and then leaves, or stays and waits. Only decides; nothing is
 * done or asked here, and no clock is read.
 *
 * <p>An idle listener is not signalled: GitHub may have given it a job that no log tells of yet. Its labels are replaced first, so
 * that no job is meant for it any more; when it has been idle for as long as GitHub waits for a job to be picked up, no job is on the
 * way either, and its record is deleted. A listener of 2.336.0 or newer then ends by itself.
 *
 * @param goal what it is for
 * @param phase what comes next
 * @param since when it was first seen without a job, or when its record was deleted or it last had a job
 * @param cause why it was given up
 */
record DrainState(Goal goal, Phase phase, Optional<Instant> since, Optional<DrainEvent> cause) {

    /** What a drain is for. */
    enum Goal {
        /** The runner is gone from GitHub, and its listener has ended. */
        LEAVE,
        /** The runner has no job and gets none, and stays. */
        UNTIL_IDLE
    }

    /** What is to be done next, and from {@link #DONE} on nothing. */
    enum Phase {
        MARK,
        SETTLE,
        DELETE,
        LEAVE,
        END,
        UNMARK,
        DONE,
        /** Given up; the runner has its labels again and takes jobs. */
        BACK,
        /** Given up; it still has the private label. */
        STAYS_MARKED,
        /** Given up after its record was deleted. */
        LEFT,
        /** Given up before anything was changed. */
        FAILED
    }

    /**
     * How long things take.
     *
     * @param settle for so long GitHub may still hand over a job that it meant for the runner: 60 s (its documentation, "Self-hosted
     *     runners reference")
     * @param ending for so long a listener may take to see that its record is gone; a poll is held for 50 s
     */
    record Times(Duration settle, Duration ending) {
        static final Times USUAL = new Times(Duration.ofSeconds(60), Duration.ofSeconds(90));
    }

    static DrainState begin(Goal goal) {
        return new DrainState(goal, Phase.MARK, Optional.empty(), Optional.empty());
    }

    boolean over() {
        return phase.compareTo(Phase.DONE) >= 0;
    }

    /** What follows from this event. An event that means nothing in a phase changes nothing. */
    DrainState on(DrainEvent event, Instant now, Times times) {
        if (over()) {
            return this;
        }
        if (event == DrainEvent.TIMED_OUT || event == DrainEvent.INTERRUPTED) {
            return stopped(event);
        }
        return switch (phase) {
            case MARK -> marking(event, now);
            case SETTLE -> settling(event, now, times);
            case DELETE -> deleting(event, now);
            case LEAVE -> leaving(event, now, times);
            case END -> ending(event, now);
            case UNMARK -> unmarking(event);
            case DONE, BACK, STAYS_MARKED, LEFT, FAILED -> this;
        };
    }

    private DrainState stopped(DrainEvent event) {
        return switch (phase) {
            // Also while it is being marked: nobody knows whether it was.
            case MARK, SETTLE, DELETE -> to(Phase.UNMARK).because(event);
            case LEAVE, END -> to(Phase.LEFT).because(event);
            case UNMARK -> event == DrainEvent.INTERRUPTED ? to(Phase.STAYS_MARKED) : this;
            case DONE, BACK, STAYS_MARKED, LEFT, FAILED -> this;
        };
    }

    private DrainState marking(DrainEvent event, Instant now) {
        return switch (event) {
            case MARKED -> to(Phase.SETTLE);
            case RECORD_GONE -> goal == Goal.LEAVE ? to(Phase.LEAVE).from(now) : to(Phase.SETTLE);
            case FAILED -> to(Phase.FAILED).because(event);
            default -> this;
        };
    }

    private DrainState settling(DrainEvent event, Instant now, Times times) {
        Phase idle = goal == Goal.LEAVE ? Phase.DELETE : Phase.DONE;
        return switch (event) {
            case BUSY -> since(Optional.empty());
            case IDLE -> {
                Instant first = since.orElse(now);
                boolean settled = !now.isBefore(first.plus(times.settle()));
                yield settled ? to(idle).from(first) : from(first);
            }
            // Nobody is there to take a job; where the runner stays, a listener may be about to come again and take
            // one.
            case SILENT ->
                goal == Goal.LEAVE ? to(idle).from(since.orElse(now)) : settling(DrainEvent.IDLE, now, times);
            default -> this;
        };
    }

    private DrainState deleting(DrainEvent event, Instant now) {
        return switch (event) {
            case DELETED, RECORD_GONE -> to(Phase.LEAVE).from(now);
            case REFUSED, BUSY -> to(Phase.SETTLE).since(Optional.empty());
            // Looked at once more before the next try.
            case AGAIN -> to(Phase.SETTLE);
            case FAILED -> to(Phase.UNMARK).because(event);
            default -> this;
        };
    }

    private DrainState leaving(DrainEvent event, Instant now, Times times) {
        return switch (event) {
            case BUSY -> from(now);
            case IDLE -> now.isBefore(since.orElse(now).plus(times.ending())) ? from(since.orElse(now)) : to(Phase.END);
            case SILENT -> to(Phase.DONE);
            default -> this;
        };
    }

    private DrainState ending(DrainEvent event, Instant now) {
        return switch (event) {
            case ENDED, SILENT -> to(Phase.DONE);
            case BUSY, AGAIN -> to(Phase.LEAVE).from(now);
            default -> this;
        };
    }

    private DrainState unmarking(DrainEvent event) {
        return switch (event) {
            case UNMARKED, RECORD_GONE -> to(Phase.BACK);
            case FAILED, AGAIN -> to(Phase.STAYS_MARKED);
            default -> this;
        };
    }

    private DrainState to(Phase next) {
        return new DrainState(goal, next, since, cause);
    }

    private DrainState from(Instant time) {
        return since(Optional.of(time));
    }

    private DrainState since(Optional<Instant> time) {
        return new DrainState(goal, phase, time, cause);
    }

    private DrainState because(DrainEvent event) {
        return new DrainState(goal, phase, since, Optional.of(event));
    }
}
