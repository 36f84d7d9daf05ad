package dev.crossarm.cli.runner;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code crossarm runner supervise DIR}, for units alone: keeps the listener of one runner going, as the account of its jobs. */
public final class SuperviseCommand implements Subcommand {
    /** Its name below {@code runner}. */
    public static final String NAME = "supervise";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(NAME, "Keeps a registered runner going. Started by the runner's service.");
        spec.addPositional(PositionalParamSpec.builder()
                .type(Path.class)
                .converters(value -> Path.of(value))
                .paramLabel("DIR")
                .arity("1")
                .description("The runner's directory.")
                .build());
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        // The runner's own scripts refuse root, and know the same way around it.
        if (invocation.program().surroundings().root()
                && invocation
                        .program()
                        .surroundings()
                        .variable("RUNNER_ALLOW_RUNASROOT")
                        .isEmpty()) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "supervise-as-root",
                            "jobs must not run as root: start the runner's service, which runs as the account of its jobs",
                            "systemctl list-units 'actions.runner.*'")
                    .asException();
        }
        Path given = Objects.requireNonNull(invocation.parsed().matchedPositionalValue(0, (Path) null), "DIR");
        Path directory = real(invocation.program().surroundings().directory().resolve(given));
        return invocation
                .site()
                .superviseRunner(directory, invocation.console().out()::println)
                .code();
    }

    private static Path real(Path given) {
        try {
            Path directory = given.toRealPath();
            if (Files.exists(directory.resolve("bin"), LinkOption.NOFOLLOW_LINKS)) {
                return directory;
            }
        } catch (IOException missing) {
            // Said below.
        }
        throw new Problem(
                        "not-a-runner",
                        given + " is not a runner's directory",
                        "It has no bin/Runner.Listener",
                        List.of("ls -a " + given),
                        ExitStatus.CONFIGURATION)
                .asException();
    }
}
