package dev.crossarm.cli;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.command.UsageProblem;
import dev.crossarm.problem.ExitStatus;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code crossarm help}: the same as {@code --help}, for whoever types the word first. */
final class HelpCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("help", "Shows how to use crossarm, or one of its commands.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("COMMAND")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("The command to explain.")
                .build());
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        CommandLine chosen = invocation.parsed().commandSpec().root().commandLine();
        for (String word : invocation.parsed().matchedPositionalValue(0, List.<String>of())) {
            CommandLine next = chosen.getSubcommands().get(word);
            if (next == null) {
                throw UsageProblem.of(new UnmatchedArgumentException(chosen, List.of(word)))
                        .asException();
            }
            chosen = next;
        }
        HelpText.print(
                chosen,
                invocation.console().out(),
                invocation.outColours(),
                invocation.messages().commands());
        return ExitStatus.DONE.code();
    }
}
