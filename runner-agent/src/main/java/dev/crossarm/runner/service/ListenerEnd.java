package dev.crossarm.runner.service;

import java.time.Duration;
import java.util.Set;

/**
 * How a listener ended: everything the decision what comes next is made of.
 *
 * @param exit its exit status; 128 + n when signal n ended it
 * @param said what it told on the way
 * @param jobs how many jobs it began
 * @param ran how long it ran
 * @param registered whether {@code .runner} is there now
 * @param asked whether we told it to end, because the service is to stop
 * @param ended whether we ended it, because it hung
 */
record ListenerEnd(
        int exit, Set<ListenerSaid> said, int jobs, Duration ran, boolean registered, boolean asked, boolean ended) {

    ListenerEnd {
        said = Set.copyOf(said);
    }

    boolean said(ListenerSaid what) {
        return said.contains(what);
    }
}
