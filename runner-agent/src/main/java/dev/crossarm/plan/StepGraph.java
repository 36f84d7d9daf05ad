package dev.crossarm.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Steps in an order in which everything a step requires comes before it; among equals the order given is kept. Wrong
 * wiring (the same id twice, a requirement nobody meets, a circle) is refused when the graph is made, by name.
 */
public final class StepGraph {
    private final Map<StepId, Step> ordered;

    private StepGraph(Map<StepId, Step> ordered) {
        this.ordered = ordered;
    }

    /** @throws IllegalArgumentException naming the steps when they cannot be put in an order */
    public static StepGraph of(List<Step> steps) {
        Map<StepId, Step> known = new LinkedHashMap<>();
        for (Step step : steps) {
            if (known.put(step.id(), step) != null) {
                throw new IllegalArgumentException("two steps are called " + step.id());
            }
        }
        for (Step step : steps) {
            for (StepId required : new TreeSet<>(step.requires())) {
                if (!known.containsKey(required)) {
                    throw new IllegalArgumentException(
                            "step " + step.id() + " requires " + required + ", which does not exist");
                }
            }
        }
        Map<StepId, Step> ordered = new LinkedHashMap<>();
        for (Step step : steps) {
            place(step, known, ordered, new ArrayList<>());
        }
        return new StepGraph(Collections.unmodifiableMap(ordered));
    }

    private static void place(Step step, Map<StepId, Step> known, Map<StepId, Step> ordered, List<StepId> way) {
        if (ordered.containsKey(step.id())) {
            return;
        }
        int seen = way.indexOf(step.id());
        way.add(step.id());
        if (seen >= 0) {
            throw new IllegalArgumentException("steps require each other in a circle: "
                    + way.subList(seen, way.size()).stream().map(StepId::value).collect(Collectors.joining(" -> ")));
        }
        for (StepId required : new TreeSet<>(step.requires())) {
            place(Objects.requireNonNull(known.get(required)), known, ordered, way);
        }
        way.remove(way.size() - 1);
        ordered.put(step.id(), step);
    }

    /** Every step, requirements first. */
    public List<Step> steps() {
        return List.copyOf(ordered.values());
    }

    /** Every id, requirements first. */
    public Set<StepId> ids() {
        return ordered.keySet();
    }

    /** @throws IllegalArgumentException when there is no such step */
    public Step step(StepId id) {
        Step step = ordered.get(id);
        if (step == null) {
            throw new IllegalArgumentException("no step is called " + id);
        }
        return step;
    }

    /** Everything these steps require, directly or not, themselves left out unless another of them requires them. */
    Set<StepId> requirementsOf(Set<StepId> ids) {
        Set<StepId> found = new LinkedHashSet<>();
        List<StepId> open = new ArrayList<>(ids);
        while (!open.isEmpty()) {
            for (StepId required : step(open.remove(open.size() - 1)).requires()) {
                if (found.add(required)) {
                    open.add(required);
                }
            }
        }
        return found;
    }

    /** The steps that require this one directly. */
    Set<StepId> dependantsOf(StepId id) {
        return ordered.values().stream()
                .filter(step -> step.requires().contains(id))
                .map(Step::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
