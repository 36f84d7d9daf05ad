package dev.crossarm.github;

import dev.crossarm.problem.Problem;
import java.time.Duration;

/**
 * Why a call has no value, and what the caller may do next.
 *
 * @param kind for programs
 * @param problem for people
 * @param pause for so long the same call need not be tried again; zero when nothing is known
 * @param uncertain whether GitHub may have done all the same what was asked: only after a call that changes something
 * @param repeatable whether it may be sent again as it is, after a pause; false also where it would fail again. What is
 *     uncertain and not repeatable has to be looked up first
 */
public record Failure(Kind kind, Problem problem, Duration pause, boolean uncertain, boolean repeatable) {

    /** What went wrong. */
    public enum Kind {
        /** There is no such thing, or this credential may not see it. */
        NOT_FOUND,
        /** The credential is good, and may not do this. */
        MISSING_RIGHT,
        /** The credential was refused, or cannot be had. */
        UNAUTHORISED,
        /** Something is in the way: a name is taken. */
        CONFLICT,
        /** The runner has a job. */
        BUSY,
        /** GitHub does not accept what was asked. */
        INVALID,
        /** The repository or organisation has another name now. */
        MOVED,
        /** A limit of GitHub's is used up. */
        RATE_LIMITED,
        /** Nothing was sent, to stay below GitHub's limits. */
        NOT_YET,
        /** GitHub has trouble of its own. */
        SERVER_TROUBLE,
        /** No connection stood, so nothing was sent. */
        UNREACHABLE,
        /** It was sent, and no whole answer came. */
        CUT_OFF,
        /** An answer came that says nothing. */
        GARBAGE,
        /** This kind of place does not offer it. */
        NOT_OFFERED
    }

    static Failure lasting(Kind kind, Problem problem) {
        return new Failure(kind, problem, Duration.ZERO, false, false);
    }

    static Failure later(Kind kind, Problem problem, Duration pause) {
        return new Failure(kind, problem, pause, false, true);
    }

    @Override
    public String toString() {
        return kind + ": " + problem.summary();
    }
}
