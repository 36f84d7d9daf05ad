package dev.crossarm.job.request;

import dev.crossarm.host.process.OutputSink;
import java.io.PrintStream;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/**
 * Where a build talks to people.
 *
 * @param err standard error
 * @param terminal whether it is one that progress can be drawn on
 * @param colours whether colours are wanted
 * @param quiet whether only what is wrong is said
 * @param columns the terminal's width
 * @param commands writes commands of this program as they have to be pasted, wherever in a text they are
 */
public record BuildScreen(
        PrintStream err,
        boolean terminal,
        boolean colours,
        boolean quiet,
        IntSupplier columns,
        UnaryOperator<String> commands) {

    /** A line that a quiet run leaves out. */
    public void say(String line) {
        if (!quiet) {
            err.println(commands.apply(line));
        }
    }

    public void warn(String line) {
        err.println((colours ? "\u001b[33mwarning:\u001b[0m " : "warning: ") + commands.apply(line));
    }

    /** Shows both streams of a child as they come. */
    public OutputSink passing() {
        return new OutputSink() {
            @Override
            public void out(byte[] bytes) {
                err(bytes);
            }

            @Override
            public void err(byte[] bytes) {
                err.write(bytes, 0, bytes.length);
            }
        };
    }
}
