package dev.crossarm.cli.display;

import dev.crossarm.text.Mask;
import dev.crossarm.text.MaskedStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.IntSupplier;

/**
 * The streams a run talks through. Results go to {@code out} and nothing else does; everything for the eye goes to
 * {@code err}. Every text is masked on its way out.
 *
 * @param mask hides what must not be shown
 * @param inJob whether the runner of a workflow job reads both, so that no text may look like a command to it
 * @param out standard output
 * @param err standard error
 * @param in standard input
 * @param outTerminal whether standard output is a terminal
 * @param errTerminal whether standard error is a terminal
 * @param inTerminal whether standard input is a terminal, so that a question can be answered
 * @param columns the terminal's width right now, in characters
 */
public record Console(
        Mask mask,
        boolean inJob,
        PrintStream out,
        PrintStream err,
        InputStream in,
        boolean outTerminal,
        boolean errTerminal,
        boolean inTerminal,
        IntSupplier columns) {

    public Console {
        out = new MaskedStream(out, mask, inJob);
        err = new MaskedStream(err, mask, inJob);
    }

    /** A line on standard output that the runner of a job is to obey. */
    public void command(String line) {
        ((MaskedStream) out).command(line);
    }

    /** Standard output for what programs read, such as paths and assignments: as it is. JSON is masked value by value. */
    public PrintStream data() {
        return ((MaskedStream) out).plain();
    }
}
