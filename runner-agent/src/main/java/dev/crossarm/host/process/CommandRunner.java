package dev.crossarm.host.process;

import java.util.function.Consumer;

/**
 * Runs child processes. Guarantees: the child gets a cleared environment with an allow-list (HOME, PATH, LANG, proxies,
 * certificate settings, RUSTUP_* …) plus the command's own variables; it is the leader of its own session; both
 * streams are drained whatever their volume; what is kept is bounded; a deadline or an interrupt ends the whole session
 * and not only the child (unless the command says {@link Command#neverKilled}).
 */
public interface CommandRunner {

    /**
     * Runs to the end.
     *
     * @param lines receives each output line as it arrives, scrubbed, for progress displays; from one thread at a time
     * @throws dev.crossarm.problem.CrossarmException when the program is not found or may not be run, or when the
     *     calling thread is interrupted (its interrupt flag is then set again)
     */
    CommandResult run(Command command, Consumer<String> lines);

    /** Runs to the end without showing lines. */
    default CommandResult run(Command command) {
        return run(command, line -> {});
    }
}
