package dev.crossarm.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that is to be true of a host. A step holds its ports and settings; it keeps nothing between calls that a
 * fresh instance could not find out again, so a kill at any moment loses nothing.
 */
public interface Step {

    StepId id();

    /** What the step makes true, a few words for a list, for example {@code Rust toolchain stable}. */
    String summary();

    /**
     * Steps that must be satisfied before this one is changed. A plan checks all steps beforehand: one whose
     * requirements are not met yet may answer {@link Observation.Unknown} then.
     */
    Set<StepId> requires();

    /**
     * Reads the host and says what is to be repaired. Never writes, never uses the network; failures to find out are
     * {@link Observation.Unknown}.
     */
    Observation check();

    /**
     * Everything {@link #check} reads: while none of it changes, a check that was satisfied is satisfied again. Reads the host,
     * never writes. Empty where something besides files has a say just now; the check is then made each time.
     */
    default Optional<Inputs> inputs() {
        return Optional.empty();
    }

    /**
     * Carries out one repair of {@link #check} or {@link #planRemoval}. Atomic, or such that a kill inside it leaves drift that the next check
     * sees. Failures are {@link dev.crossarm.problem.CrossarmException}.
     *
     * @param progress told what is running and what is waited for
     */
    void apply(Fix fix, Progress progress);

    /**
     * The repairs that take away everything of ours this step may have left, and nothing else; empty when there is
     * nothing. Reads the host, never writes. Carried out by {@link #apply} like any other.
     */
    List<Repair> planRemoval();

    /**
     * What removal leaves on the host on purpose, each as a sentence with the command that would take it away. Reads the
     * host; to be asked before the removal is carried out.
     */
    default List<String> leftByRemoval() {
        return List.of();
    }
}
