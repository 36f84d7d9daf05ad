package dev.crossarm.plan;

import dev.crossarm.plan.Plan.Action;
import dev.crossarm.plan.Plan.PlannedStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks steps in the order of their requirements and collects what they would change. Writes nothing. */
public final class Planner {
    private final StepGraph graph;

    public Planner(StepGraph graph) {
        this.graph = graph;
    }

    /**
     * What would make the selected steps satisfied. Steps that they require and that are not selected are checked too
     * and stand in the plan as left out. Nothing is thrown for what a check cannot find out: it stands in the plan.
     */
    public Plan plan(Selection selection) {
        Set<StepId> required = graph.requirementsOf(selection.steps());
        List<PlannedStep> planned = new ArrayList<>();
        for (Step step : graph.steps()) {
            boolean selected = selection.steps().contains(step.id());
            if (selected || required.contains(step.id())) {
                planned.add(look(Action.PROVISION, step, step.requires(), !selected));
            }
        }
        return new Plan(Action.PROVISION, planned);
    }

    /** What would take away everything of ours that the selected steps left, last made first. */
    public Plan planRemoval(Selection selection) {
        List<Step> reversed = new ArrayList<>(graph.steps());
        Collections.reverse(reversed);
        List<PlannedStep> planned = new ArrayList<>();
        for (Step step : reversed) {
            if (selection.steps().contains(step.id())) {
                Set<StepId> after = new LinkedHashSet<>(graph.dependantsOf(step.id()));
                after.retainAll(selection.steps());
                planned.add(look(Action.REMOVE, step, after, false));
            }
        }
        return new Plan(Action.REMOVE, planned);
    }

    private static PlannedStep look(Action action, Step step, Set<StepId> after, boolean notSelected) {
        Observation found = action.observeGuarded(step);
        List<Change> changes = notSelected
                ? List.of()
                : found.fold(satisfied -> List.of(), Observation.Drifted::changes, unknown -> List.of());
        return new PlannedStep(step.id(), step.summary(), after, found, changes, notSelected);
    }
}
