package dev.crossarm.github;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * When the next request may be sent, as GitHub's limits and its answers have it. Only counts and never waits: who is told
 * to wait schedules the call anew. One for all calls of a credential on a host. For many threads.
 *
 * <p>Pauses are longer by chance than they have to be, so that the hosts of a credential do not all come back at once.
 */
public final class RequestPace {
    /** What GitHub's documentation asks for: a second between writes. */
    public static final Duration USUAL = Duration.ofSeconds(1);

    /** The least pause after a secondary limit of which no header tells; GitHub's documentation, "Rate limits". */
    static final Duration SECONDARY = Duration.ofMinutes(1);

    private static final Duration SECONDARY_MOST = Duration.ofMinutes(30);

    /** A primary limit is counted by the hour; a header that says more is wrong. */
    private static final Duration LONGEST = Duration.ofMinutes(65);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(2);
    private static final Duration SPREAD = Duration.ofMinutes(1);

    /** Of calls whose limit is not known yet. */
    private static final String CORE = "core";

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Duration betweenWrites;
    private final Map<String, String> resources = new HashMap<>();
    private final Map<String, Instant> blocked = new HashMap<>();
    private Instant nextWrite = Instant.MIN;
    private Instant allBlocked = Instant.MIN;
    private int secondaryInRow;

    /** @param betweenWrites the least time from one write to the next */
    public RequestPace(InstantSource clock, RandomGenerator random, Duration betweenWrites) {
        this.clock = clock;
        this.random = random;
        this.betweenWrites = betweenWrites;
    }

    /** Takes the turn for a call of this family: zero when it may be sent now, else how long not to. */
    synchronized Duration take(String family, boolean write) {
        Instant now = clock.instant();
        Instant free = later(allBlocked, blocked.getOrDefault(resource(family), Instant.MIN));
        if (write) {
            // A clock that was set back must not stop everything until it has caught up.
            boolean setBack = nextWrite.isAfter(now.plus(betweenWrites));
            free = later(free, setBack ? now : nextWrite);
        }
        if (free.isAfter(now.plus(LONGEST).plus(SPREAD))) {
            allBlocked = Instant.MIN;
            blocked.clear();
            free = now;
        }
        if (free.isAfter(now)) {
            return Duration.between(now, free);
        }
        if (write) {
            nextWrite = now.plus(betweenWrites);
        }
        return Duration.ZERO;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private String resource(String family) {
        return resources.getOrDefault(family, CORE);
    }

    /** Which of GitHub's limits this family of calls counts against, as an answer said. */
    synchronized void counted(String family, String resource) {
        resources.put(family, resource);
    }

    /** The limit that this family counts against is used up for so long. Says how long to stay away. */
    synchronized Duration primary(String family, Duration untilReset) {
        Duration pause = spread(shorter(untilReset, LONGEST));
        blocked.put(resource(family), clock.instant().plus(pause));
        return pause;
    }

    /**
     * A secondary limit: nothing is to be sent for a while.
     *
     * @param asked by the answer; zero when it does not say
     */
    synchronized Duration secondary(Duration asked) {
        Duration grown = SECONDARY.multipliedBy(1L << Math.min(secondaryInRow, 10));
        secondaryInRow++;
        Duration pause = spread(shorter(asked.isZero() ? shorter(grown, SECONDARY_MOST) : asked, LONGEST));
        allBlocked = clock.instant().plus(pause);
        return pause;
    }

    /** An answer that is no complaint. */
    synchronized void fine() {
        secondaryInRow = 0;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Up to a quarter more, at least some seconds and at most a minute. */
    private Duration spread(Duration pause) {
        long quarter = Math.max(pause.toMillis() / 4, 5_000);
        return pause.plusMillis(random.nextLong(Math.min(quarter, SPREAD.toMillis()) + 1));
    }

    /**
     * The pause before what may be repeated is tried again: anything up to a bound that doubles ("full jitter").
     *
     * @param failures in a row, from 1
     */
    public synchronized Duration backoff(int failures) {
        long bound = Math.min(FIRST.toMillis() << Math.min(Math.max(failures, 1) - 1, 20), MOST.toMillis());
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
