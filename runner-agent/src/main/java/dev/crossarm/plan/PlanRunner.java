package dev.crossarm.plan;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Carries out plans. A step starts as soon as everything it comes after has ended well, so that what does not depend on
 * each other runs side by side (a download while the package manager works). Each step is checked again just before it
 * is changed and once more after that; one that the plan found satisfied only when something it comes after was changed
 * in between, or when something that comes after it is to be changed. A failed step stops only those that come after it.
 *
 * <p>When the calling thread is interrupted, running steps are interrupted, waited for a short while, nothing new is
 * started, and the interrupt flag is set again at the end.
 */
public final class PlanRunner {
    /** Two that compute or wait for a package manager, one that downloads: more would not be faster on a small machine. */
    static final int PARALLEL = 3;

    /** How long interrupted steps may take to end before the run goes on without them. */
    static final Duration GRACE = Duration.ofSeconds(20);

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final RunListener listener;
    private final Duration grace;

    /** @param nanos a ticker for durations, such as {@code System::nanoTime} */
    public PlanRunner(InstantSource clock, LongSupplier nanos, RunListener listener) {
        this(clock, nanos, listener, GRACE);
    }

    PlanRunner(InstantSource clock, LongSupplier nanos, RunListener listener, Duration grace) {
        this.clock = clock;
        this.nanos = nanos;
        this.listener = listener;
        this.grace = grace;
    }

    /** Runs to the end, without a gate. */
    public RunReport run(StepGraph graph, Plan plan, String run) {
        return run(graph, plan, Optional.empty(), run);
    }

    /**
     * Runs to the end. What a step cannot do stands in the report and is not thrown.
     *
     * @param graph holds every step of the plan
     * @param gate tried beside the steps it does not rest on
     * @param run unique id of this run, for events and journal
     * @throws IllegalStateException after the run, when the listener failed with an exception
     */
    public RunReport run(StepGraph graph, Plan plan, Optional<Gate> gate, String run) {
        EventStream events = new EventStream(clock, listener);
        try {
            RunReport report = new Run(graph, plan, gate, run, events, nanos, grace).toEnd();
            events.reportFailure();
            return report;
        } finally {
            events.close();
        }
    }
}
