package dev.crossarm.host.process;

/**
 * Runs a child whose output is for a person: every byte is handed on as it comes, colours and all, and nothing is kept.
 * Session, deadline and interrupt are as with {@link CommandRunner}.
 */
public interface StreamingRunner {

    /**
     * Runs to the end.
     *
     * @param sink gets what the child writes, in the calling thread
     * @return its exit status; 128 + n when signal n ended it, or 124 when its deadline did
     * @throws dev.crossarm.problem.CrossarmException when the program is not found or may not be run, or when the
     *     calling thread is interrupted (its interrupt flag is then set again, and the whole session is gone)
     */
    int stream(Command command, OutputSink sink);
}
