package dev.crossarm.cli.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.command.Options;
import dev.crossarm.cli.command.Subcommand;
import dev.crossarm.cli.display.JsonText;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.elf.InspectReport;
import dev.crossarm.plan.RunJson;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code crossarm inspect}: reads programs and says whether they are static programs for the target. */
public final class InspectCommand implements Subcommand {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "inspect",
                "Proves that programs are static programs for the target.",
                "Reads machine, interpreter, needed libraries and traces of glibc from each file. It runs nothing.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .description("Programs to read.")
                .build());
        spec.addOption(Options.flag("Print one JSON object.", Options.JSON));
        spec.addArgGroup(Options.settings(ConfigKey.TARGET));
        spec.usageMessage()
                .footer(
                        "Exit status: 0 if every file is proven, 1 if one is not, 65 if one is not an ELF file.",
                        "",
                        "Example:",
                        "  crossarm inspect target/x86_64-unknown-linux-musl/release/hello");
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        Target target = invocation.load().settings().target();
        List<InspectReport> reports = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : invocation.parsed().matchedPositionalValue(0, List.<Path>of())) {
            try {
                Path whole = invocation.program().surroundings().directory().resolve(file);
                reports.add(InspectReport.of(whole, target.elfMachine(), target.triple()));
            } catch (CrossarmException unreadable) {
                problems.add(unreadable.problem());
            }
        }
        int exit = problems.isEmpty()
                ? reports.stream().allMatch(report -> report.proof().passed())
                        ? ExitStatus.DONE.code()
                        : ExitStatus.STEP_FAILED.code()
                : problems.get(0).exit().code();
        if (invocation.has(Options.JSON)) {
            invocation.messages().json(json(reports, problems, exit));
        } else {
            boolean all = !invocation.messages().quiet();
            reports.stream()
                    .filter(report -> all || !report.proof().passed())
                    .forEach(report ->
                            report.toText().forEach(invocation.console().out()::println));
        }
        problems.forEach(invocation.messages()::report);
        return exit;
    }

    private static ObjectNode json(List<InspectReport> reports, List<Problem> problems, int exit) {
        ObjectNode json = JsonText.start();
        ArrayNode files = json.putArray("files");
        reports.forEach(report -> files.addPOJO(report.toJson()));
        ArrayNode failed = json.putArray("problems");
        problems.forEach(problem -> failed.add(RunJson.of(problem)));
        json.put("exit", exit);
        return json;
    }
}
