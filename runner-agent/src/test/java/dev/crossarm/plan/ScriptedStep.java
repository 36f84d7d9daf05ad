package dev.crossarm.plan;

import dev.crossarm.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A step in memory: it is satisfied once each of its changes has been applied, and tells what was called. */
final class ScriptedStep implements Step {
    private final StepId id;
    private final Set<StepId> requires;
    private final int parts;
    private final List<String> applied = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger checks = new AtomicInteger();
    Consumer<Progress> work = progress -> {};
    Consumer<ScriptedStep> beforeCheck = step -> {};
    boolean effective = true;
    private Optional<Problem> unknownOnceChanged = Optional.empty();

    ScriptedStep(String id, int parts, String... requires) {
        this.id = StepId.of(id);
        this.parts = parts;
        this.requires = Stream.of(requires).map(StepId::of).collect(Collectors.toSet());
    }

    ScriptedStep working(Consumer<Progress> newWork) {
        work = newWork;
        return this;
    }

    ScriptedStep ineffective() {
        effective = false;
        return this;
    }

    ScriptedStep unknownOnceChanged(Problem cause) {
        unknownOnceChanged = Optional.of(cause);
        return this;
    }

    ScriptedStep alreadyDone() {
        IntStream.range(0, parts).forEach(part -> applied.add("part-" + part));
        return this;
    }

    List<String> applied() {
        return List.copyOf(applied);
    }

    @Override
    public StepId id() {
        return id;
    }

    @Override
    public String summary() {
        return "the " + id + " of the test";
    }

    @Override
    public Set<StepId> requires() {
        return requires;
    }

    @Override
    public Observation check() {
        checks.incrementAndGet();
        beforeCheck.accept(this);
        if (unknownOnceChanged.isPresent() && !applied.isEmpty()) {
            return new Observation.Unknown(unknownOnceChanged.get());
        }
        List<Repair> missing = IntStream.range(0, parts)
                .mapToObj(part -> "part-" + part)
                .filter(part -> !applied.contains(part))
                .map(part -> TargetFix.of(
                        Difference.missing(part, "present"), Change.of(Change.Kind.RUN, part, "make " + part)))
                .toList();
        return missing.isEmpty() ? Observation.Satisfied.of(parts + " parts") : new Observation.Drifted(missing);
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        TargetFix change = (TargetFix) fix;
        work.accept(progress);
        if (change.kind() == Change.Kind.DELETE) {
            applied.remove(change.target());
        } else if (effective) {
            applied.add(change.target());
        }
    }

    @Override
    public List<Repair> planRemoval() {
        return applied().stream()
                .map(part -> TargetFix.of(Change.of(Change.Kind.DELETE, part, "remove " + part)))
                .toList();
    }
}
