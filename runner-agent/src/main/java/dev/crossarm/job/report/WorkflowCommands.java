package dev.crossarm.job.report;

import dev.crossarm.job.cargo.Annotation;
import dev.crossarm.text.MaskedStream;
import java.io.PrintStream;
import java.util.ArrayList;
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
public final class WorkflowCommands implements AutoCloseable {
    /** GitHub shows no more of one level and step ("Limitations" of its documentation of annotations). */
    static final int MOST = 10;

    private final boolean inJob;
    private final PrintStream err;
    private final RandomGenerator random;
    private @Nullable String token;

    public WorkflowCommands(boolean inJob, PrintStream err, RandomGenerator random) {
        this.inJob = inJob;
        this.err = err;
        this.random = random;
    }

    /** From here on no output is taken for a command. */
    public void stop() {
        if (inJob && token == null) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            token = "crossarm-" + HexFormat.of().formatHex(bytes);
            command("::stop-commands::" + token);
        }
    }

    private void command(String line) {
        if (err instanceof MaskedStream masked) {
            masked.command(line);
        } else {
            err.println(line);
        }
    }

    private void resume() {
        if (token != null) {
            command("::" + token + "::");
            token = null;
        }
    }

    /** Annotates the run; of many of one level only the first, and how many more there are. */
    public void annotate(List<Annotation> annotations) {
        if (!inJob || annotations.isEmpty()) {
            return;
        }
        Optional<String> before = Optional.ofNullable(token);
        resume();
        for (Annotation.Level level : Annotation.Level.values()) {
            shown(annotations.stream().filter(one -> one.level() == level).toList(), level)
                    .forEach(one -> command(one.command()));
        }
        if (before.isPresent()) {
            stop();
        }
    }

    private static List<Annotation> shown(List<Annotation> all, Annotation.Level level) {
        if (all.size() <= MOST) {
            return all;
        }
        List<Annotation> shown = new ArrayList<>(all.subList(0, MOST - 1));
        String title = (all.size() - shown.size()) + " more " + level.word() + "s";
        shown.add(new Annotation(level, title, "The log has all of them.", Optional.empty()));
        return shown;
    }

    @Override
    public void close() {
        resume();
    }
}
