package dev.crossarm.plan;

import java.util.List;

/**
 * One thing a step does to the host.
 *
 * @param differences what is not as it should be and is repaired by it; none where another repair of the step shows it
 * @param change what people are shown of it
 * @param fix what the step is handed to carry it out
 * @param cost about what it costs
 */
public record Repair(List<Difference> differences, Change change, Fix fix, Cost cost) {
    public Repair {
        differences = List.copyOf(differences);
    }

    /** A repair that costs next to nothing. */
    public Repair(List<Difference> differences, Change change, Fix fix) {
        this(differences, change, fix, Cost.NONE);
    }

    /** The repair of one difference. */
    public static Repair of(Difference difference, Change change, Fix fix) {
        return new Repair(List.of(difference), change, fix);
    }

    /** A repair whose differences nobody asks for, as of a removal. */
    public static Repair of(Change change, Fix fix) {
        return new Repair(List.of(), change, fix);
    }

    /** The same repair at this cost. */
    public Repair at(Cost newCost) {
        return new Repair(differences, change, fix, newCost);
    }
}
