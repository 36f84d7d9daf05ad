package dev.crossarm.host.process;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The signals that Java cannot send: it knows TERM and KILL only. Sent by the shell's own {@code kill}, which every system has. */
public enum ProcessSignal {
    /** Ends a runner's listener in order; cancels its job. */
    INT,
    /** Asks a process to end. */
    TERM,
    /** Halts a process where it is, whatever it does about signals. */
    STOP,
    /** Lets a halted process go on. */
    CONT,
    /** Ends a process at once. */
    KILL;

    private static final long SECONDS = 10;

    /**
     * Sends it.
     *
     * @return whether there was such a process, and we had the right
     */
    public boolean to(long pid) {
        if (pid <= 1) {
            throw new IllegalArgumentException("not a process to signal: " + pid);
        }
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", name(), String.valueOf(pid));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.directory(new File("/"));
        builder.environment().clear();
        boolean interrupted = false;
        try {
            Process kill = builder.start();
            while (true) {
                try {
                    return kill.waitFor(SECONDS, TimeUnit.SECONDS) && kill.exitValue() == 0;
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (IOException notStarted) {
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
