package dev.crossarm.cli.display;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.IntSupplier;

/**
 * The streams a run talks through. Results go to {@code out} and nothing else does; everything for the eye goes to
 * {@code err}.
 *
 * @param out standard output
 * @param err standard error
 * @param in standard input
 * @param outTerminal whether standard output is a terminal
 * @param errTerminal whether standard error is a terminal
 * @param inTerminal whether standard input is a terminal, so that a question can be answered
 * @param columns the terminal's width right now, in characters
 */
public record Console(
        PrintStream out,
        PrintStream err,
        InputStream in,
        boolean outTerminal,
        boolean errTerminal,
        boolean inTerminal,
        IntSupplier columns) {}
