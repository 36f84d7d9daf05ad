package dev.crossarm.cli.job;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.Console;
import dev.crossarm.config.Loaded;
import dev.crossarm.health.Finding;
import dev.crossarm.health.Severity;
import dev.crossarm.job.BuildRun;
import dev.crossarm.job.report.BuildJson;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.Remark;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm build}: builds a project for the target and proves what came of it; what the action runs in a job. */
public final class BuildCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "build",
                "Builds a project for the target and proves the programs.",
                "Checks what the project needs, runs cargo build, proves that every program is static and for the"
                        + " target, and makes zips and archives on request. In a workflow job it also writes outputs,"
                        + " a summary and annotations.");
        BuildOptions.add(spec);
        spec.usageMessage()
                .footer(
                        "Exit status: cargo's own if cargo fails, 65 if a check fails, 1 if a program does not",
                        "run, 78 if this machine is not provisioned.",
                        "",
                        "Examples:",
                        "  crossarm build --release",
                        "  crossarm build --release --bin my-function --lambda --test",
                        "  crossarm build --release --cpu x86-64-v3 --run --archive",
                        "  crossarm build --workspace --locked -- --timings");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        Loaded loaded = invocation.load();
        BuildRequest request = BuildOptions.request(invocation, loaded);
        Site site = invocation.provisioned(loaded).require();
        Console console = invocation.console();
        BuildScreen screen = new BuildScreen(
                console.err(),
                console.errTerminal(),
                invocation.voice().colours(),
                invocation.voice().quiet(),
                console.columns());
        BuildRun.Ended ended = site.build(request, screen, remarks(site, request.directory()));
        if (invocation.has(Options.JSON)) {
            invocation.voice().json(BuildJson.of(ended.summary(), ended.exit()));
        } else {
            ended.summary()
                    .programs()
                    .forEach(program -> console.out().println(program.program().file()));
        }
        ended.summary().failure().ifPresent(invocation.voice()::report);
        return ended.exit();
    }

    private static List<Remark> remarks(Site site, Path directory) {
        return site.buildConflicts(directory).stream()
                .map(finding -> new Remark(finding.severity() != Severity.NOTE, text(finding)))
                .toList();
    }

    private static String text(Finding finding) {
        return finding.summary()
                + (finding.detail().isEmpty() ? "" : " (" + finding.detail().replace("\n", "; ") + ")")
                + (finding.remedies().isEmpty()
                        ? ""
                        : " -> " + finding.remedies().get(0));
    }
}
