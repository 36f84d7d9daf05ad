package dev.crossarm.cli.runner;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import dev.crossarm.runner.install.RunnerRecords;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The name of a runner, as the first word behind a command. */
final class RunnerArgument {

    private RunnerArgument() {}

    static PositionalParamSpec name(String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .paramLabel("NAME")
                .type(String.class)
                .description(description)
                .build();
    }

    /** @throws dev.crossarm.problem.CrossarmException (64) when no runner can be called this */
    static Optional<RunnerName> of(Invocation invocation) {
        return Optional.ofNullable(invocation.parsed().matchedPositionalValue(0, (String) null))
                .map(RunnerName::new);
    }

    /**
     * The runner that was named, or the only one.
     *
     * @param command to which a name is added, for the remedy
     */
    static RunnerName require(Invocation invocation, RunnerRecords records, String command) {
        Optional<RunnerName> named = of(invocation);
        if (named.isPresent()) {
            return named.get();
        }
        List<RunnerRecord> all = records.all();
        if (all.isEmpty()) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "no-runner",
                            "crossarm installed no runner on this machine",
                            "sudo crossarm runner install")
                    .asException();
        }
        if (all.size() > 1) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "which-runner",
                            "there are several runners, and none was named: "
                                    + all.stream().map(RunnerRecord::name).collect(Collectors.joining(", ")),
                            command + all.get(0).name())
                    .asException();
        }
        return new RunnerName(all.get(0).name());
    }
}
