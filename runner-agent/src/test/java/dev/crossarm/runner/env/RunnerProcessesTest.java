package dev.crossarm.runner.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real processes: shell scripts that carry the names of the runner's programs, which are .NET and not here. */
final class RunnerProcessesTest {
    private final RunnerProcesses processes = new RunnerProcesses(Path.of("/proc"), InstantSource.system());
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void findRealDirectory() throws IOException {
        directory = temporary.toRealPath();
    }

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void sees_a_job_while_its_worker_runs() throws Exception {
        Path one = directory.resolve("one");
        Path other = directory.resolve("one-more");
        assertThat(processes.busy(one)).isFalse();

        Process worker = start(one.resolve("bin/Runner.Worker"));

        await().until(() -> processes.busy(one));
        assertThat(processes.busy(other)).isFalse();
        assertThat(processes.listenerStarted(one)).isEmpty();
        worker.destroyForcibly().waitFor();
        // A child that its shell had just forked carries the worker's name until it becomes another program.
        await().until(() -> !processes.busy(one));
    }

    @Test
    void sees_a_worker_behind_the_link_that_an_update_leaves() throws Exception {
        Path runner = directory.resolve("box");
        Path versioned = runner.resolve("bin.2.337.0");
        Files.createDirectories(versioned);
        Path link = Files.createSymbolicLink(directory.resolve("link"), runner);
        Files.createSymbolicLink(runner.resolve("bin"), versioned);

        start(versioned.resolve("Runner.Worker"), link.resolve("bin/Runner.Worker"));

        await().until(() -> processes.busy(runner));
    }

    @Test
    void is_not_led_astray_by_another_program_that_reads_the_workers_file() throws Exception {
        Path runner = directory.resolve("box");
        Path worker = runner.resolve("bin/Runner.Worker");
        Files.createDirectories(worker.getParent());
        Process pipe = new ProcessBuilder("mkfifo", worker.toString()).start();
        assertThat(pipe.waitFor()).isZero();
        started.add(new ProcessBuilder("cat", worker.toString()).start());

        assertThat(processes.busy(runner)).isFalse();
    }

    @Test
    void tells_when_the_listener_started_to_a_fraction_of_a_second() throws Exception {
        Path runner = directory.resolve("box");
        assertThat(processes.listenerStarted(runner)).isEmpty();
        Instant before = Instant.now();
        start(runner.resolve("bin/Runner.Listener"));
        await().until(() -> processes.listenerStarted(runner).isPresent());
        Instant after = Instant.now();

        // Asked again later the answer is the same: it is counted back from now.
        Thread.sleep(300);

        assertThat(processes.listenerStarted(runner).orElseThrow())
                .isBetween(before.minus(Duration.ofMillis(40)), after.plus(Duration.ofMillis(40)));
    }

    private Process start(Path script) throws IOException {
        return start(script, script);
    }

    private Process start(Path script, Path calledAs) throws IOException {
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\nwhile :; do sleep 0.2; done\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process process = new ProcessBuilder(calledAs.toString(), "run").start();
        started.add(process);
        return process;
    }
}
