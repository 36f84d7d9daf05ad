package dev.crossarm.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.plan.RunReport.StepResult;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Quantity;
import java.util.List;

/** Plans and reports as JSON for {@code --json}; every object carries a schema version, durations are seconds. */
public final class RunJson {
    private static final int SCHEMA_VERSION = 1;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RunJson() {}

    public static ObjectNode of(Plan plan) {
        ObjectNode json = NODES.objectNode();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("action", plan.action().word());
        json.put("drift", !plan.isEmpty());
        if (plan.action() == Plan.Action.PROVISION) {
            Cost cost = plan.cost();
            json.putObject("estimate")
                    .put("downloadBytes", cost.download())
                    .put("diskBytes", cost.disk())
                    .put("seconds", cost.time().toSeconds());
        }
        ArrayNode steps = json.putArray("steps");
        for (Plan.PlannedStep step : plan.steps()) {
            ObjectNode one = steps.addObject();
            one.put("step", step.id().value());
            one.put("summary", step.summary());
            one.put("leftOut", step.notSelected());
            observation(one, step.observation());
            one.set("changes", changes(step.changes()));
        }
        return json;
    }

    public static ObjectNode of(RunReport report) {
        ObjectNode json = NODES.objectNode();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("run", report.run());
        json.put("action", report.action().word());
        json.put("good", report.good());
        json.put("exit", report.exit().code());
        json.put("interrupted", report.interrupted());
        json.put("seconds", Quantity.seconds(report.elapsed()));
        ArrayNode steps = json.putArray("steps");
        for (StepResult step : report.steps()) {
            ObjectNode one = steps.addObject();
            one.put("step", step.id().value());
            one.put("summary", step.summary());
            one.put("leftOut", step.notSelected());
            outcome(one, step.outcome());
            one.put("seconds", Quantity.seconds(step.elapsed()));
        }
        return json;
    }

    /** A problem with everything a reader needs to mend it. */
    public static ObjectNode of(Problem problem) {
        ObjectNode json = NODES.objectNode();
        json.put("code", problem.code());
        json.put("summary", problem.summary());
        json.put("detail", problem.detail());
        json.set("remedies", texts(problem.remedies()));
        json.put("exit", problem.exit().code());
        return json;
    }

    private static void observation(ObjectNode json, Observation observation) {
        ObjectNode unused = observation.fold(
                satisfied -> json.put("state", "satisfied").set("evidence", texts(satisfied.evidence())),
                drifted -> {
                    ArrayNode differences = json.put("state", "drifted").putArray("differences");
                    drifted.differences()
                            .forEach(one -> differences
                                    .addObject()
                                    .put("subject", one.subject())
                                    .put("found", one.found())
                                    .put("wanted", one.wanted()));
                    return json;
                },
                unknown -> json.put("state", "unknown").set("problem", of(unknown.problem())));
    }

    private static void outcome(ObjectNode json, Outcome outcome) {
        json.put("outcome", outcome.word());
        if (outcome instanceof Outcome.Unchanged unchanged) {
            json.set("evidence", texts(unchanged.evidence()));
        } else if (outcome instanceof Outcome.Changed changed) {
            json.set("evidence", texts(changed.evidence()));
            json.set("changes", changes(changed.changes()));
        } else if (outcome instanceof Outcome.Failed failed) {
            json.set("problem", of(failed.problem()));
        } else if (outcome instanceof Outcome.Skipped skipped) {
            json.put("because", skipped.because());
        }
    }

    private static ArrayNode changes(List<Change> changes) {
        ArrayNode json = NODES.arrayNode();
        for (Change change : changes) {
            json.addObject()
                    .put("kind", change.kind().word())
                    .put("target", change.target())
                    .put("summary", change.summary())
                    .put("before", change.before().value())
                    .put("after", change.after().value())
                    .put("sensitive", change.sensitive());
        }
        return json;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode json = NODES.arrayNode();
        texts.forEach(json::add);
        return json;
    }
}
