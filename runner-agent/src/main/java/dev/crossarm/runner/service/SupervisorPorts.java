package dev.crossarm.runner.service;

import dev.crossarm.host.Sleeper;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.runner.env.RunnerProcesses;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor reaches the machine through.
 *
 * @param environment what it was started with
 * @param pid the number of its own process
 * @param files writes what it says of itself
 * @param processes the machine's processes
 * @param clock tells the time
 * @param nanos a ticker for durations, in nanoseconds
 * @param sleeper waits
 * @param random makes pauses differ
 * @param out gets a line each: the listener's, and its own
 */
public record SupervisorPorts(
        Map<String, String> environment,
        long pid,
        HostFiles files,
        RunnerProcesses processes,
        InstantSource clock,
        LongSupplier nanos,
        Sleeper sleeper,
        RandomGenerator random,
        Consumer<String> out) {

    public SupervisorPorts {
        environment = Map.copyOf(environment);
    }

    /** Whether that long has gone by since then, by {@link #nanos}; never since a time that was not. */
    boolean past(@Nullable Long since, Duration limit) {
        return since != null && nanos.getAsLong() - since >= limit.toNanos();
    }
}
