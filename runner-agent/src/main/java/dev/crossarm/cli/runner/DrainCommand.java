package dev.crossarm.cli.runner;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.config.DurationText;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.plan.RunJson;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.life.RunnerLife;
import dev.crossarm.text.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossarm drain}: lets a runner finish its job, take no other, and leave. */
public final class DrainCommand implements Subcommand {
    private static final String ALL = "--all";
    private static final String REASON = "--reason";
    private static final String TIMEOUT = "--timeout";
    private static final String UNTIL_IDLE = "--until-idle";
    private static final int LONGEST_REASON = 200;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "drain",
                "Lets a runner finish its job, take no other, and leave.",
                "Takes the runner's labels away, so that no more jobs come, waits until it has none and none can be on its"
                        + " way, deletes its record on GitHub and stops its service. No job is killed. If it is stopped, or"
                        + " takes longer than --timeout, the runner gets its labels back and takes jobs again.");
        spec.addPositional(MeantRunner.spec());
        spec.addOption(Options.flag("Drain all runners that Crossarm installed on this machine.", ALL));
        spec.addOption(Options.text(REASON, "TEXT", "Why, for whoever asks for the runner's status.")
                .build());
        spec.addOption(Options.text(TIMEOUT, "DURATION", "Give up after this long: 90s, 10m, 6h. Default: never.")
                .build());
        spec.addOption(Options.flag(
                "Stop when it is idle; it stays registered and takes no jobs until crossarm undrain.", UNTIL_IDLE));
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(OwnCommands.RUNNER_LIFE));
        spec.usageMessage()
                .footer(
                        "Exit status: 0 if the runner has no job and gets none, 75 if it was given up or stopped.",
                        "",
                        "Examples:",
                        "  sudo crossarm drain --reason 'new disk'",
                        "  sudo crossarm drain --all --timeout 6h",
                        "  sudo crossarm drain arm-2 --until-idle");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        Optional<Duration> timeout = invocation.value(TIMEOUT).map(DrainCommand::duration);
        boolean all = invocation.has(ALL);
        if (all && MeantRunner.named(invocation).isPresent()) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "usage",
                            ALL + " and the name of a runner exclude each other",
                            "crossarm drain --help")
                    .asException();
        }
        RunnerLife life =
                invocation.program().site(RunnerGate.require(invocation)).runnerLife();
        List<RunnerName> names = all ? life.registered() : List.of(MeantRunner.meant(invocation, life));
        String reason = Printable.cut(Printable.line(invocation.value(REASON).orElse("")), LONGEST_REASON);
        Map<RunnerName, Optional<Problem>> ended = life.drain(
                names,
                invocation.has(UNTIL_IDLE),
                reason,
                timeout,
                line -> invocation.messages().say(line));
        ExitStatus exit = ended.values().stream()
                .flatMap(Optional::stream)
                .map(Problem::exit)
                .findFirst()
                .orElse(ExitStatus.DONE);
        if (invocation.has(Options.JSON)) {
            invocation.messages().json(json(ended, exit));
        }
        ended.forEach((name, problem) -> {
            problem.ifPresent(invocation.messages()::report);
            if (problem.isEmpty() && !invocation.has(Options.JSON)) {
                invocation
                        .console()
                        .out()
                        .println(invocation.pasted(
                                invocation.has(UNTIL_IDLE)
                                        ? "The runner " + name + " is idle and takes no jobs until: crossarm undrain "
                                                + name
                                        : "The runner " + name + " has left"));
            }
        });
        return exit.code();
    }

    private static Duration duration(String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> Problem.of(
                                ExitStatus.USAGE,
                                "usage",
                                TIMEOUT + " must be a duration of at least one second, such as 90s, 10m or 6h",
                                "crossarm drain --help")
                        .asException());
    }

    private static ObjectNode json(Map<RunnerName, Optional<Problem>> ended, ExitStatus exit) {
        ObjectNode json = JsonText.start();
        ArrayNode runners = json.putArray("runners");
        ended.forEach((name, problem) -> {
            ObjectNode one = runners.addObject();
            one.put("name", name.value());
            one.put("drained", problem.isEmpty());
            problem.ifPresent(why -> one.set("problem", RunJson.of(why)));
        });
        json.put("exit", exit.code());
        return json;
    }
}
