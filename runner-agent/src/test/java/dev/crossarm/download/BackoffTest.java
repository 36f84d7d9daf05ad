package dev.crossarm.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void doubles_within_its_bounds_and_never_passes_the_cap() {
        Backoff backoff = new Backoff(new Random(7));
        for (int round = 0; round < 1000; round++) {
            for (int failures = 1; failures < 80; failures++) {
                long most = failures > 5 ? 30_000 : 1000L << (failures - 1);
                assertThat(backoff.delay(failures)).isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most));
            }
        }
    }

    @Test
    void spreads_hosts_that_fail_together() {
        assertThat(new Random(1)
                        .ints(100)
                        .mapToObj(seed -> new Backoff(new Random(seed)).delay(5))
                        .distinct())
                .hasSizeGreaterThan(90);
    }

    @Test
    void reads_seconds_and_dates_and_nothing_else() {
        assertThat(Backoff.retryAfter(" 120 ", NOW)).contains(Duration.ofMinutes(2));
        assertThat(Backoff.retryAfter("Mon, 23 Nov 2026 12:01:00 GMT", NOW)).contains(Duration.ofMinutes(1));
        assertThat(Backoff.retryAfter("Mon, 23 Nov 2026 11:00:00 GMT", NOW)).contains(Duration.ZERO);
        assertThat(Backoff.retryAfter("soon", NOW)).isEmpty();
        assertThat(Backoff.retryAfter("-1", NOW)).isEmpty();
        assertThat(Backoff.retryAfter("99999999999999999999", NOW)).isEmpty();
    }
}
