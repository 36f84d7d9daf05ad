package dev.crossarm.cli;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Cost;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.TargetFix;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A step that keeps in memory whether it has been carried out. */
public final class TestStep implements Step {
    /** How it behaves when it is carried out. */
    public enum Manner {
        WORKS,
        FAILS,
        THROWS
    }

    private final String name;
    private final Set<StepId> requires;
    private final Manner manner;
    private volatile boolean done;
    private Cost cost = Cost.NONE;
    private Optional<Path> place = Optional.empty();
    private String evidence = "";
    private boolean unknown;

    public TestStep(String name, boolean done, Manner manner, String... requires) {
        this.name = name;
        this.done = done;
        this.manner = manner;
        this.requires = Stream.of(requires).map(StepId::of).collect(Collectors.toSet());
    }

    public static TestStep done(String name) {
        return new TestStep(name, true, Manner.WORKS);
    }

    public static TestStep open(String name, String... requires) {
        return new TestStep(name, false, Manner.WORKS, requires);
    }

    public static TestStep failing(String name) {
        return new TestStep(name, false, Manner.FAILS);
    }

    /** Which cannot find out how it is. */
    public static TestStep unknown(String name) {
        TestStep step = open(name);
        step.unknown = true;
        return step;
    }

    /** With a repair at this cost. */
    public TestStep costing(Cost newCost) {
        cost = newCost;
        return this;
    }

    /** With a repair that changes this. */
    public TestStep changing(Path newPlace) {
        place = Optional.of(newPlace);
        return this;
    }

    /** Which says this when it is in order. */
    public TestStep saying(String newEvidence) {
        evidence = newEvidence;
        return this;
    }

    public boolean isDone() {
        return done;
    }

    @Override
    public StepId id() {
        return StepId.of(name);
    }

    @Override
    public String summary() {
        return "the " + name;
    }

    @Override
    public Set<StepId> requires() {
        return requires;
    }

    @Override
    public Observation check() {
        if (unknown) {
            return new Observation.Unknown(Problem.of(ExitStatus.CONFIGURATION, "no-idea", "nobody knows of " + name));
        }
        return done
                ? Observation.Satisfied.of(evidence.isEmpty() ? name + " is there" : evidence)
                : new Observation.Drifted(List.of(TargetFix.of(Difference.missing("/opt/" + name, "a folder"), change())
                        .at(cost)));
    }

    private Change change() {
        Change change = Change.of(Change.Kind.MAKE_DIRECTORY, "/opt/" + name, "make the folder /opt/" + name)
                .withFingerprints(Fingerprint.ABSENT, Fingerprint.of(name));
        return place.map(change::in).orElse(change);
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        TargetFix change = (TargetFix) fix;
        progress.waiting("somebody else holds the lock");
        progress.line("working on " + change.target());
        switch (manner) {
            case WORKS -> done = change.kind() != Change.Kind.DELETE;
            case FAILS ->
                throw new Problem(
                                "no-room",
                                "there is no room for " + name,
                                "/opt is full",
                                List.of("df -h /opt"),
                                ExitStatus.CANNOT_CREATE)
                        .asException();
            case THROWS -> throw new IllegalStateException("unforeseen, with hunter2-token in it");
        }
    }

    @Override
    public List<String> leftByRemoval() {
        return done ? List.of(evidence.isEmpty() ? "What " + name + " brought stays." : evidence) : List.of();
    }

    @Override
    public List<Repair> planRemoval() {
        return done
                ? List.of(TargetFix.of(Change.of(Change.Kind.DELETE, "/opt/" + name, "delete the folder /opt/" + name)))
                : List.of();
    }
}
