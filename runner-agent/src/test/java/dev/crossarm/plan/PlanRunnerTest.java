package dev.crossarm.plan;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.plan.Outcome.Changed;
import dev.crossarm.plan.Outcome.Failed;
import dev.crossarm.plan.Outcome.Skipped;
import dev.crossarm.plan.Outcome.Unchanged;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = SECONDS)
class PlanRunnerTest {
    private final List<RunEvent> events = new ArrayList<>();
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicInteger seconds = new AtomicInteger();

    @Test
    void makes_every_change_and_finds_the_steps_satisfied() {
        ScriptedStep base = new ScriptedStep("base", 2);
        ScriptedStep top = new ScriptedStep("top", 1, "base");

        RunReport report = run(base, top);

        assertThat(report.good()).isTrue();
        assertThat(report.exit()).isEqualTo(ExitStatus.DONE);
        assertThat(outcome(report, "base")).isInstanceOfSatisfying(Changed.class, changed -> {
            assertThat(changed.changes()).map(Change::target).containsExactly("part-0", "part-1");
            assertThat(changed.evidence()).containsExactly("2 parts");
        });
        assertThat(run(base, top).steps()).allMatch(step -> step.outcome() instanceof Unchanged);
    }

    @Test
    void tells_everything_in_order_with_times() {
        run(new ScriptedStep("only", 1).working(progress -> {
            progress.waiting("the lock");
            progress.line("a line");
        }));

        assertThat(events)
                .map(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "RunStarted",
                        "StepStarted",
                        "ChangeStarted",
                        "Waiting",
                        "Output",
                        "ChangeFinished",
                        "StepFinished",
                        "RunFinished");
        assertThat(events).map(RunEvent::at).isSorted().doesNotHaveDuplicates();
        assertThat(events.get(5))
                .isInstanceOfSatisfying(
                        RunEvent.ChangeFinished.class,
                        finished -> assertThat(finished.elapsed()).isEqualTo(Duration.ofNanos(1)));
    }

    @Test
    void checks_again_right_before_changing_so_that_a_host_mended_meanwhile_is_left_alone() {
        ScriptedStep step = new ScriptedStep("only", 1);
        StepGraph graph = StepGraph.of(List.of(step));
        Plan plan = new Planner(graph).plan(Selection.all(graph));
        step.alreadyDone();

        RunReport report = runner().run(graph, plan, "run-1");

        assertThat(outcome(report, "only")).isInstanceOf(Unchanged.class);
        assertThat(step.applied()).hasSize(1);
    }

    @Test
    void does_not_check_a_satisfied_step_twice_unless_what_it_rests_on_was_changed() {
        ScriptedStep base = new ScriptedStep("base", 1).alreadyDone();
        ScriptedStep top = new ScriptedStep("top", 1, "base").alreadyDone();
        ScriptedStep changed = new ScriptedStep("changed", 1);
        ScriptedStep resting = new ScriptedStep("resting", 1, "changed").alreadyDone();

        run(base, top, changed, resting);

        assertThat(top.checks).hasValue(1);
        assertThat(resting.checks).hasValue(2);
    }

    @Test
    void checks_a_satisfied_step_again_before_what_rests_on_it_is_changed() {
        ScriptedStep base = new ScriptedStep("base", 1).alreadyDone();
        ScriptedStep between = new ScriptedStep("between", 1, "base").alreadyDone();
        ScriptedStep top = new ScriptedStep("top", 1, "between");
        ScriptedStep beside = new ScriptedStep("beside", 1).alreadyDone();

        RunReport report = run(base, between, top, beside);

        assertThat(report.good()).isTrue();
        assertThat(base.checks).hasValue(2);
        assertThat(between.checks).hasValue(2);
        assertThat(beside.checks).hasValue(1);
        assertThat(outcome(report, "base")).isInstanceOf(Unchanged.class);
    }

    @Test
    void fails_when_the_check_after_the_changes_is_not_satisfied() {
        RunReport report = run(new ScriptedStep("only", 1).ineffective());

        assertThat(outcome(report, "only")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("postcondition");
            assertThat(failed.problem().summary())
                    .isEqualTo("step only made its changes, but is not satisfied: part-0 is missing");
            assertThat(failed.problem().detail()).contains("part-0: found missing, wanted present");
        });
        assertThat(report.exit()).isEqualTo(ExitStatus.STEP_FAILED);
    }

    @Test
    void keeps_what_a_check_says_of_its_own_failure_when_it_fails_after_the_changes() {
        Problem cause = new Problem(
                "rustc-broken",
                "rustc does not run",
                "libz.so.1: no such file",
                List.of("sudo apt-get install zlib1g"),
                ExitStatus.CONFIGURATION);

        RunReport report = run(new ScriptedStep("only", 1).unknownOnceChanged(cause));

        assertThat(outcome(report, "only")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.problem().summary())
                    .isEqualTo("only was changed, but could not be checked afterwards: rustc does not run");
            assertThat(failed.problem().code()).isEqualTo("rustc-broken");
            assertThat(failed.problem().detail()).isEqualTo("libz.so.1: no such file");
            assertThat(failed.problem().remedies()).containsExactly("sudo apt-get install zlib1g");
        });
        assertThat(report.exit()).isEqualTo(ExitStatus.CONFIGURATION);
    }

    @Test
    void skips_what_rests_on_a_failed_step_and_goes_on_with_the_rest() {
        Problem locked = Problem.of(ExitStatus.TRY_LATER, "locked", "apt is locked");
        ScriptedStep other = new ScriptedStep("other", 1);

        RunReport report = run(
                new ScriptedStep("packages", 1).working(progress -> {
                    throw locked.asException();
                }),
                new ScriptedStep("rustup", 1, "packages"),
                new ScriptedStep("rust-toolchain", 1, "rustup"),
                other);

        assertThat(outcome(report, "packages"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.problem()).isEqualTo(locked));
        assertThat(outcome(report, "rustup")).isEqualTo(new Skipped("packages failed"));
        assertThat(outcome(report, "rust-toolchain")).isEqualTo(new Skipped("packages failed"));
        assertThat(outcome(report, "other")).isInstanceOf(Changed.class);
        assertThat(report.exit()).isEqualTo(ExitStatus.TRY_LATER);
        assertThat(report.good()).isFalse();
    }

    @Test
    void stops_at_the_first_change_that_fails() {
        AtomicInteger calls = new AtomicInteger();
        ScriptedStep step = new ScriptedStep("only", 3).working(progress -> {
            if (calls.incrementAndGet() == 2) {
                throw Problem.of(ExitStatus.DATA, "bad", "bad data").asException();
            }
        });

        assertThat(run(step).exit()).isEqualTo(ExitStatus.DATA);
        assertThat(step.applied()).containsExactly("part-0");
    }

    @Test
    void reports_a_bug_with_its_cause_and_goes_on() {
        IllegalStateException bug = new IllegalStateException("never thought of");
        RunReport report = run(
                new ScriptedStep("buggy", 1).working(progress -> {
                    throw bug;
                }),
                new ScriptedStep("other", 1));

        assertThat(outcome(report, "buggy")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.cause()).isSameAs(bug);
            assertThat(failed.problem().exit()).isEqualTo(ExitStatus.BUG);
        });
        assertThat(outcome(report, "other")).isInstanceOf(Changed.class);
        assertThat(report.exit()).isEqualTo(ExitStatus.BUG);
    }

    @Test
    void runs_side_by_side_what_does_not_depend_on_each_other() {
        CyclicBarrier bothRunning = new CyclicBarrier(2);
        ScriptedStep[] steps = {
            new ScriptedStep("download", 1).working(progress -> await(bothRunning)),
            new ScriptedStep("apt", 1).working(progress -> await(bothRunning)),
        };

        assertThat(run(steps).good()).isTrue();
    }

    @Test
    void runs_no_more_than_three_at_once() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier three = new CyclicBarrier(3);
        ScriptedStep[] steps = new ScriptedStep[6];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new ScriptedStep("step-" + (i + 1), 1).working(progress -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                await(three);
                now.decrementAndGet();
            });
        }

        assertThat(run(steps).good()).isTrue();
        assertThat(most).hasValueBetween(3, 3);
    }

    @Test
    void interrupts_what_runs_and_starts_nothing_more_when_told_to_stop() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        ScriptedStep slow = new ScriptedStep("slow", 2).working(progress -> {
            running.countDown();
            sleepUntilInterrupted();
        });
        Stopped stopped = runInThread(slow, new ScriptedStep("next", 1, "slow"));
        running.await();
        stopped.thread.interrupt();
        stopped.thread.join();

        assertThat(stopped.flagRestored).isTrue();
        assertThat(stopped.report.interrupted()).isTrue();
        assertThat(stopped.report.exit()).isEqualTo(ExitStatus.TRY_LATER);
        assertThat(outcome(stopped.report, "slow"))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("interrupted"));
        assertThat(outcome(stopped.report, "next")).isEqualTo(new Skipped("interrupted"));
        assertThat(slow.applied()).containsExactly("part-0");
        assertThat(events.get(events.size() - 1)).isInstanceOf(RunEvent.RunFinished.class);
    }

    @Test
    void does_not_wait_for_ever_for_a_step_that_ignores_the_interrupt() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Stopped stopped = runInThread(new ScriptedStep("deaf", 1).working(progress -> {
            running.countDown();
            awaitWithoutListening(end);
        }));
        running.await();
        stopped.thread.interrupt();
        stopped.thread.join();
        end.countDown();

        assertThat(outcome(stopped.report, "deaf"))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.problem().summary())
                                .startsWith("step deaf was interrupted and had not stopped after"));
    }

    @Test
    void starts_nothing_when_it_is_interrupted_before_it_begins() {
        ScriptedStep step = new ScriptedStep("only", 1);
        Thread.currentThread().interrupt();

        RunReport report = run(step);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome(report, "only")).isEqualTo(new Skipped("interrupted"));
        assertThat(step.applied()).isEmpty();
    }

    @Test
    void leaves_out_what_was_not_selected_and_runs_what_was() {
        ScriptedStep base = new ScriptedStep("base", 1);
        ScriptedStep top = new ScriptedStep("top", 1, "base");
        StepGraph graph = StepGraph.of(List.of(base, top, new ScriptedStep("unrelated", 1)));
        Selection onlyTop = Selection.of(graph, List.of("top"), List.of());

        RunReport report = runner().run(graph, new Planner(graph).plan(onlyTop), "run-1");

        assertThat(outcome(report, "base")).isEqualTo(new Skipped("left out, not satisfied: part-0 is missing"));
        assertThat(outcome(report, "top")).isInstanceOf(Changed.class);
        assertThat(report.steps()).hasSize(2);
        assertThat(report.good()).isTrue();
    }

    @Test
    void removes_what_rests_on_others_first() {
        List<String> order = new ArrayList<>();
        ScriptedStep base = new ScriptedStep("base", 1).alreadyDone().working(progress -> order.add("base"));
        ScriptedStep top = new ScriptedStep("top", 1, "base").alreadyDone().working(progress -> order.add("top"));
        StepGraph graph = StepGraph.of(List.of(base, top));
        Planner planner = new Planner(graph);

        RunReport report = runner().run(graph, planner.planRemoval(Selection.all(graph)), "run-1");

        assertThat(report.good()).isTrue();
        assertThat(order).containsExactly("top", "base");
        assertThat(base.applied()).isEmpty();
        assertThat(planner.planRemoval(Selection.all(graph)).isEmpty()).isTrue();
    }

    @Test
    void keeps_what_another_step_rests_on_when_that_one_cannot_be_removed() {
        ScriptedStep base = new ScriptedStep("base", 1).alreadyDone();
        ScriptedStep top = new ScriptedStep("top", 1, "base").alreadyDone().working(progress -> {
            throw Problem.of(ExitStatus.NO_PERMISSION, "denied", "may not").asException();
        });
        StepGraph graph = StepGraph.of(List.of(base, top));

        RunReport report = runner().run(graph, new Planner(graph).planRemoval(Selection.all(graph)), "run-1");

        assertThat(outcome(report, "base")).isEqualTo(new Skipped("top failed"));
        assertThat(base.applied()).hasSize(1);
        assertThat(report.exit()).isEqualTo(ExitStatus.NO_PERMISSION);
    }

    @Test
    void finishes_the_work_before_it_reports_a_broken_listener() {
        ScriptedStep step = new ScriptedStep("only", 2);
        StepGraph graph = StepGraph.of(List.of(step));
        PlanRunner runner = new PlanRunner(this::now, ticks::incrementAndGet, event -> {
            throw new IllegalArgumentException("cannot draw");
        });

        assertThatThrownBy(() -> runner.run(graph, new Planner(graph).plan(Selection.all(graph)), "run-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("cannot draw");
        assertThat(step.applied()).hasSize(2);
    }

    @Test
    void ends_at_once_with_an_error_as_a_kill_would() {
        OutOfMemoryError error = new OutOfMemoryError("test");
        ScriptedStep step = new ScriptedStep("only", 1).working(progress -> {
            throw error;
        });

        assertThatThrownBy(() -> run(step)).isSameAs(error);
        assertThat(events.get(events.size() - 1)).isInstanceOf(RunEvent.ChangeStarted.class);
    }

    private static final class Stopped {
        private Thread thread = new Thread();
        private RunReport report =
                new RunReport("none", Plan.Action.PROVISION, List.of(), Optional.empty(), false, Duration.ZERO);
        private boolean flagRestored;
    }

    private Stopped runInThread(ScriptedStep... steps) {
        Stopped stopped = new Stopped();
        stopped.thread = new Thread(() -> {
            stopped.report = run(steps);
            stopped.flagRestored = Thread.currentThread().isInterrupted();
        });
        stopped.thread.start();
        return stopped;
    }

    private RunReport run(ScriptedStep... steps) {
        StepGraph graph = StepGraph.of(List.of(steps));
        return runner().run(graph, new Planner(graph).plan(Selection.all(graph)), "run-1");
    }

    private PlanRunner runner() {
        return new PlanRunner(this::now, ticks::incrementAndGet, events::add, Duration.ofMillis(300));
    }

    private Instant now() {
        return Instant.ofEpochSecond(seconds.incrementAndGet());
    }

    private static Outcome outcome(RunReport report, String step) {
        return report.outcome(StepId.of(step)).orElseThrow();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, SECONDS);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void sleepUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitWithoutListening(CountDownLatch end) {
        boolean waiting = true;
        while (waiting) {
            try {
                end.await();
                waiting = false;
            } catch (InterruptedException ignored) {
                // deaf on purpose
            }
        }
    }
}
