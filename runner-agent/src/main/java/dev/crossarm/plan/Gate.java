package dev.crossarm.plan;

import java.util.Set;

/**
 * What a run has to pass in the end, tried once, as soon as the steps it rests on have ended well: steps that it does not rest on
 * go on beside it. Where one of those it rests on does not end well, it is not tried.
 */
public interface Gate {

    /** The name it has in events. */
    StepId id();

    /** What it does, a few words. */
    String summary();

    /** Steps it rests on; those that are not part of the plan do not count. */
    Set<StepId> requires();

    /**
     * Tries it.
     *
     * @param progress told what is running and what is waited for
     * @throws dev.crossarm.problem.CrossarmException when it is not passed
     */
    Outcome pass(Progress progress);
}
