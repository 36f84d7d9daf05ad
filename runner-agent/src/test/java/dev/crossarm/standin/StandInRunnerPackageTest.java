package dev.crossarm.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The two stand-ins together, the server's and the runner package's: one protocol, written down once. */
@Timeout(120)
final class StandInRunnerPackageTest {
    private static final Path MAKE = Path.of("../lab/stand-in-runner/make-package");

    @TempDir
    private Path folder;

    private GitHubStandIn standIn;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        standIn = new GitHubStandIn(0, Duration.ofSeconds(60), Duration.ofSeconds(2));
        root = folder.resolve("runner");
        run(folder, MAKE.toAbsolutePath().toString(), "--arch", "x64", "--root", root.toString(), "2.338.1");
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private static int run(Path where, String... words) throws IOException, InterruptedException {
        Process child = started(where, words);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return child.exitValue();
    }

    private static Process started(Path where, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.directory(where.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("RUNNER_ALLOW_RUNASROOT", "1");
        builder.environment().put("STANDIN_GAP_MS", "5");
        return builder.start();
    }

    private int configure(String token) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "./config.sh",
                "--unattended",
                "--url",
                standIn.address() + "/ACME",
                "--name",
                "one",
                "--labels",
                "musl");
        builder.directory(root.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("RUNNER_ALLOW_RUNASROOT", "1");
        builder.environment().put("ACTIONS_RUNNER_INPUT_TOKEN", token);
        Process child = builder.start();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return child.exitValue();
    }

    private static void until(BooleanSupplier holds) throws InterruptedException {
        while (!holds.getAsBoolean()) {
            Thread.sleep(20);
        }
    }

    @Test
    void registers_takes_a_job_and_leaves_when_its_record_is_deleted() throws Exception {
        assertThat(configure("wrong")).isNotZero();
        assertThat(configure(standIn.fleet().token("registration", Duration.ofHours(1))))
                .isZero();
        StandInRunner record = standIn.fleet().named("one").orElseThrow();
        assertThat(record.own).contains("musl");

        Process listener = started(root, "./bin/Runner.Listener", "run");
        try {
            StandInJob job = standIn.fleet().enqueue("build", List.of("musl"), "touch " + folder.resolve("ran"));
            until(() -> job.state == StandInJob.State.DONE);
            assertThat(job.result).isEqualTo("Succeeded");
            assertThat(Files.exists(folder.resolve("ran"))).isTrue();
            until(() -> standIn.fleet().delete(record));
            assertThat(listener.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(listener.exitValue()).isZero();
            assertThat(Files.exists(root.resolve(".runner"))).isFalse();
        } finally {
            listener.destroyForcibly();
        }
    }

    @Test
    void cancels_a_job_that_the_server_cancels() throws Exception {
        configure(standIn.fleet().token("registration", Duration.ofHours(1)));
        Process listener = started(root, "./bin/Runner.Listener", "run");
        try {
            StandInJob job = standIn.fleet().enqueue("build", List.of("musl"), "sleep 600");
            until(() -> job.state == StandInJob.State.RUNNING);
            standIn.fleet().cancel(job);
            until(() -> job.state == StandInJob.State.DONE);
            assertThat(job.result).isEqualTo("Canceled");
        } finally {
            listener.destroyForcibly();
        }
    }
}
