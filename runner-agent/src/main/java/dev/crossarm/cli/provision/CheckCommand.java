package dev.crossarm.cli.provision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.ProvisionedScope;
import dev.crossarm.cli.command.RootGate;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.CheckText;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.Planner;
import dev.crossarm.plan.RunJson;
import dev.crossarm.plan.Selection;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Distribution;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm check}: whether this machine still is as provisioning left it. */
public final class CheckCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "check",
                "Checks that this machine is still as provision left it.",
                "Shows what differs. Changes nothing and uses no network.");
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(OwnCommands.MACHINE));
        spec.usageMessage().footer("Exit status: 0 if nothing differs, 2 if something does.");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        ProvisionedScope scope = invocation.provisioned();
        scope.hint().ifPresent(invocation.messages()::warn);
        Site site = scope.site();
        RootGate.requireInUserScope(invocation, site, "crossarm check");
        Distribution.require(site.facts());
        StepGraph steps = site.steps(false);
        Plan plan = new Planner(steps).plan(Selection.all(steps));
        ExitStatus exit = plan.problems().stream()
                .findFirst()
                .map(Problem::exit)
                .orElse(plan.isEmpty() ? ExitStatus.DONE : ExitStatus.DRIFT);
        if (invocation.has(Options.JSON)) {
            ObjectNode json = JsonText.start();
            json.set("plan", RunJson.of(plan));
            json.put("exit", exit.code());
            invocation.messages().json(json);
        } else if (!invocation.messages().quiet()) {
            new CheckText(plan, closing(site), invocation.messages().verbose(), invocation.outColours())
                    .lines().stream()
                            .map(invocation::pasted)
                            .forEach(invocation.console().out()::println);
        }
        plan.problems().forEach(invocation.messages()::report);
        return exit.code();
    }

    private static String closing(Site site) {
        return site.provisioned()
                ? "This machine differs from what was provisioned. To fix it: crossarm provision"
                : "Nothing is provisioned on this machine in "
                        + site.loaded().settings().scope().name().toLowerCase(Locale.ROOT)
                        + " scope. To set it up: crossarm provision";
    }
}
