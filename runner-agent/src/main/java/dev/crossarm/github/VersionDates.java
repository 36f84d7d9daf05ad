package dev.crossarm.github;

import java.time.Instant;
import java.util.Optional;

/**
 * Until when GitHub accepts a version of the runner. The dates move: an answer holds for a day, not for the version's life.
 *
 * @param registrationEnds from then on none of this version can be registered; empty while no date is set
 * @param runEnds from then on it gets no jobs; empty while no date is set
 */
public record VersionDates(String version, Optional<Instant> registrationEnds, Optional<Instant> runEnds) {
    static VersionDates of(Fields fields) {
        return new VersionDates(
                fields.text("runner_version"),
                fields.optionalInstant("registration_deprecates_at"),
                fields.optionalInstant("runtime_deprecates_at"));
    }
}
