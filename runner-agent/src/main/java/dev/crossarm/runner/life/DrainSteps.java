package dev.crossarm.runner.life;

import dev.crossarm.problem.Problem;
import java.util.Optional;

/** What a drain does to one runner. Each does it once and says what came of it. */
interface DrainSteps {

    /** Gives it a label of its own, under which no job asks for it: MARKED, RECORD_GONE, AGAIN or FAILED. */
    DrainEvent mark();

    /** Looks at it on this machine: BUSY, IDLE or SILENT. */
    DrainEvent look();

    /** Deletes its record: DELETED, RECORD_GONE, REFUSED, AGAIN or FAILED. */
    DrainEvent delete();

    /**
     * Ends its listener, unless it has a job: ENDED, BUSY or AGAIN.
     *
     * @throws InterruptedException when told to stop waiting for that
     */
    DrainEvent end() throws InterruptedException;

    /** Gives it its own labels again: UNMARKED, RECORD_GONE, AGAIN or FAILED. */
    DrainEvent unmark();

    /** Why the last of these did not do what it should. */
    Optional<Problem> problem();
}
