package dev.crossarm.cli.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crossarm.Main;
import dev.crossarm.host.process.ProcessSignal;
import dev.crossarm.runner.service.StandInRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command itself, in a Java of its own, told what to do by real signals as systemd tells it. */
@Timeout(300)
final class SuperviseCommandTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path temporary;

    private StandInRunner runner;
    private Path log;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void makeRunner() throws Exception {
        runner = new StandInRunner(temporary);
        log = temporary.resolve("journal");
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
        runner.close();
    }

    private Process start(Map<String, String> more) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "runner",
                "supervise",
                runner.root().toString());
        builder.environment().put("RUNNER_ALLOW_RUNASROOT", "1");
        builder.environment().put("STATE_DIRECTORY", temporary.resolve("state").toString());
        builder.environment().putAll(more);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        started.add(process);
        return process;
    }

    private String said() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private void awaitSaid(String text) {
        await().atMost(LONG).untilAsserted(() -> assertThat(said()).contains(text));
    }

    @Test
    void finishes_its_job_at_the_first_TERM_and_ends_with_0() throws Exception {
        Process supervisor = start(Map.of());
        awaitSaid("Listening for Jobs");
        runner.longJob("one");
        awaitSaid("Running job: one");

        supervisor.destroy();
        awaitSaid("the running job goes on to its end");
        runner.finish();

        assertThat(supervisor.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(supervisor.exitValue()).as(said()).isZero();
        assertThat(runner.whole("one")).isTrue();
        assertThat(runner.listener()).isZero();
    }

    @Test
    void cancels_its_job_at_the_second_TERM() throws Exception {
        Process supervisor = start(Map.of());
        awaitSaid("Listening for Jobs");
        runner.longJob("one");
        runner.awaitWorker();
        awaitSaid("Running job: one");

        supervisor.destroy();
        awaitSaid("the running job goes on to its end");
        supervisor.destroy();

        assertThat(supervisor.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(supervisor.exitValue()).as(said()).isZero();
        assertThat(runner.whole("one")).isFalse();
        assertThat(runner.events()).contains("finish jobId=one result=Canceled");
    }

    @Test
    void killed_and_started_again_it_lets_the_job_end_before_it_starts_a_listener() throws Exception {
        Process first = start(Map.of());
        awaitSaid("Listening for Jobs");
        runner.longJob("one");
        runner.awaitWorker();
        awaitSaid("Running job: one");
        first.destroyForcibly().waitFor();
        long old = runner.listener();
        assertThat(old).isNotZero();

        Process second = start(Map.of());
        awaitSaid("waiting for its job to end");
        assertThat(runner.starts()).containsExactly(old);
        runner.finish();

        await().atMost(LONG).until(() -> runner.starts().size() == 2);
        assertThat(runner.whole("one")).isTrue();
        assertThat(runner.events()).contains("finish jobId=one result=Succeeded");
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(said().split("Listening for Jobs", -1)).hasSize(3));
        second.destroy();
        assertThat(second.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isZero();
    }

    /** A parent that started it in the background of a script hands an ignored SIGINT down, and .NET keeps it. */
    @Test
    void its_listener_ends_by_SIGINT_even_where_the_supervisor_was_started_with_it_ignored() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/sh",
                "-c",
                "trap '' INT; RUNNER_ALLOW_RUNASROOT=1 exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "runner",
                "supervise",
                runner.root().toString());
        Process supervisor = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        started.add(supervisor);
        awaitSaid("Listening for Jobs");
        assertThat(ProcessSignal.INT.to(runner.listener())).isTrue();
        awaitSaid("it ended without a job and without a reason");
        supervisor.destroy();
        assertThat(supervisor.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void hides_tokens_that_a_listener_prints() throws Exception {
        runner.variable("STANDIN_FAIL", "none");
        Process supervisor = start(Map.of());
        awaitSaid("Listening for Jobs");
        String token = "ghs_" + "a1B2".repeat(9);
        Path file = runner.jobs().resolve("leak.new");
        Files.writeString(file, "jobId=leak\nname=" + token + "\nscript=dHJ1ZQo=\n");
        Files.move(file, runner.jobs().resolve("leak.job"));
        awaitSaid("completed with result");
        assertThat(said()).contains("Running job: ***").doesNotContain(token);
        supervisor.destroy();
        assertThat(supervisor.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refuses_a_folder_that_is_no_runners() throws Exception {
        Files.move(runner.root().resolve("bin"), runner.root().resolve("elsewhere"));
        Process supervisor = start(Map.of());
        assertThat(supervisor.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(supervisor.exitValue()).isEqualTo(78);
        assertThat(said()).contains("is not a runner's directory");
    }
}
