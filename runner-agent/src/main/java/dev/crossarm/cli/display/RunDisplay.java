package dev.crossarm.cli.display;

import dev.crossarm.plan.RunListener;

/** Shows a run while it goes on. */
public interface RunDisplay extends RunListener, AutoCloseable {

    /** Leaves the terminal as it was found; may be called more than once. */
    @Override
    void close();
}
