package dev.crossarm.cli.display;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.Plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan for people to read before they agree to it. */
public final class PlanText {
    private final Plan plan;
    private final boolean verbose;
    private final boolean colours;

    public PlanText(Plan plan, boolean verbose, boolean colours) {
        this.plan = plan;
        this.verbose = verbose;
        this.colours = colours;
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (PlannedStep step : plan.steps()) {
            List<String> texts = texts(step);
            for (int i = 0; i < texts.size(); i++) {
                String id = i == 0 ? step.id().value() : "";
                lines.add(String.format(Locale.ROOT, "  %-19s %s", id, texts.get(i))
                        .stripTrailing());
            }
        }
        lines.add("");
        lines.add(total());
        return lines;
    }

    private List<String> texts(PlannedStep step) {
        if (step.notSelected()) {
            return List.of(faint("left out" + (step.satisfied() ? "" : ", although it is not in order")));
        }
        return step.observation()
                .fold(
                        satisfied -> List.of(Paint.GOOD.on("ok", colours) + evidence(satisfied)),
                        drifted -> changes(step, drifted),
                        unknown -> unknown(step, unknown));
    }

    private String evidence(Observation.Satisfied satisfied) {
        boolean any = verbose && !satisfied.evidence().isEmpty();
        return any ? faint(": " + String.join(", ", satisfied.evidence())) : "";
    }

    private List<String> changes(PlannedStep step, Observation.Drifted drifted) {
        List<String> texts = new ArrayList<>();
        if (!verbose) {
            FoldedChanges.of(step.changes())
                    .forEach(text -> texts.add(Paint.CHANGED.on(StepLine.printable(text), colours)));
        }
        for (Change change : verbose ? step.changes() : List.<Change>of()) {
            texts.add(Paint.CHANGED.on(StepLine.printable(change.summary()), colours));
            texts.add(faint("  " + change.kind().word() + " " + StepLine.printable(change.target()) + " ("
                    + change.before() + " -> " + change.after() + ")"));
        }
        if (verbose || texts.isEmpty()) {
            for (Difference difference : drifted.differences()) {
                texts.add(faint("because " + StepLine.printable(difference.subject()) + " is " + difference.found()
                        + ", wanted: " + difference.wanted()));
            }
        }
        return texts;
    }

    private List<String> unknown(PlannedStep step, Observation.Unknown unknown) {
        List<String> first = plan.steps().stream()
                .filter(other -> step.after().contains(other.id()) && !other.satisfied())
                .map(other -> other.id().value())
                .toList();
        return List.of(
                first.isEmpty()
                        ? Paint.BAD.on("unknown: " + unknown.problem().summary(), colours)
                        : faint("follows once " + String.join(" and ", first) + " is done"));
    }

    private String total() {
        if (plan.isEmpty()) {
            return plan.action() == Plan.Action.REMOVE
                    ? "Nothing of Crossarm's is on this machine."
                    : "Everything is in order.";
        }
        int changes = plan.changes().size();
        long steps = plan.steps().stream()
                .filter(step -> !step.notSelected() && !step.satisfied())
                .count();
        return Paint.STRONG.on(count(changes, "change") + " in " + count(steps, "step") + ".", colours);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private String faint(String text) {
        return Paint.FAINT.on(text, colours);
    }
}
