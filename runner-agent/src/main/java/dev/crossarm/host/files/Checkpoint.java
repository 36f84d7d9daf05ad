package dev.crossarm.host.files;

/**
 * Called at the places inside a change where a kill would matter (temporary file made, content written, renamed …).
 * Does nothing in production; tests stop there, as a kill would, and see whether the next run converges.
 */
@FunctionalInterface
public interface Checkpoint {

    /** The checkpoint of production. */
    Checkpoint NONE = place -> {};

    /** @param place stable, kebab-case, for example {@code file-written} */
    void reached(String place);
}
