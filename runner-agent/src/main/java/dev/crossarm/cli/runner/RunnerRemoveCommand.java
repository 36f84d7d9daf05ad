package dev.crossarm.cli.runner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.cli.display.Question;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.plan.RunJson;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.life.RunnerLife;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm runner remove}: takes a runner away, from GitHub and from this machine. */
public final class RunnerRemoveCommand implements Subcommand {
    private static final String NOW = "--now";
    private static final String FORCE_LOCAL = "--force-local";
    private static final String YES = "--yes";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "remove",
                "Removes a runner from GitHub and from this machine.",
                "Lets it finish its job, deletes its record on GitHub, and removes its service, its folder, and the account"
                        + " if Crossarm made it for it. Where GitHub cannot be reached, removes what is on this machine, and"
                        + " says how to delete the record later.");
        spec.addPositional(MeantRunner.spec());
        spec.addOption(Options.flag(
                "Do not wait a minute for a job that may be on its way. Refused while a job is running.", NOW));
        spec.addOption(Options.flag("Leave GitHub alone and remove only what is on this machine.", FORCE_LOCAL));
        spec.addOption(Options.flag("Do not ask before removing.", "-y", YES));
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(OwnCommands.RUNNER_LIFE));
        spec.usageMessage()
                .footer(
                        "Exit status: 0 if nothing is left, 2 if --force-local left a record on GitHub; other errors have",
                        "their own status.",
                        "",
                        "Examples:",
                        "  sudo crossarm runner remove",
                        "  sudo crossarm runner remove arm-2 --yes");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        Site site = invocation.program().site(RunnerGate.require(invocation));
        RunnerLife life = site.runnerLife();
        RunnerName name = MeantRunner.meant(invocation, life);
        String command = "crossarm runner remove " + name;
        if (!invocation.has(YES)
                && !new Question(invocation.console())
                        .agreed("Remove the runner " + name + ", with its folder?", invocation.pasted(command))) {
            invocation.messages().say("Nothing was removed.");
            return ExitStatus.DECLINED.code();
        }
        Optional<Problem> rest = life.remove(
                name,
                invocation.has(NOW),
                invocation.has(FORCE_LOCAL),
                () -> {
                    Site.Hold held = site.hold(
                            invocation.pasted(command),
                            reason -> invocation.messages().say(reason));
                    return held::close;
                },
                line -> invocation.messages().say(line));
        int exit = rest.map(Problem::exit).orElse(ExitStatus.DONE).code();
        if (invocation.has(Options.JSON)) {
            ObjectNode json = JsonText.start();
            json.put("name", name.value());
            rest.ifPresent(problem -> json.set("problem", RunJson.of(problem)));
            json.put("exit", exit);
            invocation.messages().json(json);
        } else if (rest.isEmpty()) {
            invocation.console().out().println("Removed the runner " + name);
        }
        rest.ifPresent(invocation.messages()::report);
        return exit;
    }
}
