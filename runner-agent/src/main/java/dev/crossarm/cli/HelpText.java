package dev.crossarm.cli;

import java.io.PrintStream;
import java.util.function.UnaryOperator;
import picocli.CommandLine;

/** The help of a command, with its examples as they have to be pasted. */
final class HelpText {
    private static final String EXAMPLES = "\nExamples:\n";

    private HelpText() {}

    /** @param commands writes commands of this program as they have to be pasted */
    static void print(CommandLine command, PrintStream out, boolean colours, UnaryOperator<String> commands) {
        String text = command.getUsageMessage(colours ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF);
        int examples = text.indexOf(EXAMPLES);
        // Completion is for the name on PATH, and what is written for a shell's start is not run from here.
        if (examples < 0 || command.getCommandName().equals("completion")) {
            out.print(text);
        } else {
            out.print(text.substring(0, examples) + commands.apply(text.substring(examples)));
        }
    }
}
