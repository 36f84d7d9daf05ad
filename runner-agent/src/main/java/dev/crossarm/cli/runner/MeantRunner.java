package dev.crossarm.cli.runner;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.life.RunnerLife;
import java.util.Optional;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The runner that a command is about: named, or the only one there is. */
final class MeantRunner {

    private MeantRunner() {}

    static PositionalParamSpec spec() {
        return PositionalParamSpec.builder()
                .paramLabel("RUNNER")
                .arity("0..1")
                .type(String.class)
                .description("Name of the runner on this machine. Default: the only one there is.")
                .build();
    }

    static Optional<String> named(Invocation invocation) {
        return Optional.ofNullable(invocation.parsed().matchedPositionalValue(0, (String) null));
    }

    static RunnerName meant(Invocation invocation, RunnerLife life) {
        return life.meant(
                named(invocation),
                invocation.pasted(invocation.parsed().commandSpec().qualifiedName()));
    }
}
