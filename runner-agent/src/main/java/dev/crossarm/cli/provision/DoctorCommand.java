package dev.crossarm.cli.provision;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.ProvisionedScope;
import dev.crossarm.cli.command.RootGate;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.Paint;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.health.DoctorReport;
import dev.crossarm.health.Severity;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm doctor}: what is wrong with this machine, or may become so, and what mends it. */
public final class DoctorCommand implements Subcommand {
    private static final String OFFLINE = "--offline";

    private static final Map<String, Paint> PAINTS = Map.of(
            Severity.OK.word(), Paint.GOOD,
            Severity.NOTE.word(), Paint.CHANGED,
            Severity.WARNING.word(), Paint.WARNING,
            Severity.ERROR.word(), Paint.BAD);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "doctor",
                "Checks this machine for problems and suggests a fix for each.",
                "Checks everything that check does, and what is around it: system, memory, disk space, permissions,"
                        + " package locks, clock, download servers, and variables and files that override Crossarm's."
                        + " Changes nothing.");
        spec.addOption(Options.flag("Don't use the network.", OFFLINE));
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(ConfigKey.values()));
        spec.usageMessage().footer("Exit status: 0 if there is no error, 2 if there is one.");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        ProvisionedScope scope = invocation.provisioned();
        scope.hint().ifPresent(invocation.messages()::warn);
        RootGate.requireInUserScope(invocation, scope.site(), "crossarm doctor");
        DoctorReport report = scope.site()
                .doctor(invocation.has(OFFLINE))
                .with(invocation.messages().commands());
        if (invocation.has(Options.JSON)) {
            invocation.messages().json(report.toJson());
        } else {
            boolean colours = invocation.outColours();
            List<String> lines = invocation.messages().quiet() ? report.errors() : report.toText();
            lines.forEach(line -> invocation.console().out().println(painted(line, colours)));
        }
        return report.exit().code();
    }

    private static String painted(String line, boolean colours) {
        int end = line.indexOf(' ');
        Paint paint = end < 0 ? null : PAINTS.get(line.substring(0, end));
        return paint == null ? line : paint.on(line.substring(0, end), colours) + line.substring(end);
    }
}
