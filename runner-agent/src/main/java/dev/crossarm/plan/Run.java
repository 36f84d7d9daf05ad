package dev.crossarm.plan;

import dev.crossarm.plan.Plan.PlannedStep;
import dev.crossarm.plan.RunReport.StepResult;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One run, used once: its own thread decides what starts, up to three others work. */
final class Run {
    private final StepGraph graph;
    private final Plan plan;
    private final Optional<Gate> gate;
    private final String id;
    private final EventStream events;
    private final LongSupplier nanos;
    private final Duration grace;

    private final Map<StepId, StepResult> results = new LinkedHashMap<>();
    private final Map<StepId, Thread> running = new LinkedHashMap<>();
    private final Set<StepId> open = new LinkedHashSet<>();
    private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
    private @Nullable Outcome gateOutcome;
    private boolean interrupted;

    /** What a worker hands back: an outcome, or the error that ended it. */
    private record Done(
            StepId id, @Nullable Outcome outcome, @Nullable Throwable error, Duration elapsed) {}

    /** What one worker carries out: a step, or the gate. */
    private record Task(StepId id, String summary, Function<Progress, Outcome> attempt) {}

    Run(
            StepGraph graph,
            Plan plan,
            Optional<Gate> gate,
            String id,
            EventStream events,
            LongSupplier nanos,
            Duration grace) {
        this.graph = graph;
        this.plan = plan;
        this.gate = gate;
        this.id = id;
        this.events = events;
        this.nanos = nanos;
        this.grace = grace;
    }

    RunReport toEnd() {
        long start = nanos.getAsLong();
        int count =
                (int) plan.steps().stream().filter(step -> !step.notSelected()).count();
        events.emit(at -> new RunEvent.RunStarted(at, id, plan.action().word(), count));
        plan.steps().forEach(step -> open.add(step.id()));
        gate.ifPresent(wanted -> open.add(wanted.id()));
        try {
            while (settleAndStart()) {
                finish(done.take());
            }
        } catch (InterruptedException stop) {
            interrupted = true;
            stopAll();
        }
        Duration elapsed = Duration.ofNanos(nanos.getAsLong() - start);
        List<StepResult> inOrder = plan.steps().stream()
                .map(step -> Objects.requireNonNull(results.get(step.id())))
                .toList();
        RunReport report =
                new RunReport(id, plan.action(), inOrder, Optional.ofNullable(gateOutcome), interrupted, elapsed);
        events.emit(at -> new RunEvent.RunFinished(at, id, report.passed(), elapsed));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return report;
    }

    /** Starts what can start and settles what needs no work; false when nothing is running any more. */
    private boolean settleAndStart() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean moved = true;
        while (moved) {
            moved = false;
            for (PlannedStep step : plan.steps()) {
                moved |= open.contains(step.id()) && advance(step);
            }
        }
        if (gate.isPresent() && open.contains(gate.get().id())) {
            advance(gate.get());
        }
        return !running.isEmpty();
    }

    /** Whether the step was settled or started. */
    private boolean advance(PlannedStep step) {
        if (step.notSelected()) {
            return settle(step, new Outcome.Skipped("left out, " + Observations.brief(step.observation())));
        }
        List<StepResult> before = new ArrayList<>();
        for (StepId earlier : step.after()) {
            StepResult result = results.get(earlier);
            if (result == null) {
                return false;
            }
            before.add(result);
        }
        for (PlannedStep earlier : plan.steps()) {
            StepResult result = results.get(earlier.id());
            if (result != null
                    && before.contains(result)
                    && !result.notSelected()
                    && !result.outcome().good()) {
                return settle(step, new Outcome.Skipped(reason(result)));
            }
        }
        if (plannedAsSatisfied(step)) {
            return settle(step, new Outcome.Unchanged(((Observation.Satisfied) step.observation()).evidence()));
        }
        return running.size() < PlanRunner.PARALLEL
                && start(new Task(
                        step.id(),
                        step.summary(),
                        new StepRun(plan.action(), graph.step(step.id()), events, nanos)::carryOut));
    }

    /** Starts the gate when all that it rests on has ended well; a step left out may be the very one it would need. */
    private void advance(Gate waiting) {
        Set<StepId> requires = waiting.requires();
        boolean ready = true;
        for (PlannedStep step : plan.steps()) {
            if (requires.contains(step.id())) {
                StepResult result = results.get(step.id());
                if (result != null && !result.outcome().good()) {
                    settleGate(waiting.id(), new Outcome.Skipped(reason(result)), Duration.ZERO);
                    return;
                }
                ready &= result != null;
            }
        }
        if (ready && running.size() < PlanRunner.PARALLEL) {
            start(new Task(waiting.id(), waiting.summary(), waiting::pass));
        }
    }

    private void settleGate(StepId gateId, Outcome outcome, Duration elapsed) {
        open.remove(gateId);
        gateOutcome = outcome;
        events.emit(at -> new RunEvent.StepFinished(at, gateId, outcome, elapsed));
    }

    private static String reason(StepResult result) {
        return result.outcome() instanceof Outcome.Skipped skipped
                ? skipped.because()
                : result.id() + " " + result.outcome().word();
    }

    /**
     * A satisfied step is looked at again only when something it rests on has been changed since, or something that rests
     * on it is about to be.
     */
    private boolean plannedAsSatisfied(PlannedStep step) {
        return step.satisfied()
                && !carriesChanges(step)
                && step.after().stream()
                        .map(results::get)
                        .allMatch(result -> result != null
                                && (result.notSelected() || result.outcome() instanceof Outcome.Unchanged));
    }

    private boolean carriesChanges(PlannedStep step) {
        return plan.steps().stream()
                .anyMatch(later -> later.after().contains(step.id())
                        && !later.notSelected()
                        && (!later.satisfied() || carriesChanges(later)));
    }

    private boolean settle(PlannedStep step, Outcome outcome) {
        record(step, outcome, Duration.ZERO);
        return true;
    }

    private void record(PlannedStep step, Outcome outcome, Duration elapsed) {
        open.remove(step.id());
        results.put(step.id(), new StepResult(step.id(), step.summary(), outcome, step.notSelected(), elapsed));
        events.emit(at -> new RunEvent.StepFinished(at, step.id(), outcome, elapsed));
    }

    private boolean start(Task task) {
        Thread thread = new Thread(() -> work(task), "step-" + task.id());
        thread.setDaemon(true);
        open.remove(task.id());
        running.put(task.id(), thread);
        thread.start();
        return true;
    }

    @SuppressWarnings("CatchingUnchecked") // an error in a worker must reach the run's own thread
    private void work(Task task) {
        long start = nanos.getAsLong();
        Outcome outcome = null;
        Throwable error = null;
        try {
            outcome = attempt(task);
        } catch (Throwable fatal) {
            error = fatal;
        }
        done.add(new Done(task.id(), outcome, error, Duration.ofNanos(nanos.getAsLong() - start)));
    }

    /** Never throws an exception; an {@link Error} ends the run as a kill would. */
    private Outcome attempt(Task task) {
        StepId step = task.id();
        events.emit(at -> new RunEvent.StepStarted(at, step, task.summary()));
        try {
            return task.attempt().apply(new Progress() {
                @Override
                public void line(String text) {
                    events.emit(at -> new RunEvent.Output(at, step, text));
                }

                @Override
                public void waiting(String reason) {
                    events.emit(at -> new RunEvent.Waiting(at, step, reason));
                }
            });
        } catch (CrossarmException expected) {
            return new Outcome.Failed(expected.problem(), expected);
        } catch (RuntimeException bug) {
            return new Outcome.Failed(bug(step, bug), bug);
        }
    }

    private static Problem bug(StepId step, RuntimeException unexpected) {
        return Problem.of(
                        ExitStatus.BUG,
                        "bug",
                        "step " + step + " failed unexpectedly",
                        "Please report this, with the output of the same command with --stacktrace")
                .withDetail(unexpected.toString());
    }

    private void finish(Done one) {
        running.remove(one.id());
        if (one.error() instanceof Error fatal) {
            running.values().forEach(Thread::interrupt);
            throw fatal;
        }
        end(one.id(), Objects.requireNonNull(one.outcome()), one.elapsed());
    }

    private void end(StepId ended, Outcome outcome, Duration elapsed) {
        plan.steps().stream()
                .filter(step -> step.id().equals(ended))
                .findFirst()
                .ifPresentOrElse(step -> record(step, outcome, elapsed), () -> settleGate(ended, outcome, elapsed));
    }

    private void stopAll() {
        running.values().forEach(Thread::interrupt);
        long end = nanos.getAsLong() + grace.toNanos();
        boolean waiting = true;
        while (waiting && !running.isEmpty()) {
            try {
                Done one = done.poll(Math.max(0, end - nanos.getAsLong()), TimeUnit.NANOSECONDS);
                waiting = one != null;
                if (one != null) {
                    finish(one);
                }
            } catch (InterruptedException again) {
                waiting = false;
            }
        }
        Set<StepId> unfinished = new LinkedHashSet<>();
        plan.steps().forEach(step -> unfinished.add(step.id()));
        gate.ifPresent(wanted -> unfinished.add(wanted.id()));
        for (StepId left : unfinished) {
            if (running.containsKey(left)) {
                end(left, new Outcome.Failed(Interruption.unresponsive(left, grace.toSeconds())), Duration.ZERO);
            } else if (open.contains(left)) {
                end(left, new Outcome.Skipped(Interruption.REASON), Duration.ZERO);
            }
        }
    }
}
