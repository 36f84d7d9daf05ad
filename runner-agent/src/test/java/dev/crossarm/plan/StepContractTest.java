package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract lets a good step pass and catches each way in which a step can be bad. */
class StepContractTest {
    private static final String LOOKING = "check and plan write nothing";
    private static final String INPUTS = "whatever changes the check's answer shows in its inputs";
    private static final String PLANNING = "a fresh host gives a plan";
    private static final String APPLYING = "after apply check is satisfied and the second plan is empty";
    private static final String KILLED_INSIDE = "killed at any checkpoint the next run converges";
    private static final String KILLED_BETWEEN = "killed between any two events the next run converges";
    private static final String FULL_DISK = "a full disk at any write is reported and the next run converges";
    private static final String REMOVING = "removal leaves what was there before, twice";
    private static final String REMOVING_KILLED = "removal killed at any checkpoint is completed by the next";

    @TestFactory
    Stream<DynamicTest> lets_a_good_step_pass() {
        return contract(StepContractTest::good).tests();
    }

    @Test
    void catches_a_check_that_writes() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public Observation check() {
                        touch(host.resolve("opt/cache"));
                        return super.check();
                    }
                }))
                .contains(LOOKING);
    }

    @Test
    void catches_a_check_that_writes_and_puts_back() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public Observation check() {
                        touch(host.resolve("opt/probe"));
                        delete(host.resolve("opt/probe"));
                        return super.check();
                    }
                }))
                .containsExactly(LOOKING, INPUTS, APPLYING);
    }

    @Test
    void catches_an_input_that_is_not_named() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public Optional<Inputs> inputs() {
                        return Optional.of(new Inputs().whole(host.resolve(FileModelStep.SHARED)));
                    }
                }))
                .containsExactly(INPUTS);
    }

    @Test
    void catches_an_input_of_which_only_the_place_is_named() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public Optional<Inputs> inputs() {
                        Inputs inputs = new Inputs();
                        good.inputs().orElseThrow().all().keySet().forEach(inputs::place);
                        return Optional.of(inputs);
                    }
                }))
                .containsExactly(INPUTS);
    }

    @Test
    void catches_a_difference_that_nothing_repairs() {
        record Nothing() implements Fix {}
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public Observation check() {
                        if (super.check() instanceof Observation.Drifted drift) {
                            List<Repair> repairs = new ArrayList<>(drift.repairs());
                            Repair first = repairs.get(0);
                            repairs.set(0, new Repair(first.differences(), first.change(), new Nothing()));
                            return new Observation.Drifted(repairs);
                        }
                        return super.check();
                    }

                    @Override
                    public void apply(Fix fix, Progress progress) {
                        if (!(fix instanceof Nothing)) {
                            super.apply(fix, progress);
                        }
                    }
                }))
                .contains(APPLYING);
    }

    @Test
    void catches_a_step_that_has_nothing_to_do_on_a_fresh_host() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public Observation check() {
                        return Observation.Satisfied.of("hope");
                    }
                }))
                .contains(PLANNING, APPLYING, KILLED_INSIDE, FULL_DISK, REMOVING);
    }

    @Test
    void catches_a_file_that_is_written_in_place() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public void apply(Fix fix, Progress progress) {
                        TargetFix change = (TargetFix) fix;
                        if (change.target().endsWith("bin/wrapper") && change.kind() == Change.Kind.WRITE_FILE) {
                            write(host.resolve("opt/model/bin/wrapper"), "#!/bin/sh\n");
                            checkpoint.reached("half-written");
                        }
                        super.apply(fix, progress);
                    }
                }))
                .containsExactly(KILLED_INSIDE, FULL_DISK);
    }

    @Test
    void catches_a_left_over_that_the_next_run_does_not_find() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public void apply(Fix fix, Progress progress) {
                        Path scratch = host.resolve("opt/scratch-" + System.nanoTime() + ".tmp");
                        touch(scratch);
                        super.apply(fix, progress);
                        delete(scratch);
                    }
                }))
                .contains(KILLED_INSIDE, FULL_DISK, REMOVING_KILLED)
                .doesNotContain(APPLYING);
    }

    @Test
    void catches_changes_that_only_work_together() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public Observation check() {
                        return Files.exists(host.resolve("opt/model/bin/wrapper"))
                                ? Observation.Satisfied.of("the first file is there")
                                : super.check();
                    }
                }))
                .contains(KILLED_INSIDE, KILLED_BETWEEN, FULL_DISK)
                .doesNotContain(APPLYING);
    }

    @Test
    void catches_lost_foreign_lines() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public void apply(Fix fix, Progress progress) {
                        super.apply(fix, progress);
                        write(host.resolve(FileModelStep.SHARED), "MODEL=on\n");
                    }
                }))
                .contains(APPLYING, KILLED_BETWEEN);
    }

    @Test
    void catches_a_secret_in_the_plan() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public Observation check() {
                        if (super.check() instanceof Observation.Drifted drift) {
                            List<Repair> repairs = new ArrayList<>(drift.repairs());
                            repairs.add(TargetFix.of(
                                    Change.of(Change.Kind.RUN, "login", "log in with " + FileModelStep.TOKEN)));
                            return new Observation.Drifted(repairs);
                        }
                        return super.check();
                    }
                }))
                .contains(APPLYING);
    }

    @Test
    void catches_a_secret_in_a_failure_only() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public void apply(Fix fix, Progress progress) {
                        try {
                            super.apply(fix, progress);
                        } catch (CrossarmException expected) {
                            throw expected.problem()
                                    .withDetail("while writing " + FileModelStep.TOKEN)
                                    .asException();
                        }
                    }
                }))
                .containsExactly(FULL_DISK);
    }

    @Test
    void catches_a_full_disk_that_is_kept_quiet() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public void apply(Fix fix, Progress progress) {
                        try {
                            super.apply(fix, progress);
                        } catch (CrossarmException swallowed) {
                            super.apply(fix, progress);
                        }
                    }
                }))
                .containsExactly(FULL_DISK);
    }

    @Test
    void catches_a_removal_that_leaves_something() {
        assertThat(failing((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public List<Repair> planRemoval() {
                        List<Repair> changes = super.planRemoval();
                        return changes.isEmpty() ? changes : changes.subList(0, changes.size() - 1);
                    }
                }))
                .contains(REMOVING, REMOVING_KILLED);
    }

    @Test
    void catches_a_step_that_was_not_given_the_checkpoint() {
        assertThat(failing((host, checkpoint) -> good(host, Checkpoint.NONE)))
                .containsExactly(KILLED_INSIDE, FULL_DISK, REMOVING_KILLED);
    }

    @Test
    void catches_a_shared_file_that_the_step_never_touches() {
        assertThat(failures(contract(StepContractTest::good)
                        .startingFrom(host -> {
                            FileModelStep.prepare(host);
                            Files.writeString(host.resolve("runner/other"), "foreign\n");
                        })
                        .sharing(FileModelStep.SHARED, "runner/other")))
                .containsKey(APPLYING);
    }

    @Test
    void says_where_the_fault_struck() {
        Map<String, Throwable> failures =
                failures(contract((host, checkpoint) -> new SpoiledStep(good(host, checkpoint)) {
                    @Override
                    public void apply(Fix fix, Progress progress) {
                        write(host.resolve("opt/model-half"), "x");
                        checkpoint.reached("half-way");
                        delete(host.resolve("opt/model-half"));
                        super.apply(fix, progress);
                    }
                }));

        assertThat(failures.get(KILLED_INSIDE)).hasMessageContaining("opt/model-half after KILL at place 1, half-way");
    }

    private static Step good(Path host, Checkpoint checkpoint) {
        return new FileModelStep(host, new DurableFiles(checkpoint));
    }

    private static StepContract contract(StepContract.StepFactory factory) {
        return StepContract.of(factory)
                .startingFrom(FileModelStep::prepare)
                .sharing(FileModelStep.SHARED)
                .withSecrets(FileModelStep.TOKEN);
    }

    private static List<String> failing(StepContract.StepFactory factory) {
        return StepContractTest.contract(factory)
                .tests()
                .map(DynamicTest::getDisplayName)
                .filter(failures(contract(factory))::containsKey)
                .toList();
    }

    private static Map<String, Throwable> failures(StepContract contract) {
        Map<String, Throwable> failures = new TreeMap<>();
        contract.tests().forEach(test -> {
            try {
                test.getExecutable().execute();
            } catch (Throwable failure) {
                failures.put(test.getDisplayName(), failure);
            }
        });
        return failures;
    }

    private static void touch(Path file) {
        write(file, "");
    }

    private static void write(Path file, String text) {
        try {
            Path parent = java.util.Objects.requireNonNull(file.getParent());
            Files.createDirectories(parent);
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
