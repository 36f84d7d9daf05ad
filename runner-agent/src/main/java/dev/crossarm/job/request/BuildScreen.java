package dev.crossarm.job.request;

import dev.crossarm.host.process.OutputSink;
import java.io.PrintStream;
import java.util.function.IntSupplier;

/**
 * Where a build talks to people.
 *
 * @param err standard error
 * @param terminal whether it is one that progress can be drawn on
 * @param colours whether colours are wanted
 * @param quiet whether only what is wrong is said
 * @param columns the terminal's width
 */
public record BuildScreen(PrintStream err, boolean terminal, boolean colours, boolean quiet, IntSupplier columns) {

    /** A line that a quiet run leaves out. */
    public void say(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    public void warn(String line) {
        err.println((colours ? "\u001b[33mwarning:\u001b[0m " : "warning: ") + line);
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
