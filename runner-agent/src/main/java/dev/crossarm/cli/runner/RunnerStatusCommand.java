package dev.crossarm.cli.runner;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.plan.RunJson;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import dev.crossarm.runner.life.RunnerLife;
import dev.crossarm.runner.life.RunnerReport;
import dev.crossarm.runner.life.RunnerStatus;
import dev.crossarm.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm runner status}: what the runners of this machine are and do. */
public final class RunnerStatusCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "status",
                "Shows the runners of this machine.",
                "Version and the days until GitHub stops accepting it, service, whether a job is running, and the"
                        + " registration. Whether a job is running is looked up on this machine. Without a credential, or"
                        + " without the network, what GitHub would say is missing. Changes nothing.");
        spec.addPositional(MeantRunner.spec());
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(OwnCommands.RUNNER_LIFE));
        spec.usageMessage()
                .footer(
                        "Exit status: 0 if everything could be found out, 2 if GitHub no longer knows a registered runner,",
                        "69 if GitHub could not be asked.",
                        "",
                        "Example: sudo crossarm runner status --json");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        RunnerLife life = invocation.site().runnerLife();
        Optional<RunnerName> name =
                MeantRunner.named(invocation).map(given -> life.meant(Optional.of(given), "crossarm runner status"));
        RunnerStatus status = life.status(name);
        if (invocation.has(Options.JSON)) {
            invocation.messages().json(json(status));
        } else {
            List<String> lines = new ArrayList<>();
            status.runners().forEach(one -> lines.addAll(lines(one)));
            status.foreign()
                    .forEach(folder -> lines.add(Printable.marked(folder.toString()) + ": not installed by Crossarm"));
            if (lines.isEmpty()) {
                lines.add("No runner on this machine. Install one: crossarm runner install");
            }
            lines.stream().map(invocation::pasted).forEach(invocation.console().out()::println);
        }
        return status.exit().code();
    }

    private static List<String> lines(RunnerReport report) {
        RunnerRecord record = report.record();
        List<String> lines = new ArrayList<>();
        lines.add(record.name() + ", account " + record.account());
        lines.add("  version       " + record.version() + (record.pinned() ? ", pinned" : "") + left(report));
        lines.add("  service       "
                + report.service().orElse(record.registration().isEmpty() ? "none" : "unknown"));
        lines.add("  job           "
                + report.busy().map(busy -> busy ? "running" : "none").orElse("unknown to this account")
                + report.listens()
                        .map(listens -> listens ? ", listener running" : ", listener not running")
                        .orElse(""));
        lines.add("  registration  " + registration(report));
        if (!report.drift().isEmpty()) {
            lines.add("  labels        other on GitHub than recorded: " + String.join(" ", report.drift())
                    + "; set them right: crossarm undrain " + record.name());
        }
        report.drained()
                .ifPresent(since -> lines.add("  drained       since " + Printable.line(since)
                        + "; take jobs again: crossarm undrain " + record.name()));
        report.unasked().ifPresent(why -> lines.add("  GitHub        not asked: " + why.summary()));
        return lines;
    }

    private static String left(RunnerReport report) {
        if (report.record().registration().isEmpty()) {
            return "";
        }
        return report.daysLeft()
                .map(days -> days < 0
                        ? ", too old: GitHub gives it no jobs; crossarm runner update "
                                + report.record().name()
                        : ", gets jobs for " + days + (days == 1 ? " more day" : " more days"))
                .orElse(report.unasked().isPresent() ? ", days left unknown" : ", no end date yet");
    }

    private static String registration(RunnerReport report) {
        Optional<RunnerRecord.Registration> own = report.record().registration();
        if (own.isEmpty()) {
            return "none: crossarm runner register " + report.record().name();
        }
        String where = own.get().address() + " as " + own.get().name() + ", number "
                + own.get().id();
        if (report.forgotten()) {
            return where + ", which GitHub does not know any more: crossarm runner register "
                    + report.record().name();
        }
        return where
                + report.known()
                        .map(known -> (known.online() ? ", online" : ", offline") + "; labels: "
                                + String.join(", ", known.labels()))
                        .orElse("");
    }

    private static ObjectNode json(RunnerStatus status) {
        ObjectNode json = JsonText.start();
        ArrayNode runners = json.putArray("runners");
        status.runners().forEach(report -> fill(runners.addObject(), report));
        ArrayNode foreign = json.putArray("foreign");
        status.foreign().forEach(folder -> foreign.add(folder.toString()));
        json.put(
                "complete",
                status.runners().stream().allMatch(one -> one.unasked().isEmpty()));
        json.put("exit", status.exit().code());
        return json;
    }

    private static void fill(ObjectNode json, RunnerReport report) {
        RunnerRecord record = report.record();
        json.put("name", record.name());
        json.put("account", record.account());
        json.put("version", record.version());
        json.put("pinned", record.pinned());
        json.put("daysLeft", report.daysLeft().orElse(null));
        json.put("service", report.service().orElse(null));
        json.put("busy", report.busy().orElse(null));
        json.put("listening", report.listens().orElse(null));
        record.registration().ifPresent(own -> {
            ObjectNode registration = json.putObject("registration");
            registration.put("address", own.address());
            registration.put("name", own.name());
            registration.put("id", own.id());
            own.group().ifPresent(group -> registration.put("group", group));
            ArrayNode labels = registration.putArray("labels");
            own.labels().forEach(labels::add);
            registration.put("unit", own.unit());
            registration.put(
                    "known",
                    report.unasked().isPresent() ? null : report.known().isPresent());
            registration.put(
                    "online", report.known().map(RunnerReport.Known::online).orElse(null));
            ArrayNode drift = registration.putArray("labelDrift");
            report.drift().forEach(drift::add);
        });
        report.drained().ifPresent(since -> json.put("drained", since));
        report.unasked().ifPresent(why -> json.set("problem", RunJson.of(why)));
    }
}
