package dev.crossarm.plan;

import java.util.List;

/** A change as it is shown, for steps that still tell changes apart by that. */
public record PlannedFix(Change change) implements Fix {

    /** Repairs of which people are shown all there is to know. */
    public static List<Repair> all(List<Change> changes) {
        return changes.stream()
                .map(change -> Repair.of(change, new PlannedFix(change)))
                .toList();
    }

    /** The change in such a fix. */
    public static Change of(Fix fix) {
        return ((PlannedFix) fix).change();
    }
}
