package dev.crossarm.cli.provision;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Displays;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.RootGate;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.cli.display.Messages;
import dev.crossarm.cli.display.PlanText;
import dev.crossarm.cli.display.Question;
import dev.crossarm.cli.display.RunDisplay;
import dev.crossarm.config.CompilerRecord;
import dev.crossarm.config.Settings;
import dev.crossarm.health.Finding;
import dev.crossarm.health.RunnerReadiness;
import dev.crossarm.plan.Gate;
import dev.crossarm.plan.Outcome;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.RunJson;
import dev.crossarm.plan.RunReport;
import dev.crossarm.plan.Stamps;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.proof.SelfTestGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One provisioning, from a plan that is there to the last line. */
final class ProvisionRun {
    private final Invocation invocation;
    private final ProvisionOptions options;
    private final Site site;
    private final StepGraph steps;
    private final Messages messages;
    private final Optional<Stamps> atStart;
    private @Nullable RunReport report;
    private List<RunnerReadiness> runners = List.of();
    private final SelfTestGate gate;

    private ProvisionRun(
            Invocation invocation, ProvisionOptions options, Site site, StepGraph steps, Optional<Stamps> atStart) {
        this.invocation = invocation;
        this.options = options;
        this.site = site;
        this.steps = steps;
        this.gate = site.gate(steps);
        this.messages = invocation.messages();
        this.atStart = atStart;
    }

    /** To be called before the plan is made: takes the stamps of what the steps are going to read. */
    static ProvisionRun begin(Invocation invocation, ProvisionOptions options, Site site, StepGraph steps) {
        boolean ordinary = ordinary(options, invocation.messages(), site);
        return new ProvisionRun(invocation, options, site, steps, ordinary ? site.stamps(steps) : Optional.empty());
    }

    int carryOut(Plan plan) {
        if (!plan.isEmpty()) {
            new PlanText(plan, messages.verbose(), messages.colours()).lines().forEach(messages::say);
            new PlanFacts(invocation, options, site).lines(plan).forEach(messages::say);
            if (!options.yes() && !new Question(invocation.console()).agreed("Go ahead?", command())) {
                messages.say("Nothing was changed.");
                return finish(plan, ExitStatus.DECLINED);
            }
        }
        List<String> left = options.remove()
                ? steps.steps().stream()
                        .flatMap(step -> step.leftByRemoval().stream())
                        .toList()
                : List.of();
        RunReport done;
        try (RunDisplay display = Displays.of(invocation)) {
            Optional<Gate> proof = options.remove() || !proves(plan) ? Optional.empty() : Optional.of(gate);
            done = site.run(steps, plan, proof, display, problem -> messages.warn(problem.summary()));
            report = done;
        }
        tellFailures(done);
        tellWhatStays(done);
        if (done.interrupted()) {
            messages.say("Stopped. What was done so far is kept. Run " + command() + " again to continue.");
        }
        ExitStatus exit = done.exit();
        if (exit == ExitStatus.DONE && !options.remove() && proves(plan)) {
            exit = judgeRunners();
        }
        if (exit == ExitStatus.DONE && ordinary(options, messages, site)) {
            remember(plan);
        }
        if (exit == ExitStatus.DONE && !options.json() && !messages.quiet()) {
            closing(plan, left).stream()
                    .map(invocation::pasted)
                    .forEach(invocation.console().out()::println);
        }
        if (done.good() && options.remove() && wholePlan(plan)) {
            site.forget();
        }
        return finish(plan, exit);
    }

    /** Asked for the whole, and for nothing that a run with nothing to do would have to tell or do all the same. */
    private static boolean ordinary(ProvisionOptions options, Messages messages, Site site) {
        return !options.json()
                && !options.remove()
                && !options.upgrade()
                && options.only().isEmpty()
                && options.skip().isEmpty()
                && !messages.quiet()
                && !messages.verbose()
                && site.loaded().warnings().isEmpty();
    }

    /** What was changed is looked at once more, because only what is looked at while its stamps hold is known. */
    private void remember(Plan plan) {
        Optional<Stamps> before = plan.isEmpty() ? atStart : site.stamps(steps);
        if (before.isPresent()
                && (plan.isEmpty() || site.inOrder(steps))
                && before.get().stillHold()) {
            List<String> said = new ArrayList<>();
            said.add("For a full check: " + invocation.pasted("crossarm check"));
            said.addAll(closing(plan, List.of()));
            site.remember(before.get(), said);
        }
    }

    private String command() {
        return invocation.pasted(options.command());
    }

    private boolean wholePlan(Plan plan) {
        return selected(plan).equals(steps.ids());
    }

    /** A step left out may be the very one that the proof would need. */
    private boolean proves(Plan plan) {
        return selected(plan).containsAll(gate.requires());
    }

    private static Set<StepId> selected(Plan plan) {
        return plan.steps().stream()
                .filter(step -> !step.notSelected())
                .map(Plan.PlannedStep::id)
                .collect(Collectors.toSet());
    }

    private void tellFailures(RunReport done) {
        for (Outcome.Failed failed : done.failures()) {
            messages.report(failed.problem());
            Throwable cause = failed.cause();
            boolean traced = failed.problem().exit() == ExitStatus.BUG || invocation.has(Options.STACKTRACE);
            if (traced && cause != null) {
                messages.trace(cause);
            }
        }
    }

    /** Of each runner what doctor would say, because its .env is not ours alone: what undoes ours there is no success. */
    private ExitStatus judgeRunners() {
        runners = site.runners();
        ExitStatus exit = ExitStatus.DONE;
        for (RunnerReadiness runner : runners) {
            runner.warnings().forEach(warning -> messages.warn(line(warning)));
            for (Finding error : runner.errors()) {
                exit = ExitStatus.CONFIGURATION;
                messages.report(new Problem(
                        "runner-not-ready",
                        "not ready for jobs of the runner in " + runner.directory() + ": " + error.summary(),
                        error.detail(),
                        error.remedies(),
                        exit));
            }
        }
        return exit;
    }

    private static String line(Finding finding) {
        return finding.summary()
                + finding.remedies().stream()
                        .findFirst()
                        .map(remedy -> ". " + remedy)
                        .orElse("");
    }

    private void tellWhatStays(RunReport done) {
        Settings settings = site.loaded().settings();
        if (!options.remove() && !done.failures().isEmpty()) {
            CompilerRecord.in(settings.stateDirectory())
                    .read()
                    .filter(before -> before != settings.compiler())
                    .ifPresent(before ->
                            messages.say("The compiler that was set up before, " + before.word() + ", is still used."));
        }
    }

    private List<String> closing(Plan plan, List<String> left) {
        if (options.remove()) {
            List<String> lines = new ArrayList<>(left);
            new BuildCacheLeft(site, invocation.program().surroundings()).line().ifPresent(lines::add);
            return lines;
        }
        if (!proves(plan)) {
            return List.of("The selected steps are done. To run everything, self-test included: "
                    + invocation.pasted("crossarm provision"));
        }
        Settings settings = site.loaded().settings();
        List<String> lines = new ArrayList<>(List.of(
                "",
                "Ready: this machine builds for " + settings.target().triple()
                        + (runners.isEmpty() ? "." : ", and so do the jobs of its runners."),
                ""));
        // The job user's folders on root's PATH would let that account's programs run as root.
        site.layout()
                .owner()
                .filter(account -> invocation.program().surroundings().root())
                .ifPresent(account -> lines.add("  sudo -H -u " + account + " bash"));
        lines.add("  " + invocation.pasted(RootGate.env(site.loaded())));
        lines.add("  cargo build --release --target " + settings.target().triple());
        lines.add("  " + invocation.pasted("crossarm inspect") + " target/"
                + settings.target().triple() + "/release/<program>");
        return lines;
    }

    private int finish(Plan plan, ExitStatus exit) {
        if (options.json()) {
            ObjectNode json = JsonText.start();
            json.set("plan", RunJson.of(plan));
            RunReport done = report;
            if (done != null) {
                json.set("run", RunJson.of(done));
                gate.result().ifPresent(proven -> json.putPOJO("selfTest", proven.toJson()));
                done.gate()
                        .filter(Outcome.Failed.class::isInstance)
                        .map(Outcome.Failed.class::cast)
                        .ifPresent(failed -> json.putObject("selfTest")
                                .put("passed", false)
                                .set("problem", RunJson.of(failed.problem())));
            }
            if (!runners.isEmpty()) {
                ArrayNode list = json.putArray("runners");
                runners.forEach(runner -> list.addPOJO(runner.toJson()));
            }
            json.put("exit", exit.code());
            messages.json(json);
        }
        return exit.code();
    }
}
