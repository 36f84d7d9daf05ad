package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.crossarm.plan.FaultAt.Fault;
import dev.crossarm.plan.Plan.Action;
import dev.crossarm.problem.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** The proofs of {@link StepContract}. */
final class ContractProofs {
    /** More places than any step has; a step that never comes to its end would loop for ever otherwise. */
    private static final int MOST_PLACES = 2000;

    private final ContractHost host;
    private final ContractRun run;
    private final Predicate<String> varying;
    private final Predicate<String> passing;
    private final Predicate<String> kernel;
    private final Predicate<String> leftOver;

    ContractProofs(StepContract contract, ContractHost host) {
        this.host = host;
        this.run = new ContractRun(contract.factory, host.root(), contract.secrets);
        this.varying = StepContract.anyOf(contract.varying);
        this.passing = StepContract.anyOf(contract.passing);
        this.kernel = StepContract.anyOf(contract.kernel);
        this.leftOver = StepContract.anyOf(contract.leftOvers);
    }

    void checkWritesNothing() throws IOException {
        host.makeFresh();
        assertLookingTouchesNothing("a fresh host");
        provision();
        assertLookingTouchesNothing("a provisioned host");
    }

    private void assertLookingTouchesNothing(String where) throws IOException {
        TreeSnapshot before = host.snapshot();
        Step step = run.step(FaultAt.never());
        step.check();
        step.planRemoval();
        step.leftByRemoval();
        assertThat(host.snapshot().touchedSince(before))
                .as("touched by looking at %s", where)
                .isEmpty();
    }

    /** Spoils every file and folder in every way, one after the other, and puts it back. */
    void inputsAreAll() throws IOException {
        host.makeFresh();
        provision();
        int noticed = 0;
        for (String name : host.snapshot().entries().keySet()) {
            if (name.isEmpty() || kernel.test(name)) {
                continue;
            }
            for (Spoiling spoiling : Spoiling.values()) {
                Path path = host.root().resolve(name);
                Stamps before = Stamps.of(run.step(FaultAt.never()).inputs().orElseThrow())
                        .orElseThrow();
                assertThat(before.stillHold()).as("stamps of an untouched host").isTrue();
                if (!spoiling.spoil(path, host.aside())) {
                    continue;
                }
                boolean satisfied = run.plan(Action.PROVISION).isEmpty();
                boolean hold = before.stillHold();
                spoiling.undo(path, host.aside());
                assertThat(satisfied || !hold)
                        .as("stamps of the inputs show what the check shows: %s %s", name, spoiling)
                        .isTrue();
                noticed += satisfied ? 0 : 1;
            }
        }
        assertThat(noticed).as("changes that the check notices").isPositive();
        assertThat(run.plan(Action.PROVISION).isEmpty()).as("all was put back").isTrue();
    }

    void freshHostGivesPlan() throws IOException {
        host.makeFresh();
        Step step = run.step(FaultAt.never());
        Observation found = step.check();
        assertThat(found).as("check of a fresh host").isInstanceOf(Observation.Drifted.class);
        List<Change> changes = ((Observation.Drifted) found).changes();
        assertThat(changes).as("plan for a fresh host").isNotEmpty();
        assertThat(((Observation.Drifted) step.check()).changes())
                .as("the same plan again")
                .isEqualTo(changes);
        assertThat(run.plan(Action.REMOVE).changes())
                .as("removal on a fresh host")
                .isEmpty();
    }

    void applies() throws IOException {
        host.makeFresh();
        RunReport report = provision();
        assertThat(report.steps().get(0).outcome()).isInstanceOf(Outcome.Changed.class);
        assertThat(run.plan(Action.PROVISION).isEmpty())
                .as("second plan is empty")
                .isTrue();
        host.assertSharedFilesWereChanged();
        host.assertForeignContentSurvived("after apply");

        TreeSnapshot first = host.snapshot();
        assertThat(provision().steps().get(0).outcome()).isInstanceOf(Outcome.Unchanged.class);
        assertThat(host.snapshot().touchedSince(first))
                .as("touched by the second run")
                .isEmpty();
    }

    void convergesAfterKillInside() throws IOException {
        forEveryPlace(Fault.KILL, true);
    }

    void convergesAfterKillBetween() throws IOException {
        forEveryPlace(Fault.KILL, false);
    }

    void convergesAfterFullDisk() throws IOException {
        forEveryPlace(Fault.FULL_DISK, true);
    }

    private void forEveryPlace(Fault fault, boolean inside) throws IOException {
        host.makeFresh();
        TreeSnapshot fresh = host.snapshot();
        provision();
        TreeSnapshot wanted = host.snapshot();
        for (int n = 1; n < MOST_PLACES; n++) {
            host.makeFresh();
            FaultAt place = FaultAt.place(fault, n);
            Optional<RunReport> report =
                    run.carryOut(Action.PROVISION, inside ? place : FaultAt.never(), inside ? FaultAt.never() : place);
            if (place.struck().isEmpty()) {
                assertPlacesWereFound(n);
                return;
            }
            String when = fault + " at place " + n + ", " + place.struck();
            assertReported(fault, report, when);
            assertNothingHalfWritten(fresh, wanted, when);
            host.assertForeignContentSurvived("after " + when);

            provision();
            assertThat(host.snapshot().differencesTo(wanted, varying))
                    .as("difference to an undisturbed run after %s and another run", when)
                    .isEmpty();
            host.assertForeignContentSurvived("after " + when + " and another run");
        }
        fail("the step goes on for ever: more than " + MOST_PLACES + " places");
    }

    private static void assertPlacesWereFound(int n) {
        assertThat(n)
                .as("places: a step that reaches none was not given the checkpoint, and nothing would be proven")
                .isGreaterThan(1);
    }

    private static void assertReported(Fault fault, Optional<RunReport> report, String when) {
        if (fault == Fault.KILL) {
            assertThat(report).as("a report after %s", when).isEmpty();
            return;
        }
        RunReport failed = report.orElseThrow();
        assertThat(failed.good()).as("good after %s", when).isFalse();
        assertThat(failed.exit()).as("exit after %s", when).isNotIn(ExitStatus.BUG, ExitStatus.DONE);
        assertThat(failed.firstFailure().orElseThrow().problem().remedies())
                .as("remedies after %s", when)
                .isNotEmpty();
    }

    /** Every file is as it was or as it will be; a temporary one may be anything. */
    private void assertNothingHalfWritten(TreeSnapshot fresh, TreeSnapshot wanted, String when) throws IOException {
        for (Map.Entry<String, TreeSnapshot.Entry> file :
                host.snapshot().entries().entrySet()) {
            String name = file.getKey();
            if (varying.test(name) || passing.test(name) || name.endsWith(".tmp")) {
                continue;
            }
            String content = Objects.requireNonNull(file.getValue()).content();
            assertThat(content)
                    .as("content of %s after %s: as before, or as it will be", name, when)
                    .isIn(contentOf(fresh, name), contentOf(wanted, name));
        }
    }

    private static String contentOf(TreeSnapshot tree, String name) {
        TreeSnapshot.Entry entry = tree.entries().get(name);
        return entry == null ? "absent" : entry.content();
    }

    void removes() throws IOException {
        host.makeFresh();
        TreeSnapshot fresh = host.snapshot();
        provision();
        assertThat(run.plan(Action.REMOVE).changes())
                .as("removal of what was made")
                .isNotEmpty();
        for (int i = 1; i <= 2; i++) {
            remove();
            assertRemoved(fresh, "removal " + i);
        }
        provision();
        assertThat(run.plan(Action.PROVISION).isEmpty()).as("provisioned again").isTrue();
    }

    void removesAfterKill() throws IOException {
        for (int n = 1; n < MOST_PLACES; n++) {
            host.makeFresh();
            TreeSnapshot fresh = host.snapshot();
            provision();
            FaultAt place = FaultAt.place(Fault.KILL, n);
            Optional<RunReport> unused = run.carryOut(Action.REMOVE, place, FaultAt.never());
            if (place.struck().isEmpty()) {
                assertPlacesWereFound(n);
                return;
            }
            remove();
            assertRemoved(fresh, "removal killed at place " + n + ", " + place.struck() + ", and another");
        }
        fail("removal goes on for ever: more than " + MOST_PLACES + " places");
    }

    private void assertRemoved(TreeSnapshot fresh, String when) throws IOException {
        List<String> differences = host.snapshot().differencesTo(fresh, leftOver).stream()
                .filter(line -> !leftOver.test(line.substring(0, line.lastIndexOf(": "))))
                .toList();
        assertThat(differences)
                .as("difference to the fresh host after %s", when)
                .isEmpty();
        host.assertForeignContentSurvived("after " + when);
    }

    private RunReport provision() {
        return good(Action.PROVISION);
    }

    private void remove() {
        good(Action.REMOVE);
    }

    private RunReport good(Action action) {
        RunReport report =
                run.carryOut(action, FaultAt.never(), FaultAt.never()).orElseThrow();
        assertThat(report.good())
                .as(() -> "undisturbed " + action.word() + " is good: "
                        + RunJson.of(report).toPrettyString())
                .isTrue();
        return report;
    }
}
