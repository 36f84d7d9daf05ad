package dev.crossarm.cli.runner;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.HostGate;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.runner.install.InstallPlan;
import dev.crossarm.runner.install.LocalPackage;
import dev.crossarm.runner.install.RunnerInstallation;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import dev.crossarm.runner.install.RunnerVersion;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm runner install}: package, libraries, account and folder of a runner. */
public final class RunnerInstallCommand implements Subcommand {
    private static final String HERE = "--here";
    private static final String DRY_RUN = "--dry-run";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "install",
                "Installs GitHub's runner on this machine, not yet registered.",
                "Downloads the package, checks its SHA-256, installs the libraries it needs and makes a folder for it, which"
                        + " belongs to the account of the jobs. Without --user that is the account of the runners here,"
                        + " else a new one, actions-runner, without a password and without sudo. Does nothing when the"
                        + " runner is installed already.");
        spec.addPositional(RunnerArgument.name("What the runner is called. Default: the machine's name."));
        PackageOptions.describe(spec);
        spec.addOption(Options.flag("Install it on this x86-64 machine.", HERE));
        spec.addOption(Options.flag("Say what would be done, and change nothing.", "-n", DRY_RUN));
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(OwnCommands.RUNNER_INSTALL));
        spec.usageMessage()
                .footer(
                        "Examples:",
                        "  sudo crossarm runner install",
                        "  sudo crossarm runner install --dry-run",
                        "  sudo crossarm runner install arm-2 --user builder --runner-version 2.338.1",
                        "  sudo crossarm runner install --package actions-runner-linux-arm64-2.338.1.tar.gz \\",
                        "      --sha256 DIGEST");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        // What is wrong with the options is said before what is wrong with the rights.
        Optional<RunnerName> name = RunnerArgument.of(invocation);
        Optional<RunnerVersion> version = PackageOptions.version(invocation);
        Optional<LocalPackage> brought = PackageOptions.brought(invocation);
        Loaded loaded = RunnerGate.require(invocation);
        Site site = invocation.program().site(loaded);
        HostGate.require(site.facts(), invocation.has(HERE), invocation.again());
        RunnerInstallation installation = site.runnerInstallation();
        if (invocation.has(DRY_RUN)) {
            return dryRun(invocation, installation.plan(name, version, brought));
        }
        RunnerScreen screen = new RunnerScreen(invocation);
        Site.Hold held = site.hold(
                invocation.pasted(invocation.again()),
                reason -> invocation.messages().say(reason));
        try {
            RunnerInstallation.Installed done =
                    installation.carryOut(installation.plan(name, version, brought), screen);
            screen.close();
            return tell(invocation, site, done);
        } finally {
            screen.close();
            held.close();
        }
    }

    private static int dryRun(Invocation invocation, InstallPlan plan) {
        if (invocation.has(Options.JSON)) {
            ObjectNode json = JsonText.start();
            ObjectNode shown = json.putObject("plan");
            shown.put("name", plan.name());
            shown.put("directory", plan.directory().toString());
            shown.put("account", plan.user());
            plan.version().map(RunnerVersion::toString).ifPresent(version -> shown.put("version", version));
            ArrayNode steps = shown.putArray("steps");
            plan.lines().forEach(steps::add);
            json.put("exit", ExitStatus.DONE.code());
            invocation.messages().json(json);
            return ExitStatus.DONE.code();
        }
        List<String> lines = plan.lines();
        if (lines.isEmpty()) {
            invocation
                    .console()
                    .out()
                    .println("The runner " + plan.name() + " is installed already: " + plan.directory());
        }
        lines.forEach(line -> invocation.console().out().println("would " + line));
        return ExitStatus.DONE.code();
    }

    private static int tell(Invocation invocation, Site site, RunnerInstallation.Installed done) {
        RunnerRecord record = done.record();
        String directory = site.layout().runners().resolve(record.name()).toString();
        done.warnings().forEach(invocation.messages()::warn);
        if (invocation.has(Options.JSON)) {
            ObjectNode json = JsonText.start();
            json.put("name", record.name());
            json.put("directory", directory);
            json.put("version", record.version());
            json.put("pinned", record.pinned());
            json.put("account", record.account());
            json.put("madeAccount", record.madeAccount());
            json.put("registered", record.registration().isPresent());
            json.put("changed", done.changed());
            ArrayNode warnings = json.putArray("warnings");
            done.warnings().forEach(warnings::add);
            json.put("exit", ExitStatus.DONE.code());
            invocation.messages().json(json);
            return ExitStatus.DONE.code();
        }
        invocation
                .console()
                .out()
                .println((done.changed() ? "Installed the runner " : "Nothing to do: already installed is the runner ")
                        + record.name() + ", version " + record.version() + ", for the account " + record.account()
                        + ": "
                        + directory);
        return ExitStatus.DONE.code();
    }
}
