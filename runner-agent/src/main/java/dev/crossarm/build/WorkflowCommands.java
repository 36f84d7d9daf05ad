package dev.crossarm.build;

import java.io.PrintStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the runner of a workflow job reads out of a step's output. It takes every line that looks like a command for one,
 * so while compilers, build scripts and tests write, it is told to stop, with a word that cannot be foreseen. Outside of a
 * job nothing is written.
 */
final class WorkflowCommands implements AutoCloseable {
    /** GitHub shows no more errors of one step ("Usage limits" of the checks API). */
    static final int MOST = 10;

    private final boolean inJob;
    private final PrintStream err;
    private final RandomGenerator random;
    private @Nullable String token;

    WorkflowCommands(boolean inJob, PrintStream err, RandomGenerator random) {
        this.inJob = inJob;
        this.err = err;
        this.random = random;
    }

    /** From here on no output is taken for a command. */
    void stop() {
        if (inJob && token == null) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            token = "crossarm-" + HexFormat.of().formatHex(bytes);
            err.println("::stop-commands::" + token);
        }
    }

    private void resume() {
        if (token != null) {
            err.println("::" + token + "::");
            token = null;
        }
    }

    /** Annotates the run; of many only the first, and how many more there are. */
    void annotate(List<Annotation> annotations) {
        if (!inJob || annotations.isEmpty()) {
            return;
        }
        Optional<String> before = Optional.ofNullable(token);
        resume();
        boolean all = annotations.size() <= MOST;
        annotations.subList(0, all ? annotations.size() : MOST - 1).forEach(one -> err.println(one.command()));
        if (!all) {
            int more = annotations.size() - (MOST - 1);
            err.println(Annotation.of(more + " more errors", "The log has them all.")
                    .command());
        }
        if (before.isPresent()) {
            stop();
        }
    }

    @Override
    public void close() {
        resume();
    }
}
