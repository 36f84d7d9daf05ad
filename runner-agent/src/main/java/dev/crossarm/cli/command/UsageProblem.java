package dev.crossarm.cli.command;

import dev.crossarm.config.Suggestion;
import dev.crossarm.github.GitHubSettings;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Printable;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the words of a command line, and what was probably meant. */
public final class UsageProblem {

    /** What the runner's own script takes a token by, and what people expect. */
    private static final Set<String> TOKENS = Set.of("--token", "--pat", "--github-token");

    private UsageProblem() {}

    public static Problem of(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        String help = line.getCommandSpec().qualifiedName() + " --help";
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unknown(line, unmatched.getUnmatched().get(0), help);
        }
        // Of what hindered it the parser keeps the text only.
        if (String.valueOf(wrong.getMessage()).contains(InvalidPathException.class.getName())) {
            return of(new InvalidPathException(String.valueOf(wrong.getValue()), "not in this locale"));
        }
        String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("invalid command line");
        return problem(message, help);
    }

    /** A name that no file can have in the locale Java was started with. The launcher chooses one in which each can. */
    public static Problem of(InvalidPathException unnameable) {
        return problem(
                "this cannot be the name of a file in this locale: " + unnameable.getInput(), "export LC_ALL=C.UTF-8");
    }

    private static Problem unknown(CommandLine line, String word, String help) {
        String name = word.split("=", 2)[0];
        boolean option = name.startsWith("-");
        if (TOKENS.contains(name)) {
            return GitHubSettings.tokenOnCommandLine(name);
        }
        boolean commands = !line.getSubcommands().isEmpty();
        Set<String> known = option
                ? line.getCommandSpec().optionsMap().keySet()
                : line.getSubcommands().keySet();
        Optional<String> near = Suggestion.of(name, known);
        String what = option ? "unknown option " : commands ? "unknown command " : "unexpected argument ";
        String shown = printable(option ? name : word);
        return near.map(meant -> line.getCommandSpec().qualifiedName() + " " + meant)
                .filter(meant -> !meant.equals(help))
                .map(meant -> problem(what + shown, "did you mean: " + meant, help))
                .orElseGet(() -> problem(what + shown, help));
    }

    private static Problem problem(String summary, String... help) {
        return new Problem("usage", printable(summary), "", List.of(help), ExitStatus.USAGE);
    }

    private static String printable(String text) {
        return Printable.marked(text);
    }
}
