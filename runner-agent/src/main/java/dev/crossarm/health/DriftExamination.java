package dev.crossarm.health;

import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Plan;
import dev.crossarm.plan.Planner;
import dev.crossarm.plan.Selection;
import dev.crossarm.plan.StepGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What {@code check} sees, each step a finding. */
final class DriftExamination implements Examination {
    /** More say no more; {@code check --verbose} lists all. */
    private static final int DIFFERENCES = 5;

    private final Supplier<StepGraph> steps;
    private final String remedy;

    /** @param remedy the command that takes drift away */
    DriftExamination(Supplier<StepGraph> steps, String remedy) {
        this.steps = steps;
        this.remedy = remedy;
    }

    @Override
    public List<Finding> examine() {
        StepGraph graph = steps.get();
        Plan plan = new Planner(graph).plan(Selection.all(graph));
        List<Finding> findings = new ArrayList<>();
        for (Plan.PlannedStep step : plan.steps()) {
            String id = "step-" + step.id();
            boolean blocked =
                    plan.steps().stream().anyMatch(other -> step.after().contains(other.id()) && !other.satisfied());
            findings.add(step.observation()
                    .fold(
                            satisfied -> Finding.ok(id, step.summary()),
                            drifted -> Finding.error(
                                    id,
                                    step.summary() + ": "
                                            + drifted.differences().size()
                                            + (drifted.differences().size() == 1 ? " difference" : " differences"),
                                    detail(drifted.differences()),
                                    remedy),
                            unknown -> blocked
                                    ? Finding.note(
                                            id,
                                            step.summary() + ": cannot be checked before the steps that it requires",
                                            unknown.problem().summary())
                                    : Finding.of(id, Severity.ERROR, unknown.problem())));
        }
        return findings;
    }

    private static String detail(List<Difference> differences) {
        int shown = differences.size() <= DIFFERENCES + 1 ? differences.size() : DIFFERENCES;
        String first = differences.stream()
                .limit(shown)
                .map(one -> one.subject() + ": " + one.found() + ", wanted " + one.wanted())
                .collect(Collectors.joining("\n"));
        int more = differences.size() - shown;
        return more == 0 ? first : first + "\nand " + more + " more (crossarm check --verbose lists them)";
    }
}
