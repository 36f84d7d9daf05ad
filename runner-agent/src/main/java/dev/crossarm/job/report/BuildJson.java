package dev.crossarm.job.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.job.program.Packed;
import dev.crossarm.job.program.ProgramResult;
import dev.crossarm.plan.RunJson;
import dev.crossarm.text.Quantity;
import java.util.List;

/** A build as JSON for {@code --json}. Durations are seconds, sizes bytes; what is absent is left out. */
public final class BuildJson {
    private static final int SCHEMA_VERSION = 1;

    private BuildJson() {}

    /** @param exit the status the command ends with */
    public static ObjectNode of(BuildSummary summary, int exit) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("good", summary.good() && exit == 0);
        json.put("exit", exit);
        json.put("target", summary.target());
        json.put("profile", summary.profile());
        json.put("toolchain", summary.toolchain());
        json.put("static", summary.allStatic());
        ArrayNode programs = json.putArray("programs");
        summary.programs().forEach(program -> programs.add(of(program)));
        ArrayNode phases = json.putArray("phases");
        summary.phases()
                .forEach(phase ->
                        phases.addObject().put("name", phase.name()).put("seconds", Quantity.seconds(phase.elapsed())));
        ArrayNode crates = json.putArray("slowestCrates");
        summary.slowestCrates()
                .forEach(crate -> crates.addObject()
                        .put("name", crate.name())
                        .put("version", crate.version())
                        .put("seconds", Quantity.seconds(crate.elapsed())));
        json.putObject("cache")
                .put("state", summary.cache().kind().word())
                .put("detail", summary.cache().detail());
        summary.tests()
                .ifPresent(tests -> json.putObject("tests")
                        .put("good", tests.good())
                        .put("passed", tests.passed())
                        .put("failed", tests.failed())
                        .put("ignored", tests.ignored())
                        .put("seconds", Quantity.seconds(tests.elapsed())));
        json.set("notes", texts(summary.notes()));
        json.set("warnings", texts(summary.warnings()));
        // Cargo's own status is the command's where cargo failed, and a document has one value for it.
        summary.failure()
                .ifPresent(problem -> json.set("problem", RunJson.of(problem).put("exit", exit)));
        json.put("seconds", Quantity.seconds(summary.total()));
        return json;
    }

    private static ObjectNode of(ProgramResult program) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("package", program.program().packageName());
        json.put("version", program.program().packageVersion());
        json.put("name", program.program().name());
        json.put("file", program.program().file().toString());
        json.put("bytes", program.bytes());
        json.put("builtBytes", program.builtBytes());
        program.previousBytes().ifPresent(bytes -> json.put("previousBytes", bytes));
        json.put("sha256", program.sha256());
        json.put("kind", program.kind());
        json.put("static", program.isStatic());
        ArrayNode findings = json.putArray("findings");
        program.findings()
                .forEach(finding -> findings.addObject()
                        .put("id", finding.id())
                        .put("title", finding.title())
                        .put("explanation", finding.explanation())
                        .put("remedy", finding.remedy())
                        .put("file", finding.file().toString()));
        program.debugFile().ifPresent(file -> json.put("debugFile", file.toString()));
        program.zip().ifPresent(zip -> json.set("zip", of(zip)));
        program.archive().ifPresent(archive -> json.set("archive", of(archive)));
        program.smokeRun().ifPresent(run -> {
            ObjectNode one = json.putObject("smokeRun")
                    .put("command", run.command())
                    .put("passed", run.passed())
                    .put("ending", run.ending());
            run.cpu().ifPresent(cpu -> one.put("cpu", cpu));
            one.put("output", run.output()).put("seconds", Quantity.seconds(run.elapsed()));
        });
        return json;
    }

    private static ObjectNode of(Packed packed) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("file", packed.file().toString())
                .put("sha256", packed.sha256())
                .put("bytes", packed.bytes())
                .put("unpackedBytes", packed.unpackedBytes());
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        texts.forEach(json::add);
        return json;
    }
}
