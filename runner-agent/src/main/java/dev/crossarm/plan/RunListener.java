package dev.crossarm.plan;

/** Consumes a run's events. Called by one thread at a time, in order. */
@FunctionalInterface
public interface RunListener {
    void on(RunEvent event);
}
