package dev.crossarm.plan;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets one thing go wrong: the n-th time that work comes to a place where it could. */
final class FaultAt implements Checkpoint, RunListener {

    /** What goes wrong. */
    enum Fault {
        /** The process ends there, without any cleaning up. */
        KILL,
        /** The write there finds no space, as {@link dev.crossarm.host.files.DurableFiles} reports it. */
        FULL_DISK,
        NONE
    }

    /** Nothing in the program may catch this: after a kill nothing runs. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(String place) {
            super("killed at " + place, null, false, false);
        }
    }

    private final Fault fault;
    private final int when;
    private final AtomicInteger count = new AtomicInteger();
    private volatile String struck = "";

    private FaultAt(Fault fault, int when) {
        this.fault = fault;
        this.when = when;
    }

    /** The n-th place, counted from 1. */
    static FaultAt place(Fault fault, int when) {
        return new FaultAt(fault, when);
    }

    static FaultAt never() {
        return new FaultAt(Fault.NONE, 0);
    }

    @Override
    public void reached(String place) {
        if (count.incrementAndGet() == when && fault != Fault.NONE) {
            struck = place;
            if (fault == Fault.KILL) {
                throw new Killed(place);
            }
            throw new Problem(
                            "no-space",
                            "cannot write at " + place + ": no space left",
                            "No space left on device",
                            java.util.List.of("make room"),
                            ExitStatus.CANNOT_CREATE)
                    .asException();
        }
    }

    /** Between two events is a place too: before a step, between its changes, before the check after them. */
    @Override
    public void on(RunEvent event) {
        if (!(event instanceof RunEvent.Output)) {
            reached("event " + event.getClass().getSimpleName());
        }
    }

    /** Where the fault struck; empty when the work never came to the n-th place. */
    String struck() {
        return struck;
    }

    boolean isKill(Throwable error) {
        return error instanceof Killed;
    }
}
