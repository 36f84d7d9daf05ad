package dev.crossarm.cli.provision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.HostGate;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.RootGate;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.cli.display.PlanText;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.Planner;
import dev.crossarm.plan.RunJson;
import dev.crossarm.plan.Selection;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm provision}: plans, shows, asks, carries out, proves. */
public final class ProvisionCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "provision",
                "Sets up this machine to build Rust for x86-64.",
                "Installs whatever is missing: packages, Rust, compiler wrappers, and variables for this machine's"
                        + " runners. Then it proves with a self-test that they work. Shows a plan and asks before it"
                        + " changes anything; changes nothing that is already in order.");
        ProvisionOptions.describe(spec);
        spec.usageMessage()
                .footer(
                        "Exit status: 0 if everything is in order, 1 if a step failed, 2 if --dry-run",
                        "--detailed-exitcode found something to do; other errors have their own status.",
                        "",
                        "Examples:",
                        "  crossarm provision --dry-run",
                        "  sudo crossarm provision --yes --runner /home/runner/actions-runner",
                        "  sudo crossarm provision --channel 1.85.1 --component clippy --component rust-src",
                        "  sudo crossarm provision --cpp",
                        "  crossarm provision --scope user",
                        "  sudo crossarm provision --remove");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        ProvisionOptions options = ProvisionOptions.of(invocation);
        Site site = invocation.site();
        HostGate.require(site.facts(), options.here() || options.remove(), options.command());
        RootGate.requireInUserScope(invocation, site, options.command());
        StepGraph steps = site.steps(options.upgrade());
        Selection selection = Selection.of(steps, options.only(), options.skip());
        if (options.dryRun()) {
            return dryRun(invocation, options, site, plan(options, steps, selection));
        }
        HostGate.requireRights(
                site.loaded().settings().scope(), invocation.program().surroundings(), options.command());
        Site.Hold held = site.hold(
                invocation.pasted(options.command()),
                reason -> invocation.messages().say(reason));
        try {
            ProvisionRun run = ProvisionRun.begin(invocation, options, site, steps);
            return run.carryOut(plan(options, steps, selection));
        } finally {
            held.close();
        }
    }

    private static Plan plan(ProvisionOptions options, StepGraph steps, Selection selection) {
        Planner planner = new Planner(steps);
        Plan plan = options.remove() ? planner.planRemoval(selection) : planner.plan(selection);
        if (Thread.currentThread().isInterrupted()) {
            throw Problem.of(ExitStatus.TRY_LATER, "interrupted", "stopped before anything was changed")
                    .asException();
        }
        return plan;
    }

    private static int dryRun(Invocation invocation, ProvisionOptions options, Site site, Plan plan) {
        ExitStatus exit = plan.problems().stream()
                .findFirst()
                .map(Problem::exit)
                .orElseGet(() -> options.detailed() && !plan.isEmpty() ? ExitStatus.DRIFT : ExitStatus.DONE);
        if (options.json()) {
            ObjectNode json = JsonText.start();
            json.set("plan", RunJson.of(plan));
            json.put("exit", exit.code());
            invocation.messages().json(json);
        } else {
            new PlanText(plan, invocation.messages().verbose(), invocation.outColours())
                    .lines().stream()
                            .map(invocation::pasted)
                            .forEach(invocation.console().out()::println);
            new PlanFacts(invocation, options, site)
                    .lines(plan)
                    .forEach(invocation.console().out()::println);
        }
        plan.problems().forEach(invocation.messages()::report);
        return exit.code();
    }
}
