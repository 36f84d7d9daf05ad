package dev.crossarm.plan;

import dev.crossarm.config.Suggestion;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which steps a run is to carry out. What a selected step requires is checked although it is not selected, but not
 * changed: who leaves a step out is taken at their word and told what it lacks.
 *
 * @param steps ids of the selected steps
 */
public record Selection(Set<StepId> steps) {

    public Selection {
        steps = Set.copyOf(steps);
    }

    /** Every step there is. */
    public static Selection all(StepGraph graph) {
        return new Selection(graph.ids());
    }

    /**
     * The steps named in {@code only} (all when empty) without those named in {@code skip}.
     *
     * @throws dev.crossarm.problem.CrossarmException (usage) for a name that no step has, with the nearest one, and
     *     when nothing is left to do
     */
    public static Selection of(StepGraph graph, Collection<String> only, Collection<String> skip) {
        Set<StepId> chosen = new LinkedHashSet<>(only.isEmpty() ? graph.ids() : known(graph, only, "--only"));
        chosen.removeAll(known(graph, skip, "--skip"));
        if (chosen.isEmpty()) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "no-steps-selected",
                            "--only and --skip leave no step to run",
                            "steps are: " + names(graph))
                    .asException();
        }
        return new Selection(chosen);
    }

    private static Set<StepId> known(StepGraph graph, Collection<String> names, String option) {
        Set<StepId> found = new LinkedHashSet<>();
        for (String name : names) {
            found.add(graph.ids().stream()
                    .filter(id -> id.value().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(graph, name, option).asException()));
        }
        return found;
    }

    private static Problem unknown(StepGraph graph, String name, String option) {
        Problem problem = Problem.of(
                ExitStatus.USAGE,
                "unknown-step",
                option + ": no step is called " + name.lines().findFirst().orElse("''"));
        String all = "steps are: " + names(graph);
        return Suggestion.of(name, graph.ids().stream().map(StepId::value).toList())
                .map(id -> problem.withRemedies("did you mean " + option + " " + id + "?", all))
                .orElseGet(() -> problem.withRemedies(all));
    }

    private static String names(StepGraph graph) {
        return graph.ids().stream().map(StepId::value).collect(Collectors.joining(", "));
    }
}
