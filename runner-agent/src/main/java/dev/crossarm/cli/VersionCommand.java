package dev.crossarm.cli;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.problem.ExitStatus;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm version}: the same as {@code --version}. */
final class VersionCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        return Options.command("version", "Prints the version.");
    }

    @Override
    public int run(Invocation invocation) {
        invocation.console().out().println("crossarm " + invocation.program().version());
        return ExitStatus.DONE.code();
    }
}
