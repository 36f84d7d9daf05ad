package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.text.Mask;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of one step the way the command does it: plan, show, carry out; with everything that was shown. */
final class ContractRun {
    private final StepContract.StepFactory factory;
    private final Path host;
    private final Set<String> secrets;

    ContractRun(StepContract.StepFactory factory, Path host, Set<String> secrets) {
        this.factory = factory;
        this.host = host;
        this.secrets = secrets;
    }

    Step step(FaultAt fault) {
        return new Alone(factory.create(host, fault));
    }

    Plan plan(Plan.Action action) throws IOException {
        StepGraph graph = StepGraph.of(List.of(step(FaultAt.never())));
        return plan(graph, action);
    }

    private static Plan plan(StepGraph graph, Plan.Action action) {
        Planner planner = new Planner(graph);
        Selection all = Selection.all(graph);
        return action == Plan.Action.PROVISION ? planner.plan(all) : planner.planRemoval(all);
    }

    /** A fresh instance of the step, planned and carried out; absent when it was killed. */
    Optional<RunReport> carryOut(Plan.Action action, FaultAt inside, FaultAt between) {
        List<String> shown = Collections.synchronizedList(new ArrayList<>());
        JournalLine journal = new JournalLine(Mask.FORMS);
        RunListener listener = event -> {
            shown.add(event.toString());
            shown.add(journal.of(event, "run"));
            between.on(event);
        };
        try {
            StepGraph graph = StepGraph.of(List.of(step(inside)));
            Plan plan = plan(graph, action);
            shown.add(plan.toString());
            shown.add(plan.text());
            shown.add(RunJson.of(plan).toString());
            RunReport report = new PlanRunner(() -> Instant.EPOCH, System::nanoTime, listener).run(graph, plan, "run");
            shown.addAll(graph.steps().get(0).leftByRemoval());
            shown.add(report.toString());
            shown.add(RunJson.of(report).toString());
            report.firstFailure().map(Outcome.Failed::cause).ifPresent(cause -> shown.add(trace(cause)));
            return Optional.of(report);
        } catch (Error killed) {
            if (!inside.isKill(killed) && !between.isKill(killed)) {
                throw killed;
            }
            return Optional.empty();
        } finally {
            for (String secret : secrets) {
                assertThat(String.join("\n", shown))
                        .as("everything the run showed")
                        .doesNotContain(secret);
            }
        }
    }

    private static String trace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** The step without its requirements, which the host maker stands for. */
    private record Alone(Step step) implements Step {
        @Override
        public StepId id() {
            return step.id();
        }

        @Override
        public String summary() {
            return step.summary();
        }

        @Override
        public Set<StepId> requires() {
            return Set.of();
        }

        @Override
        public Observation check() {
            return step.check();
        }

        @Override
        public Optional<Inputs> inputs() {
            return step.inputs();
        }

        @Override
        public void apply(Fix fix, Progress progress) {
            step.apply(fix, progress);
        }

        @Override
        public List<Repair> planRemoval() {
            return step.planRemoval();
        }

        @Override
        public List<String> leftByRemoval() {
            return step.leftByRemoval();
        }
    }
}
