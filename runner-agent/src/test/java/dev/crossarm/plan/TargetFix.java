package dev.crossarm.plan;

/** What the steps of tests are handed: what is to be done, and to what. */
public record TargetFix(Change.Kind kind, String target) implements Fix {

    /** The repair of one difference. */
    public static Repair of(Difference difference, Change change) {
        return Repair.of(difference, change, new TargetFix(change.kind(), change.target()));
    }

    /** The repair that a removal is. */
    public static Repair of(Change change) {
        return Repair.of(change, new TargetFix(change.kind(), change.target()));
    }
}
