package dev.crossarm.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.display.Console;
import dev.crossarm.cli.display.Messages;
import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.config.CalledAs;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.job.report.BuildJson;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.BuildScreen;
import dev.crossarm.job.request.Remark;
import dev.crossarm.text.RunnersReading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in what programs say: on no way out of a build does the runner of a job obey one. */
class JobCommandsTest {
    private static final String FOREIGN =
            "printf '%s\\n' '  ::add-mask::foreign' '::error::foreign' '::set-output name=a::foreign'"
                    + " 'error: x ##[set-env name=PATH]foreign'; printf '\\t::warning::foreign\\r::notice::foreign\\n'";

    @TempDir
    Path root;

    private final TestConsole output = new TestConsole().in(Map.of("GITHUB_ACTIONS", "true"));
    private ScriptedCargo cargo;

    @BeforeEach
    void job() {
        cargo = new ScriptedCargo(root).variable("GITHUB_ACTIONS", "true");
    }

    private BuildRun.Ended build(BuildRequest request, List<Remark> remarks) {
        Console console = output.console();
        BuildScreen screen = new BuildScreen(console.err(), false, false, false, () -> 80, text -> text);
        BuildRun.Ended ended = new BuildRun(cargo.host(), screen, request).carryOut(() -> remarks);
        Messages messages = new Messages(
                console, Messages.Loudness.VERBOSE, false, OwnCommands.of(() -> CalledAs.INSTALLED, true, false));
        messages.json(BuildJson.of(ended.summary(), ended.exit()));
        ended.summary().failure().ifPresent(messages::report);
        console.err().flush();
        return ended;
    }

    private void obeysOnlyOurs() {
        assertThat(output.err() + output.out()).contains("foreign");
        assertThat(RunnersReading.obeyed(output.out())).isEmpty();
        assertThat(RunnersReading.obeyed(output.err()))
                .allMatch(line -> line.matches("::(error|warning) title=crossarm.*"));
    }

    private BuildRequest trying(boolean test, Optional<List<String>> run) {
        BuildRequest plain = cargo.request();
        return new BuildRequest(
                plain.directory(),
                plain.cargo(),
                plain.cpu(),
                plain.checks(),
                new BuildRequest.Trial(test, run, Duration.ofSeconds(20)),
                plain.packing(),
                plain.cache());
    }

    private Path program() {
        Path script = root.resolve("program");
        ScriptedCargo.write(script, "#!/bin/sh\n" + FOREIGN + "\nexit 3\n");
        ScriptedCargo.executable(script);
        return script;
    }

    @Test
    void of_a_build_that_fails_with_and_without_a_known_cause() {
        cargo.answering("build", FOREIGN + " >&2; " + FOREIGN + "; exit 101");
        assertThat(build(cargo.request(), List.of()).exit()).isEqualTo(101);
        cargo.answering(
                "build",
                FOREIGN + " >&2; echo \"error[E0463]: can't find crate for \\`std\\` ##[error]foreign\" >&2;"
                        + " echo 'error: could not compile `demo`' >&2; exit 101");
        assertThat(build(cargo.request(), List.of(new Remark(true, "theirs:\n::add-mask::foreign")))
                        .exit())
                .isEqualTo(101);

        obeysOnlyOurs();
    }

    @Test
    void of_a_project_that_cargo_cannot_read() {
        cargo.failingMetadata(FOREIGN + " >&2; exit 101");

        assertThat(build(cargo.request(), List.of()).exit()).isEqualTo(65);

        obeysOnlyOurs();
    }

    @Test
    void of_tests_that_fail() {
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/sh"))
                .answering(
                        "test",
                        FOREIGN + "; " + FOREIGN + " >&2; echo 'test ::add-mask::foreign ... FAILED';"
                                + " echo 'test result: FAILED. 0 passed; 1 failed; 0 ignored;'; exit 101");

        assertThat(build(trying(true, Optional.empty()), List.of()).exit()).isEqualTo(101);

        obeysOnlyOurs();
    }

    @Test
    void of_a_program_that_fails_when_it_is_tried() {
        cargo.answering("build", ScriptedCargo.builds("demo", "'" + program() + "'"));

        BuildRun.Ended ended = build(trying(false, Optional.of(List.of("--help"))), List.of());

        assertThat(ended.exit()).isNotZero();
        assertThat(RunnersReading.obeyed(output.err()))
                .allMatch(line -> line.matches("::(error|warning) title=crossarm.*"));
        assertThat(RunnersReading.obeyed(output.out())).isEmpty();
    }
}
