package dev.crossarm.github;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's time: tokens live and limits end by its clock, and that of a host may be minutes off. The host's own until an
 * answer has told better.
 */
final class ServerClock {
    private final InstantSource local;
    private volatile Duration ahead = Duration.ZERO;

    ServerClock(InstantSource local) {
        this.local = local;
    }

    Instant now() {
        return local.instant().plus(ahead);
    }

    /** How far GitHub's clock is ahead of the host's. */
    Duration ahead() {
        return ahead;
    }

    /** @param date the header of an answer that has just come */
    void told(@Nullable String date) {
        parse(date).ifPresent(server -> ahead = Duration.between(local.instant(), server));
    }

    static Optional<Instant> parse(@Nullable String date) {
        if (date == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException notDate) {
            return Optional.empty();
        }
    }
}
