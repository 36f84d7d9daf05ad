package dev.crossarm.diagnose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one thing was seen first: in what cargo says itself, and in the warnings of each build script. A build script that
 * ended well may have warned of anything; it explains no failure.
 */
final class Sightings {
    /** Of so many build scripts the warnings are told apart. */
    private static final int MOST_REPORTERS = 256;

    private @Nullable Sighting plain;
    private final Map<String, Sighting> reported = new LinkedHashMap<>();

    /**
     * What stood in a line.
     *
     * @param crate the crate it is about, as far as it is known
     */
    record Sighting(
            String line,
            long number,
            List<String> groups,
            @Nullable String crate) {}

    /** Whether a sighting in a line of this build script, or of none, would be the first. */
    boolean wanted(@Nullable String reporter) {
        return reporter == null ? plain == null : !reported.containsKey(reporter) && reported.size() < MOST_REPORTERS;
    }

    void add(Sighting sighting, @Nullable String reporter) {
        if (reporter == null) {
            plain = sighting;
        } else {
            reported.put(reporter, sighting);
        }
    }

    /** The crate that failed is known now. */
    void settle(String crate) {
        Sighting seen = plain;
        if (seen != null && seen.crate() == null) {
            plain = new Sighting(seen.line(), seen.number(), seen.groups(), crate);
        }
    }

    /** The first that may explain the failure of these crates; of any crate when none is known. */
    Optional<Sighting> first(Set<String> failed) {
        Stream<Sighting> all = reported.entrySet().stream()
                .filter(entry -> failed.isEmpty() || failed.contains(entry.getKey()))
                .map(Map.Entry::getValue);
        return Stream.concat(Stream.ofNullable(plain), all)
                .min((one, other) -> Long.compare(one.number(), other.number()));
    }

    void forget() {
        plain = null;
        reported.clear();
    }
}
