package dev.crossarm.job;

import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.job.program.SmokeRun;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.CpuLevel;
import dev.crossarm.target.CrossTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a program that was built, to see that it starts at all: on a processor of the level it was built for, when one is
 * named. A program carries no mark of the instructions it uses, so such a run is the only proof there is.
 */
final class ProgramTrial {
    /** 128 + SIGILL. */
    private static final int ILLEGAL_INSTRUCTION = 132;

    private static final int LINES_SHOWN = 5;

    /**
     * How it went.
     *
     * @param run for the reports
     * @param remedy what mends it; empty when it passed
     */
    record Outcome(SmokeRun run, String remedy) {}

    private final BuildHost host;
    private final Optional<CpuLevel> level;

    ProgramTrial(BuildHost host, Optional<CpuLevel> level) {
        this.host = host;
        this.level = level;
    }

    /** Why the programs cannot be run on this machine; then nothing is proven by a run. */
    Optional<String> objection() {
        if (host.runsTarget()) {
            return Optional.empty();
        }
        if (!Files.isExecutable(emulator())) {
            return Optional.of(emulator() + " is not installed");
        }
        return level.filter(one -> one.processor().isEmpty())
                .map(one -> emulator().getFileName() + " has no processor of " + one.word());
    }

    /** What mends {@link #objection}. */
    String remedy() {
        return Files.isExecutable(emulator())
                ? "Omit --run, or build on an x86-64 machine that has such a processor"
                : "crossarm provision";
    }

    /** What a run here does not prove about the level; absent when it proves all of it. */
    Optional<String> weakness() {
        return level.filter(one -> model().isEmpty())
                .map(one -> "the programs ran on this machine's own processor. It may support more than " + one.word()
                        + "; qemu has no such processor here");
    }

    Outcome run(Path program, List<String> arguments, Duration limit, Map<String, String> variables, Path directory) {
        List<String> line = new ArrayList<>();
        if (!host.runsTarget() || model().isPresent()) {
            line.add(emulator().toString());
            model().ifPresent(model -> line.addAll(List.of("-cpu", model)));
        }
        line.add(program.toString());
        line.addAll(arguments);
        Command command =
                Command.of(line).withEnvironment(variables).in(directory).within(limit);
        CommandResult result = host.commands().run(command);
        List<String> lines = result.lastLines().stream()
                // About features of the named processor that no level asks for.
                .filter(text -> !text.contains("TCG doesn't support requested feature"))
                .toList();
        String output = String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        boolean illegal = result.exit() == ILLEGAL_INSTRUCTION
                || lines.stream().anyMatch(text -> text.contains("(Illegal instruction)"));
        String ending;
        String remedy = "";
        if (result.timedOut()) {
            ending = "did not end within " + limit.toSeconds() + " s";
            remedy = "Give it arguments with which it exits immediately, such as --run=--version (in a workflow:"
                    + " run: --version),"
                    + " or more time:"
                    + " --run-timeout 1m";
        } else if (illegal) {
            ending = "met an instruction that " + level.map(CpuLevel::word).orElse("this processor")
                    + " does not have (illegal instruction)";
            remedy =
                    "Look for target-cpu and target-feature in RUSTFLAGS and .cargo/config.toml, for -march in CFLAGS, and for"
                            + " code that uses vector instructions without checking the processor first; or declare"
                            + " a higher level: --cpu x86-64-v3";
        } else {
            ending = "ended with status " + result.exit();
            remedy = result.exit() == 0
                    ? ""
                    : "Give it arguments with which it exits with 0, such as --run=--help (in a workflow: run: --help)";
        }
        return new Outcome(
                new SmokeRun(command.shown(), remedy.isEmpty(), ending, model(), output, result.elapsed()), remedy);
    }

    private Path emulator() {
        return CrossTools.of(host.target()).emulator(host.facts());
    }

    private Optional<String> model() {
        return Files.isExecutable(emulator()) ? level.flatMap(CpuLevel::processor) : Optional.empty();
    }
}
