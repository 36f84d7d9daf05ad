package dev.crossarm.cli;

import dev.crossarm.plan.RunListener;

/** Shows a run while it goes on. */
interface RunDisplay extends RunListener, AutoCloseable {

    /** Leaves the terminal as it was found; may be called more than once. */
    @Override
    void close();
}
