package dev.crossarm.cli.runner;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.life.RunnerLife;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm undrain}: lets a runner that was drained and stayed take jobs again. */
public final class UndrainCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "undrain",
                "Lets a runner that was drained with --until-idle take jobs again.",
                "Gives the runner its recorded labels on GitHub, whatever they are now.");
        spec.addPositional(MeantRunner.spec());
        spec.addArgGroup(Options.settings(OwnCommands.RUNNER_LIFE));
        spec.usageMessage().footer("Example: sudo crossarm undrain");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        RunnerLife life =
                invocation.program().site(RunnerGate.require(invocation)).runnerLife();
        RunnerName name = MeantRunner.meant(invocation, life);
        life.undrain(name);
        invocation.console().out().println("The runner " + name + " has its labels and takes jobs");
        return ExitStatus.DONE.code();
    }
}
