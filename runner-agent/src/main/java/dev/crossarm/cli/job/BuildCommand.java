package dev.crossarm.cli.job;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Program;
import dev.crossarm.cli.command.ProvisionedScope;
import dev.crossarm.cli.command.RootGate;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.Console;
import dev.crossarm.config.Loaded;
import dev.crossarm.health.Finding;
import dev.crossarm.health.Severity;
import dev.crossarm.job.BuildRun;
import dev.crossarm.job.cargo.Annotation;
import dev.crossarm.job.program.ProgramResult;
import dev.crossarm.job.report.BuildJson;
import dev.crossarm.job.report.WorkflowCommands;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.Remark;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm build}: builds a project for the target and proves what came of it; what the action runs in a job. */
public final class BuildCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "build",
                "Builds a project for the target and proves the programs.",
                "Checks what the project needs, runs cargo build, proves that every program is static and for the"
                        + " target, strips it, and makes zips and archives on request. In a workflow job it also writes outputs,"
                        + " a summary and annotations.");
        BuildOptions.add(spec);
        spec.usageMessage()
                .footer(
                        "Exit status: cargo's own if cargo fails, 65 if a check fails, 1 if a program does not",
                        "run, 78 if this machine is not provisioned. Prints the paths of programs, zips and archives.",
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
        if (invocation.value(BuildOptions.INPUTS).isPresent()) {
            return fromInputs(invocation);
        }
        BuildRequest request;
        ProvisionedScope found;
        try {
            Loaded loaded = invocation.load();
            request = BuildOptions.request(invocation, loaded);
            found = invocation.provisioned(loaded);
        } catch (CrossarmException failed) {
            annotate(invocation, failed.problem());
            throw failed;
        }
        return build(invocation, request, found);
    }

    private static int build(Invocation invocation, BuildRequest request, ProvisionedScope found) {
        Site site = found.site();
        Console console = invocation.console();
        BuildScreen screen = new BuildScreen(
                console.err(),
                console.errTerminal(),
                invocation.messages().colours(),
                invocation.messages().quiet(),
                console.columns(),
                invocation.messages().commands());
        BuildRun.Ended ended = site.build(request, screen, () -> {
            found.require();
            RootGate.require(invocation, site, invocation.again());
            return remarks(site, request.directory());
        });
        if (invocation.has(Options.JSON)) {
            invocation.messages().json(BuildJson.of(ended.summary(), ended.exit()));
        } else {
            ended.summary().programs().forEach(program -> files(program).forEach(console.data()::println));
        }
        ended.summary().failure().ifPresent(invocation.messages()::report);
        return ended.exit();
    }

    /** What ends a build before it is one; a job learns of the rest from the build itself. */
    private static void annotate(Invocation invocation, Problem problem) {
        boolean inJob =
                invocation.program().surroundings().variable("GITHUB_ACTIONS").isPresent();
        new WorkflowCommands(inJob, invocation.console().err(), RandomGenerator.getDefault())
                .annotate(List.of(Annotation.of(problem).with(invocation::pasted)));
    }

    /** The same command line as the action's inputs stand for. */
    private int fromInputs(Invocation invocation) {
        Program program = invocation.program();
        List<String> words;
        try {
            words = ActionInputs.arguments(program.surroundings(), program.version());
        } catch (ActionInputs.Refused wrong) {
            invocation.console().command(wrong.command());
            return ExitStatus.USAGE.code();
        }
        if (invocation.value(BuildOptions.INPUTS).filter("check"::equals).isPresent()) {
            return ExitStatus.DONE.code();
        }
        CommandSpec spec = spec();
        spec.addArgGroup(Options.general());
        CommandLine line = new CommandLine(spec);
        line.setAbbreviatedOptionsAllowed(false);
        line.setExpandAtFiles(false);
        return run(new Invocation(
                line.parseArgs(words.toArray(String[]::new)),
                invocation.console(),
                invocation.messages(),
                invocation.outColours(),
                program));
    }

    private static List<Path> files(ProgramResult program) {
        List<Path> files = new ArrayList<>(List.of(program.program().file()));
        program.zip().ifPresent(zip -> files.add(zip.file()));
        program.archive().ifPresent(archive -> files.add(archive.file()));
        return files;
    }

    private static List<Remark> remarks(Site site, Path directory) {
        return site.buildConflicts(directory).stream()
                .map(finding -> new Remark(
                        finding.severity() != Severity.NOTE,
                        text(finding),
                        finding.remedies().stream().limit(1).toList()))
                .toList();
    }

    private static String text(Finding finding) {
        return finding.summary()
                + (finding.detail().isEmpty() ? "" : " (" + finding.detail().replace("\n", "; ") + ")");
    }
}
