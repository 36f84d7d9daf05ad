package dev.crossarm.cli.runner;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import dev.crossarm.runner.install.RunnerUpdate;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm runner update}: moves a runner to another version between two jobs. */
public final class RunnerUpdateCommand implements Subcommand {
    private static final String NOW = "--now";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "update",
                "Updates a runner that crossarm installed, between two jobs.",
                "Downloads and checks the new version while the runner works, waits for the end of its job, exchanges it and"
                        + " starts the runner. If it does not come up, the version before comes back. A runner that was"
                        + " installed with --runner-version moves only to a version you name.");
        spec.addPositional(RunnerArgument.name("The runner. May be left out when there is only one."));
        PackageOptions.describe(spec);
        spec.addOption(Options.flag("Fail at once if the runner has a job, instead of waiting for its end.", NOW));
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(OwnCommands.RUNNER_UPDATE));
        spec.usageMessage()
                .footer(
                        "Exit status: 0 if it has the version now, 1 if the new one did not come up and the one before is"
                                + " back,",
                        "75 if it has a job and --now was given.",
                        "",
                        "Examples:",
                        "  sudo crossarm runner update",
                        "  sudo crossarm runner update arm-2 --now",
                        "  sudo crossarm runner update arm-2 --runner-version 2.338.1");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        PackageOptions.version(invocation);
        PackageOptions.brought(invocation);
        Site site = invocation.program().site(RunnerGate.require(invocation));
        RunnerName name = RunnerArgument.require(invocation, site.runnerRecords(), "sudo crossarm runner update ");
        RunnerUpdate.Request request = new RunnerUpdate.Request(
                name, PackageOptions.version(invocation), PackageOptions.brought(invocation), invocation.has(NOW));
        RunnerScreen screen = new RunnerScreen(invocation);
        String command = invocation.pasted(invocation.again());
        try {
            RunnerUpdate.Updated done = site.runnerUpdate()
                    .carryOut(
                            request,
                            () -> site.hold(
                                    command, reason -> invocation.messages().say(reason))::close,
                            screen);
            screen.close();
            return tell(invocation, done);
        } finally {
            screen.close();
        }
    }

    private static int tell(Invocation invocation, RunnerUpdate.Updated done) {
        RunnerRecord record = done.record();
        if (invocation.has(Options.JSON)) {
            ObjectNode json = JsonText.start();
            json.put("name", record.name());
            json.put("version", record.version());
            json.put("from", done.from());
            json.put("pinned", record.pinned());
            json.put("changed", done.changed());
            ArrayNode removed = json.putArray("removedPackages");
            done.removed().forEach(version -> removed.add(version.toString()));
            json.put("exit", ExitStatus.DONE.code());
            invocation.messages().json(json);
        } else if (done.changed()) {
            invocation
                    .console()
                    .out()
                    .println(
                            "Updated the runner " + record.name() + " from " + done.from() + " to " + record.version());
        } else {
            invocation
                    .console()
                    .out()
                    .println("Nothing to do: the runner " + record.name() + " has version " + record.version()
                            + (record.pinned() ? ", and stays there until you name another" : ""));
        }
        return ExitStatus.DONE.code();
    }
}
