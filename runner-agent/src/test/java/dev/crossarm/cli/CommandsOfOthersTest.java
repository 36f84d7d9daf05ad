package dev.crossarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.display.TestConsole;
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
import dev.crossarm.text.RunnersReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands to the runner of a job in what others say, in {@code provision} and {@code explain}: it obeys none. */
class CommandsOfOthersTest {
    private static final List<String> FOREIGN =
            List.of("  ::add-mask::foreign", "\t::error::foreign\r::notice::foreign", "x ##[set-env name=PATH]foreign");

    private final TestConsole console = new TestConsole();
    private final TestProgram program = new TestProgram().variable("GITHUB_ACTIONS", "true");

    private void obeysNone() {
        assertThat(console.out() + console.err()).contains("foreign");
        assertThat(RunnersReading.obeyed(console.out())).isEmpty();
        assertThat(RunnersReading.obeyed(console.err())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verbose", "--json", "--verbose --dry-run", "--verbose --stacktrace"})
    void of_a_step_and_its_programs_in_provision(String options) {
        for (String foreign : FOREIGN) {
            new TestProgram()
                    .variable("GITHUB_ACTIONS", "true")
                    .with(new ForeignStep(foreign))
                    .run(console, ("provision --yes " + options).split(" "));
        }

        obeysNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check --verbose", "check --json"})
    void of_a_step_in_check(String line) {
        program.with(new ForeignStep(FOREIGN.get(2))).run(console, line.split(" "));

        obeysNone();
    }

    @Test
    void of_a_log_in_explain(@TempDir Path folder) throws IOException {
        Path known = folder.resolve("known.log");
        Files.writeString(known, String.join("\n", FOREIGN) + """

                error: x ##[set-env name=PATH]foreign
                error[E0463]: can't find crate for `std` ##[error]foreign
                error: could not compile `demo ##[add-mask]foreign` (bin "demo")
                """);
        Path unknown = folder.resolve("unknown.log");
        Files.writeString(unknown, "error: ##[error]foreign\n  ::add-mask::foreign\n");

        for (Path log : List.of(known, unknown)) {
            program.run(console, "explain", log.toString());
            program.run(console, "explain", "--json", log.toString());
        }

        obeysNone();
    }

    /** Says the same on every way there is, and fails. */
    private record ForeignStep(String foreign) implements Step {

        @Override
        public StepId id() {
            return StepId.of("foreign");
        }

        @Override
        public String summary() {
            return line();
        }

        /** Where there is room for one line only. */
        private String line() {
            return foreign.replace('\r', ' ');
        }

        @Override
        public Set<StepId> requires() {
            return Set.of();
        }

        @Override
        public Observation check() {
            return new Observation.Drifted(List.of(TargetFix.of(
                    new Difference(foreign, foreign, foreign), Change.of(Change.Kind.RUN, foreign, line()))));
        }

        @Override
        public void apply(Fix fix, Progress progress) {
            progress.waiting(foreign);
            progress.line(foreign);
            throw new Problem("foreign", line(), "said:\n" + foreign, List.of(line()), ExitStatus.UNAVAILABLE)
                    .asException();
        }

        @Override
        public List<Repair> planRemoval() {
            return List.of();
        }
    }
}
