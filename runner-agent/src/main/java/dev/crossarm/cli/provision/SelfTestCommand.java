package dev.crossarm.cli.provision;

import dev.crossarm.cli.command.Displays;
import dev.crossarm.cli.command.HostGate;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.RootGate;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.RunDisplay;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.provision.proof.SelfTest;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm self-test}: the proof that this machine builds for the target. */
public final class SelfTestCommand implements Subcommand {
    private static final String FORCE = "--force";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "self-test",
                "Proves that this machine builds programs for x86-64.",
                "Compiles C, builds a Rust program that calls it (and C++, if it was provisioned), inspects the"
                        + " program and runs it, with exactly the environment of a job. Returns immediately if nothing"
                        + " has changed since the last pass.");
        spec.addOption(Options.flag("Run it again even if nothing has changed.", FORCE));
        spec.addOption(Options.flag("Print the evidence as one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(OwnCommands.MACHINE));
        spec.usageMessage().footer("Exit status: 0 if everything passed, 1 if something did not.");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        Site site = invocation.provisioned().require();
        HostGate.requireRights(
                site.loaded().settings().scope(),
                invocation.program().surroundings(),
                "crossarm self-test" + (invocation.has(FORCE) ? " " + FORCE : ""));
        RootGate.requireInUserScope(invocation, site, "crossarm self-test");
        SelfTest.Result result;
        try (RunDisplay display = Displays.of(invocation)) {
            result = site.selfTest(invocation.has(FORCE), display);
        }
        if (invocation.has(Options.JSON)) {
            invocation.messages().json(result.toJson());
        } else if (!invocation.messages().quiet()) {
            result.toText().forEach(invocation.console().out()::println);
        }
        return ExitStatus.DONE.code();
    }
}
