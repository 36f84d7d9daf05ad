package dev.crossarm.cli.job;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.ProvisionedScope;
import dev.crossarm.cli.command.RootGate;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.environment.EnvironmentFormat;
import dev.crossarm.environment.GitHubFiles;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.process.ProgramFolders;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm env}: the variables with which a job or a shell builds for the target. */
public final class EnvCommand implements Subcommand {
    private static final String FORMAT = "--format";
    private static final String GITHUB = "github";
    /** These reach a PATH that the caller searches; the others describe the jobs', for a runner's file and for programs. */
    private static final List<String> FOR_THIS_SHELL = List.of("shell", GITHUB);

    private static final List<String> FORMATS = List.of("shell", "dotenv", "json", GITHUB);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("env", "Prints the variables to build with.");
        spec.addOption(Options.text(
                        FORMAT,
                        "FORMAT",
                        "shell: lines for eval (the default). dotenv: lines for a runner's .env. json: one object."
                                + " github: appends to the files of the current workflow step.")
                .completionCandidates(FORMATS)
                .build());
        spec.addArgGroup(Options.settings(OwnCommands.MACHINE));
        spec.usageMessage()
                .footer(
                        "Examples:",
                        "  eval \"$(crossarm env)\"          set up this shell",
                        "  crossarm env --format github    set up later steps of a workflow job");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        String format = invocation.value(FORMAT).orElse("shell");
        if (!FORMATS.contains(format)) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "bad-option",
                            "--format is one of " + String.join(", ", FORMATS),
                            "crossarm env --format shell")
                    .asException();
        }
        ProvisionedScope scope = invocation.provisioned();
        Site site = scope.site();
        if (FOR_THIS_SHELL.contains(format)) {
            RootGate.require(invocation, site, RootGate.env(site.loaded()));
        }
        JobEnvironment environment = site.environment();
        Path bin = environment.pathPrefix().get(0);
        if (!Files.isDirectory(bin)) {
            invocation
                    .messages()
                    .warn(scope.hint()
                            .orElseGet(() -> "there is no " + bin + ": what these variables name is not there before "
                                    + "crossarm provision"));
        }
        if (format.equals(GITHUB)) {
            new GitHubFiles(invocation.program().surroundings(), new SecureRandom()).append(environment);
            return ExitStatus.DONE.code();
        }
        String path = invocation.program().surroundings().variable("PATH").orElse(ProgramFolders.DEFAULT);
        EnvironmentFormat form = Arrays.stream(EnvironmentFormat.values())
                .filter(one -> one.word().equals(format))
                .findFirst()
                .orElseThrow();
        invocation.console().data().print(form.render(environment, path));
        return ExitStatus.DONE.code();
    }
}
