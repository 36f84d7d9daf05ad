package dev.crossarm.cli;

import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.Plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;

/** What a check found, for people: a line a step, its differences below it. */
final class CheckText {
    private final Plan plan;
    private final boolean colours;

    CheckText(Plan plan, boolean colours) {
        this.plan = plan;
        this.colours = colours;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (PlannedStep step : plan.steps()) {
            lines.addAll(step.observation()
                    .fold(
                            satisfied -> List.of(line(step, "ok", Paint.GOOD, String.join(", ", satisfied.evidence()))),
                            drifted -> differences(step, drifted.differences()),
                            unknown -> List.of(line(
                                    step,
                                    "unknown",
                                    Paint.WARNING,
                                    unknown.problem().summary()))));
        }
        if (!plan.isEmpty()) {
            lines.add("");
            lines.add("This machine is not as provision would leave it. To mend it: crossarm provision");
        }
        return lines;
    }

    private List<String> differences(PlannedStep step, List<Difference> differences) {
        List<String> lines = new ArrayList<>();
        for (Difference one : differences) {
            String text = StepLine.printable(one.subject()) + " is " + one.found() + ", wanted: " + one.wanted();
            lines.add(line(step, lines.isEmpty() ? "differs" : "", Paint.CHANGED, text));
        }
        return lines;
    }

    private String line(PlannedStep step, String word, Paint paint, String text) {
        return word.isEmpty()
                ? " ".repeat(StepLine.INDENT) + text
                : StepLine.line(word, paint, step.id(), text, colours);
    }
}
