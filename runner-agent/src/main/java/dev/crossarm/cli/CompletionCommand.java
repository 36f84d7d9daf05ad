package dev.crossarm.cli;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code crossarm completion}: the script that lets a shell complete commands and options. */
final class CompletionCommand implements Subcommand {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("completion", "Prints a script for completion of commands and options.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("SHELL")
                .arity("1")
                .required(true)
                .type(String.class)
                .completionCandidates(SHELLS)
                .description("bash or zsh.")
                .build());
        spec.usageMessage()
                .footer(
                        "Examples:",
                        "  source <(crossarm completion bash)      in ~/.bashrc",
                        "  source <(crossarm completion zsh)       in ~/.zshrc");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        String shell = invocation.parsed().matchedPositionalValue(0, "");
        if (!SHELLS.contains(shell)) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "unknown-shell",
                            "no completion for this shell, only for " + String.join(" and ", SHELLS),
                            "crossarm completion bash")
                    .asException();
        }
        // zsh looks at the first line of what it finds in its folder of functions.
        invocation
                .console()
                .data()
                .print((shell.equals("zsh") ? "#compdef crossarm\n" : "")
                        + CompletionScript.of(
                                invocation.parsed().commandSpec().root().commandLine(),
                                invocation.program().version()));
        return ExitStatus.DONE.code();
    }
}
