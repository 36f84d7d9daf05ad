package dev.crossarm.download;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time up to a cap, and between half and all of that by
 * chance, so that many hosts do not come back at the same moment.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration CAP = Duration.ofSeconds(30);
    /** A server that wants a longer pause than this is reported and not waited for. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** @param failures how many attempts have failed, from 1 */
    Duration delay(int failures) {
        long doubled = FIRST.toMillis() << Math.min(failures - 1, 20);
        long most = Math.min(doubled, CAP.toMillis());
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }

    /** What a {@code Retry-After} header asks for: seconds or a date (RFC 9110, 10.2.3). Empty when it is neither. */
    static Optional<Duration> retryAfter(String header, Instant now) {
        String value = header.strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        return httpDate(value).map(at -> at.isBefore(now) ? Duration.ZERO : Duration.between(now, at));
    }

    static Optional<Instant> httpDate(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }
}
