package dev.crossarm.cli;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.problem.ExitStatus;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code crossarm rehearse}, for the launcher alone: run once when the command is installed, while the Java machine keeps an
 * archive of what it loads. None of the commands it runs writes anything: where it is run there is nothing to build. The
 * program knows the rest.
 */
final class RehearseCommand implements Subcommand {
    static final String NAME = "rehearse";

    @Override
    public CommandSpec spec() {
        return Options.command(NAME, "Loads what other commands need, for an archive of classes.");
    }

    /** Ends with 0 whatever they find. */
    @Override
    public int run(Invocation invocation) {
        Cli cli = new Cli(invocation.program(), invocation.console());
        cli.run("check", "--json");
        cli.run("provision", "--dry-run", "--here");
        cli.run("build", "--release", "--lambda", "-C", "/proc/self");
        invocation.program().loadEverything();
        return ExitStatus.DONE.code();
    }
}
