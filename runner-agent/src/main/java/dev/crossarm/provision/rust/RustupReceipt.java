package dev.crossarm.provision.rust;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the rustup step remembers.
 *
 * @param homes directories it made
 * @param programs programs it added to a cargo home that is not ours
 * @param upgraded when rustup was last asked to update itself, ISO 8601, or empty
 */
record RustupReceipt(List<String> homes, List<String> programs, String upgraded) {
    static final RustupReceipt NONE = new RustupReceipt(List.of(), List.of(), "");

    RustupReceipt {
        homes = List.copyOf(homes);
        programs = List.copyOf(programs);
    }

    RustupReceipt withHomes(List<String> made) {
        return new RustupReceipt(plus(homes, made), programs, upgraded);
    }

    RustupReceipt withPrograms(List<String> added) {
        return new RustupReceipt(homes, plus(programs, added), upgraded);
    }

    RustupReceipt withUpgrade(Instant at) {
        return new RustupReceipt(homes, programs, at.toString());
    }

    boolean upgradedSince(Instant moment) {
        return !upgraded.isEmpty() && !Instant.parse(upgraded).isBefore(moment);
    }

    private static List<String> plus(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }
}
