package dev.crossarm.job.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Times the parts of a build. */
public final class Phases {
    private final LongSupplier nanos;
    private final long start;
    private final List<BuildSummary.Phase> phases = new ArrayList<>();

    public Phases(LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** Does a part of the work; its time counts also when it fails. */
    public <T> T time(String name, Supplier<T> work) {
        long begun = nanos.getAsLong();
        try {
            return work.get();
        } finally {
            phases.add(new BuildSummary.Phase(name, Duration.ofNanos(nanos.getAsLong() - begun)));
        }
    }

    public List<BuildSummary.Phase> all() {
        return List.copyOf(phases);
    }

    public Duration total() {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }
}
