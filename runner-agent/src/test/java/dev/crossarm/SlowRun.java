package dev.crossarm;

import dev.crossarm.cli.Cli;
import dev.crossarm.cli.TestProgram;
import dev.crossarm.cli.display.Console;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.TargetFix;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import java.util.List;
import java.util.Set;

/** A process with the real command line, display and signals, whose one step takes a while and changes nothing. */
final class SlowRun {
    private static final String LONG = "a line that is wider than any terminal this is ever tried on, ".repeat(3);

    private SlowRun() {}

    /** @param arguments how many tenths of a second the step takes */
    public static void main(String[] arguments) {
        Terminals terminals = new Terminals(80);
        Console console = new Console(
                Mask.FORMS,
                false,
                System.out,
                System.err,
                System.in,
                terminals.is(1),
                terminals.is(2),
                terminals.is(0),
                terminals::columns);
        TestProgram program =
                new TestProgram().variable("TERM", "xterm").with(new Slow(Integer.parseInt(arguments[0])));
        StopSignal stop = StopSignal.arm(Thread.currentThread(), () -> {});
        int status = new Cli(program, console).run("provision", "--yes", "--color=never");
        stop.disarm();
        System.exit(status);
    }

    private static final class Slow implements Step {
        private final int tenths;
        private volatile boolean done;

        private Slow(int tenths) {
            this.tenths = tenths;
        }

        @Override
        public StepId id() {
            return StepId.of("slow");
        }

        @Override
        public String summary() {
            return "a slow step";
        }

        @Override
        public Set<StepId> requires() {
            return Set.of();
        }

        @Override
        public Observation check() {
            return done
                    ? Observation.Satisfied.of("it is done")
                    : new Observation.Drifted(List.of(
                            TargetFix.of(Difference.missing("it", "done"), Change.of(Change.Kind.RUN, "it", "do it"))));
        }

        @Override
        public void apply(Fix fix, Progress progress) {
            try {
                for (int i = 0; i < tenths; i++) {
                    progress.line(i + " " + LONG);
                    Thread.sleep(100);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw Problem.of(ExitStatus.TRY_LATER, "interrupted", "told to stop")
                        .asException(stop);
            }
            done = true;
        }

        @Override
        public List<Repair> planRemoval() {
            return List.of();
        }
    }
}
