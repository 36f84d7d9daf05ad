package dev.crossarm.cli;

import dev.crossarm.cli.command.ColourChoice;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Program;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.command.UsageProblem;
import dev.crossarm.cli.display.BugReport;
import dev.crossarm.cli.display.Console;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.cli.display.Messages;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line from its words to its exit status. Nothing leaves it as an exception but errors of the Java machine. */
public final class Cli {
    private final Program program;
    private final Console console;

    public Cli(Program program, Console console) {
        this.program = program;
        this.console = console;
    }

    /**
     * Carries out one command line.
     *
     * @return the status to end with
     */
    public int run(String... arguments) {
        Grammar grammar = new Grammar(program.version(), Arrays.asList(arguments));
        CommandLine line = grammar.commandLine();
        ParseResult parsed;
        try {
            parsed = line.parseArgs(arguments);
            refuseUnmatched(parsed);
        } catch (ParameterException wrong) {
            List<String> words = Arrays.asList(arguments);
            Messages messages = messages(words);
            Problem problem = UsageProblem.of(wrong);
            if (words.contains(Options.JSON)) {
                messages.json(JsonText.tree(problem));
            }
            messages.report(problem);
            return ExitStatus.USAGE.code();
        }
        return run(grammar, parsed);
    }

    /** Beside a request for help or the version the parser lets every word pass, and a script would take its mistake for done. */
    private static void refuseUnmatched(ParseResult whole) {
        for (ParseResult one : whole.asCommandLineList().stream()
                .map(CommandLine::getParseResult)
                .toList()) {
            if (!one.unmatched().isEmpty()) {
                throw new UnmatchedArgumentException(one.commandSpec().commandLine(), one.unmatched());
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // the one place where a bug is turned into a report
    private int run(Grammar grammar, ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        Messages messages = messages(last.originalArgs());
        try {
            boolean outColours = colours(last).colours(program.surroundings(), console.outTerminal());
            if (parsed.isVersionHelpRequested()) {
                console.out().println("crossarm " + program.version());
                return ExitStatus.DONE.code();
            }
            CommandLine chosen = last.commandSpec().commandLine();
            if (last.isUsageHelpRequested()) {
                HelpText.print(chosen, console.out(), outColours, messages.commands());
                return ExitStatus.DONE.code();
            }
            Subcommand subcommand = grammar.subcommand(last.commandSpec());
            if (subcommand == null) {
                HelpText.print(chosen, console.err(), false, messages.commands());
                return ExitStatus.USAGE.code();
            }
            return subcommand.run(new Invocation(last, console, messages, outColours, program));
        } catch (CrossarmException expected) {
            return report(last, messages, expected.problem(), expected);
        } catch (InvalidPathException unnameable) {
            return report(last, messages, UsageProblem.of(unnameable), unnameable);
        } catch (RuntimeException bug) {
            return report(last, messages, BugReport.of(bug, program.version()), bug);
        }
    }

    private int report(ParseResult parsed, Messages messages, Problem problem, Throwable cause) {
        boolean json = parsed.commandSpec().findOption(Options.JSON) != null
                && parsed.matchedOptionValue(Options.JSON, Boolean.FALSE);
        if (json) {
            messages.json(JsonText.tree(problem));
        }
        messages.report(problem);
        if (problem.exit() == ExitStatus.BUG || parsed.matchedOptionValue(Options.STACKTRACE, Boolean.FALSE)) {
            messages.trace(cause);
        }
        return problem.exit().code();
    }

    private static ColourChoice colours(ParseResult parsed) {
        String choice = parsed.matchedOptionValue(Options.COLOUR, "auto");
        try {
            return ColourChoice.valueOf(choice.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "bad-option",
                            "--color is one of auto, always, never; it was given as "
                                    + choice.lines().findFirst().orElse(""))
                    .asException(unknown);
        }
    }

    /** Before and without parsing, so that what is wrong with the words can be said in the right way too. */
    private Messages messages(List<String> words) {
        Messages.Loudness loudness = Messages.Loudness.NORMAL;
        ColourChoice colours = ColourChoice.AUTO;
        for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
            String word = words.get(i);
            if (word.equals("-q") || word.equals(Options.QUIET)) {
                loudness = Messages.Loudness.QUIET;
            } else if (word.equals("-v") || word.equals(Options.VERBOSE)) {
                loudness = Messages.Loudness.VERBOSE;
            } else if (word.equals("--color=always") || follows(words, i, "always")) {
                colours = ColourChoice.ALWAYS;
            } else if (word.equals("--color=never") || follows(words, i, "never")) {
                colours = ColourChoice.NEVER;
            }
        }
        return new Messages(
                console, loudness, colours.colours(program.surroundings(), console.errTerminal()), program.commands());
    }

    private static boolean follows(List<String> words, int at, String value) {
        return words.get(at).equals(Options.COLOUR)
                && at + 1 < words.size()
                && words.get(at + 1).equals(value);
    }
}
