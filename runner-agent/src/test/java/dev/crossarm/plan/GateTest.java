package dev.crossarm.plan;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.plan.Outcome.Changed;
import dev.crossarm.plan.Outcome.Failed;
import dev.crossarm.plan.Outcome.Skipped;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = SECONDS)
class GateTest {
    private static final Problem UNPROVEN = Problem.of(ExitStatus.DATA, "unproven", "the program does not run");

    private final List<RunEvent> events = new ArrayList<>();

    private record TestGate(Set<StepId> requires, Function<Progress, Outcome> trial) implements Gate {
        @Override
        public StepId id() {
            return StepId.of("proof");
        }

        @Override
        public String summary() {
            return "the proof of the test";
        }

        @Override
        public Outcome pass(Progress progress) {
            return trial.apply(progress);
        }
    }

    @Test
    void is_tried_beside_a_step_it_does_not_rest_on() {
        CyclicBarrier together = new CyclicBarrier(2);
        ScriptedStep base = new ScriptedStep("base", 1);
        ScriptedStep beside = new ScriptedStep("beside", 1, "base").working(progress -> meet(together));

        RunReport report = run(
                gate(
                        progress -> {
                            assertThat(base.applied()).hasSize(1);
                            meet(together);
                            return passed();
                        },
                        "base"),
                base,
                beside);

        assertThat(report.gate()).contains(passed());
        assertThat(report.exit()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void is_told_like_a_step_and_is_none_of_the_plan() {
        RunReport report = run(
                gate(
                        progress -> {
                            progress.line("building");
                            return passed();
                        },
                        "only"),
                new ScriptedStep("only", 1).alreadyDone());

        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .containsExactly("RunStarted", "StepFinished", "StepStarted", "Output", "StepFinished", "RunFinished");
        assertThat(report.steps()).hasSize(1);
    }

    @Test
    void is_not_tried_when_a_step_it_rests_on_failed() {
        RunReport report = run(
                gate(
                        progress -> {
                            throw new AssertionError("tried");
                        },
                        "base",
                        "top"),
                failing("base"),
                new ScriptedStep("top", 1, "base"));

        assertThat(report.gate()).contains(new Skipped("base failed"));
        assertThat(report.exit()).isEqualTo(ExitStatus.TRY_LATER);
    }

    @Test
    void is_passed_where_only_a_step_it_does_not_rest_on_failed_and_the_run_still_fails() {
        RunReport report = run(gate(progress -> passed(), "base"), new ScriptedStep("base", 1), failing("beside"));

        assertThat(report.gate()).contains(passed());
        assertThat(report.passed()).isFalse();
        assertThat(report.exit()).isEqualTo(ExitStatus.TRY_LATER);
    }

    @Test
    void decides_when_all_steps_are_good() {
        RunReport report = run(
                gate(
                        progress -> {
                            throw UNPROVEN.asException();
                        },
                        "base"),
                new ScriptedStep("base", 1));

        assertThat(report.good()).isTrue();
        assertThat(report.passed()).isFalse();
        assertThat(report.exit()).isEqualTo(ExitStatus.DATA);
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        RunEvent.RunFinished.class,
                        finished -> assertThat(finished.good()).isFalse());
    }

    @Test
    void a_bug_in_it_is_reported_as_one() {
        RunReport report = run(
                gate(progress -> {
                    throw new IllegalStateException("never thought of");
                }),
                new ScriptedStep("base", 1));

        assertThat(report.gate())
                .containsInstanceOf(Failed.class)
                .get()
                .extracting(failed -> ((Failed) failed).problem().exit())
                .isEqualTo(ExitStatus.BUG);
        assertThat(report.exit()).isEqualTo(ExitStatus.BUG);
    }

    @Test
    void is_interrupted_with_the_run() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        List<RunReport> reports = new ArrayList<>();
        Gate gate = gate(
                progress -> {
                    running.countDown();
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException stop) {
                        throw Problem.of(ExitStatus.TRY_LATER, "interrupted", "told to stop")
                                .asException(stop);
                    }
                    return passed();
                },
                "base");
        Thread thread = new Thread(() -> reports.add(run(gate, new ScriptedStep("base", 1))));
        thread.start();
        running.await();
        thread.interrupt();
        thread.join();

        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.interrupted()).isTrue();
            assertThat(report.gate()).containsInstanceOf(Failed.class);
            assertThat(report.exit()).isEqualTo(ExitStatus.TRY_LATER);
        });
    }

    @Test
    void is_not_started_any_more_when_the_run_is_interrupted_before() {
        Thread.currentThread().interrupt();

        RunReport report = run(gate(progress -> passed(), "base"), new ScriptedStep("base", 1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.gate()).contains(new Skipped("interrupted"));
    }

    private static Outcome passed() {
        return new Changed(List.of(), List.of("it runs"));
    }

    private static Gate gate(Function<Progress, Outcome> trial, String... requires) {
        return new TestGate(Stream.of(requires).map(StepId::of).collect(Collectors.toSet()), trial);
    }

    private static ScriptedStep failing(String id) {
        return new ScriptedStep(id, 1).working(progress -> {
            throw Problem.of(ExitStatus.TRY_LATER, "locked", "apt is locked").asException();
        });
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, SECONDS);
        } catch (Exception alone) {
            throw new AssertionError("nobody else was running", alone);
        }
    }

    private RunReport run(Gate gate, ScriptedStep... steps) {
        StepGraph graph = StepGraph.of(List.of(steps));
        Plan plan = new Planner(graph).plan(Selection.all(graph));
        return new PlanRunner(() -> Instant.EPOCH, () -> 0, events::add).run(graph, plan, Optional.of(gate), "run-1");
    }
}
