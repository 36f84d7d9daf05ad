package dev.crossarm.host.process;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ends the session of a child: TERM to every process of it, and KILL to those that are still there after the grace. */
final class SessionEnd {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 20;

    private final long leader;
    // Remembered, because one that made a session of its own is no longer found once its parent is gone.
    private final Set<ProcessTable.Entry> seen = new HashSet<>();
    // Once gone, never looked for again: the kernel may then give the leader's number to a stranger.
    private boolean gone;

    private SessionEnd(long leader) {
        this.leader = leader;
    }

    /**
     * Ends them all at the same time, so that many take no longer than one. An interrupt shortens the grace; the flag
     * is set again afterwards.
     *
     * @return whether all are gone; those of other accounts may not be
     */
    static boolean of(Collection<Long> leaders, Duration grace) {
        List<SessionEnd> ends = leaders.stream().map(SessionEnd::new).toList();
        boolean interrupted = signalUntilGone(ends, false, grace);
        interrupted |= signalUntilGone(ends, true, KILL_LIMIT);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        ProcessTable table = ProcessTable.now();
        return ends.stream().allMatch(end -> end.living(table).isEmpty());
    }

    /** Ends them all at once. */
    static boolean killed(Collection<Long> leaders, Duration limit) {
        List<SessionEnd> ends = leaders.stream().map(SessionEnd::new).toList();
        if (signalUntilGone(ends, true, limit)) {
            Thread.currentThread().interrupt();
        }
        ProcessTable table = ProcessTable.now();
        return ends.stream().allMatch(end -> end.living(table).isEmpty());
    }

    private static boolean signalUntilGone(List<SessionEnd> ends, boolean force, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Set<ProcessTable.Entry> signalled = new HashSet<>();
        while (true) {
            ProcessTable table = ProcessTable.now();
            boolean gone = true;
            for (SessionEnd session : ends) {
                for (ProcessTable.Entry entry : session.living(table)) {
                    gone = false;
                    if (signalled.add(entry)) {
                        signal(entry, force);
                    }
                }
            }
            if (gone || System.nanoTime() - end > 0) {
                return false;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException hurry) {
                return true;
            }
        }
    }

    private Set<ProcessTable.Entry> living(ProcessTable table) {
        if (!gone) {
            seen.addAll(table.family(leader));
            seen.removeIf(entry -> !table.lives(entry));
            gone = seen.isEmpty();
        }
        return Set.copyOf(seen);
    }

    private static void signal(ProcessTable.Entry entry, boolean force) {
        ProcessHandle.of(entry.pid()).ifPresent(process -> {
            if (force) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
        });
    }
}
