package dev.crossarm.runner.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.crossarm.host.TestSurroundings;
import dev.crossarm.runner.env.RunnerBusy;
import dev.crossarm.text.BundledFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script that systemd runs to restart a busy runner's service when its job ends: it has to know of a job as Java does. */
@Timeout(180)
final class RestartWhenIdleTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path temporary;

    private StandInRunner runner;
    private Process listener;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void startListener() throws Exception {
        runner = new StandInRunner(temporary);
        Path log = temporary.resolve("log");
        listener = new ProcessBuilder(runner.root() + "/bin/Runner.Listener", "run")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(LONG).until(() -> Files.readString(log).contains("Listening"));
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
        runner.close();
    }

    private Process startScript() throws Exception {
        assumeTrue(TestSurroundings.real().root(), "the script is root's");
        Path folder = Files.createDirectories(temporary.resolve("path"));
        Path systemctl = folder.resolve("systemctl");
        Files.writeString(systemctl, "#!/bin/sh\necho \"$@\" >'" + temporary + "/restarted'\n");
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = temporary.resolve("restart-when-idle");
        Files.write(file, BundledFile.bytes(RunnerBusy.class, "restart-when-idle.sh"));
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/bash", file.toString(), "box.service", runner.root().toString());
        builder.environment().merge("PATH", folder + ":", (path, first) -> first + path);
        Process script = builder.inheritIO().start();
        started.add(script);
        return script;
    }

    private boolean restarted() {
        return Files.exists(temporary.resolve("restarted"));
    }

    @Test
    void restarts_an_idle_runner_at_once() throws Exception {
        Process script = startScript();
        assertThat(script.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(temporary.resolve("restarted")).hasContent("restart -- box.service");
    }

    @Test
    void waits_for_a_job_from_its_dispatch_on_and_through_its_run() throws Exception {
        runner.hold("worker");
        runner.longJob("one");
        RunnerBusy busy = new RunnerBusy(runner.processes);
        await().atMost(LONG).until(() -> busy.look(runner.root()) == RunnerBusy.State.HANDED_OVER);
        Process script = startScript();
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        assertThat(restarted()).isFalse();

        runner.release("worker");
        runner.awaitWorker();
        assertThat(restarted()).isFalse();
        runner.finish();

        assertThat(script.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(restarted()).isTrue();
        assertThat(runner.whole("one")).isTrue();
        assertThat(listener.isAlive()).isTrue();
    }
}
