package dev.crossarm.cli.runner;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.life.RunnerLife;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm runner env}: puts the variables of jobs into a runner's environment. */
public final class RunnerEnvCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "env",
                "Puts this machine's build variables into a runner's environment.",
                "Merges them into its .env and .path, and leaves all other lines alone. An idle runner is restarted to read"
                        + " them, a busy one when its job has ended.");
        spec.addPositional(MeantRunner.spec());
        spec.addArgGroup(Options.settings(OwnCommands.RUNNER_LIFE));
        spec.usageMessage().footer("Example: sudo crossarm runner env");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        Site site = invocation.program().site(RunnerGate.require(invocation));
        RunnerLife life = site.runnerLife();
        RunnerName name = MeantRunner.meant(invocation, life);
        Site.Hold held = site.hold(
                invocation.pasted(invocation.again()),
                reason -> invocation.messages().say(reason));
        try {
            life.environment(name, line -> invocation.messages().say(line));
        } finally {
            held.close();
        }
        invocation.console().out().println("The environment of the runner " + name + " is up to date");
        return ExitStatus.DONE.code();
    }
}
