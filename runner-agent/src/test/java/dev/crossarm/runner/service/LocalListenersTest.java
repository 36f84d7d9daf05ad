package dev.crossarm.runner.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ending what somebody else started, with the stand-in for the runner. */
@Timeout(180)
final class LocalListenersTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path temporary;

    private StandInRunner runner;
    private LocalListeners listeners;

    @BeforeEach
    void makeRunner() throws Exception {
        runner = new StandInRunner(temporary);
        listeners = new LocalListeners(runner.processes, duration -> Thread.sleep(duration.toMillis()));
    }

    @AfterEach
    void endAll() {
        runner.close();
    }

    private void start(String program) throws IOException {
        Path log = temporary.resolve("log");
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/env", "--default-signal=INT", program)
                .directory(runner.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("RUNNER_ALLOW_RUNASROOT", "1");
        builder.start();
        await().atMost(LONG).until(() -> Files.readString(log).contains("Listening"));
    }

    @Test
    void ends_an_idle_listener_and_the_script_that_would_start_the_next_one() throws Exception {
        start("./run.sh");
        assertThat(listeners.listens(runner.root())).isTrue();
        assertThat(listeners.busy(runner.root())).isFalse();
        assertThat(listeners.end(runner.root())).isTrue();
        assertThat(runner.processes.wrappers(runner.root())).isEmpty();
        assertThat(listeners.listens(runner.root())).isFalse();
        assertThat(listeners.end(runner.root())).isTrue();
    }

    @Test
    void leaves_a_listener_with_a_job_alone_from_the_dispatch_on() throws Exception {
        runner.hold("acquire");
        start(runner.root() + "/bin/Runner.Listener");
        runner.job("one", "touch " + runner.jobs() + "/one.whole");
        await().atMost(LONG).until(() -> listeners.busy(runner.root()));
        assertThat(listeners.end(runner.root())).isFalse();
        assertThat(listeners.listens(runner.root())).isTrue();
        runner.release("acquire");
        await().atMost(LONG).until(() -> runner.whole("one"));
        await().atMost(LONG).until(() -> !listeners.busy(runner.root()));
        assertThat(listeners.end(runner.root())).isTrue();
    }

    @Test
    void kills_an_idle_listener_that_does_not_end_when_told() throws Exception {
        LocalListeners hasty = new LocalListeners(runner.processes, duration -> Thread.sleep(duration.toMillis() / 20));
        runner.next("hang-after-cancel");
        start(runner.root() + "/bin/Runner.Listener");
        assertThat(hasty.end(runner.root())).isTrue();
    }
}
