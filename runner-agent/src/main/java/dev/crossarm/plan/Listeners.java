package dev.crossarm.plan;

import java.util.ArrayList;
import java.util.List;

/** Hands each event on to several listeners, in their order. One that fails does not keep it from the others. */
public final class Listeners implements RunListener {
    private final List<RunListener> all;

    private Listeners(List<RunListener> all) {
        this.all = all;
    }

    public static RunListener of(RunListener... listeners) {
        return new Listeners(List.of(listeners));
    }

    /** @throws IllegalStateException when any of them failed, after all have been told */
    @Override
    public void on(RunEvent event) {
        List<RuntimeException> failures = new ArrayList<>();
        for (RunListener listener : all) {
            try {
                listener.on(event);
            } catch (RuntimeException broken) {
                failures.add(broken);
            }
        }
        if (!failures.isEmpty()) {
            IllegalStateException failure = new IllegalStateException("a listener failed", failures.get(0));
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
