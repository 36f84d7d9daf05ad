package dev.crossarm.runner.life;

/** What can happen while a runner is drained. */
enum DrainEvent {
    /** It has the private label in place of its own. */
    MARKED,
    /** GitHub has no record of it. */
    RECORD_GONE,
    /** It has a job, by what this machine knows. */
    BUSY,
    /** Its listener runs, and has no job. */
    IDLE,
    /** No listener of it runs, and no job. */
    SILENT,
    /** Its record was deleted. */
    DELETED,
    /** GitHub does not delete it, because it has a job. */
    REFUSED,
    /** Its listener was ended. */
    ENDED,
    /** It has its own labels again. */
    UNMARKED,
    /** It may be tried again. */
    AGAIN,
    /** It fails each time. */
    FAILED,
    /** The time for all of it is over. */
    TIMED_OUT,
    /** Somebody wants it to stop. */
    INTERRUPTED
}
