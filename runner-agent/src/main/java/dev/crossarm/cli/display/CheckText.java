package dev.crossarm.cli.display;

import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.Plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;

/** What a check found, for people: a line a step, its differences below it. */
public final class CheckText {
    /** Of a step that was never carried out every file differs, and a screen full of them says no more than the first. */
    private static final int DIFFERENCES = 5;

    private final Plan plan;
    private final String closing;
    private final boolean all;
    private final boolean colours;

    /**
     * @param closing what is said last when something differs
     * @param all whether every difference is listed, however many there are
     */
    public CheckText(Plan plan, String closing, boolean all, boolean colours) {
        this.plan = plan;
        this.closing = closing;
        this.all = all;
        this.colours = colours;
    }

    public List<String> lines() {
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
            lines.add(closing);
        }
        return lines;
    }

    private List<String> differences(PlannedStep step, List<Difference> differences) {
        List<String> lines = new ArrayList<>();
        int shown = all || differences.size() <= DIFFERENCES + 1 ? differences.size() : DIFFERENCES;
        for (Difference one : differences.subList(0, shown)) {
            String text = StepLine.printable(one.subject()) + " is " + one.found() + ", wanted: " + one.wanted();
            lines.add(line(step, lines.isEmpty() ? "differs" : "", Paint.CHANGED, text));
        }
        if (shown < differences.size()) {
            lines.add(line(
                    step, "", Paint.CHANGED, "and " + (differences.size() - shown) + " more (--verbose lists them)"));
        }
        return lines;
    }

    private String line(PlannedStep step, String word, Paint paint, String text) {
        return word.isEmpty()
                ? " ".repeat(StepLine.INDENT) + text
                : StepLine.line(word, paint, step.id(), text, colours);
    }
}
