package dev.crossarm.runner.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.crossarm.host.TestSurroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.ProcessSignal;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.runner.env.RunnerBusy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against real processes: the stand-in for the runner, whose jobs come from a folder. */
@Timeout(300)
final class RunnerSupervisorTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final SupervisorLimits SHORT = new SupervisorLimits(
            Duration.ofMillis(300),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofMillis(50));

    @TempDir
    Path temporary;

    private StandInRunner runner;
    private ServiceFolder folder;
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeRunner() throws Exception {
        runner = new StandInRunner(temporary);
        folder =
                new ServiceFolder(Files.createDirectories(temporary.toRealPath().resolve("state")));
    }

    @AfterEach
    void endAll() {
        runner.close();
    }

    private final class Running {
        private final SupervisorInbox inbox = new SupervisorInbox();
        private final CompletableFuture<ExitStatus> end;

        private Running(SupervisorLimits limits) {
            Map<String, String> environment =
                    new TreeMap<>(TestSurroundings.real().environment());
            environment.put("SECRET_OF_THE_SERVICE", "not for jobs");
            environment.put("ACTIONS_RUNNER_INPUT_TOKEN", "not for jobs either");
            environment.put("ACTIONS_RUNNER_RETURN_JOB_RESULT_FOR_HOSTED", "true");
            SupervisorPorts ports = new SupervisorPorts(
                    environment,
                    ProcessHandle.current().pid(),
                    new DurableFiles(Checkpoint.NONE),
                    runner.processes,
                    InstantSource.system(),
                    System::nanoTime,
                    duration -> Thread.sleep(duration.toMillis()),
                    new Random(1),
                    said::add);
            RunnerSupervisor supervisor = new RunnerSupervisor(ports, limits, inbox, runner.root, Optional.of(folder));
            end = CompletableFuture.supplyAsync(supervisor::run);
        }

        private ExitStatus status() throws Exception {
            return end.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private Running start() {
        return new Running(SHORT);
    }

    private SupervisorState.Phase phase() {
        return folder.state().map(SupervisorState::phase).orElse(SupervisorState.Phase.STOPPED);
    }

    private void awaitPhase(SupervisorState.Phase phase) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(phase()).as(said.toString()).isEqualTo(phase));
    }

    @Test
    void runs_one_job_after_the_other_with_one_listener_and_leaves_when_told() throws Exception {
        Running running = start();
        awaitPhase(SupervisorState.Phase.LISTENING);
        runner.job("one", "env >" + runner.jobs + "/seen");
        await().atMost(LONG).until(() -> runner.events().contains("finish jobId=one result=Succeeded"));
        runner.job("two", "exit 3");
        await().atMost(LONG).until(() -> runner.events().contains("finish jobId=two result=Failed"));

        running.inbox.stop();

        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
        assertThat(runner.starts()).hasSize(1);
        assertThat(runner.listener()).isZero();
        assertThat(phase()).isEqualTo(SupervisorState.Phase.STOPPED);
        assertThat(folder.state().orElseThrow().jobs()).isEqualTo(2);
        assertThat(said).anyMatch(line -> line.endsWith("Running job: one"));
        assertThat(Files.readAllLines(runner.jobs.resolve("seen")))
                .contains("ACTIONS_RUNNER_RETURN_VERSION_DEPRECATED_EXIT_CODE=1")
                .contains("HOME=" + TestSurroundings.real().environment().get("HOME"))
                .noneMatch(line -> line.contains("not for jobs"))
                .noneMatch(line -> line.startsWith("ACTIONS_RUNNER_RETURN_JOB_RESULT"));
    }

    @Test
    void finishes_the_running_job_when_told_to_stop_and_takes_no_other() throws Exception {
        Running running = start();
        awaitPhase(SupervisorState.Phase.LISTENING);
        runner.longJob("one");
        awaitPhase(SupervisorState.Phase.WORKING);
        assertThat(folder.state().orElseThrow().job()).contains("one");
        runner.awaitWorker();

        running.inbox.stop();
        await().atMost(LONG).until(() -> folder.state().orElseThrow().leaving());
        runner.finish();

        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
        assertThat(runner.whole("one")).isTrue();
        assertThat(runner.events()).contains("finish jobId=one result=Succeeded");
    }

    @Test
    void lets_a_job_run_that_was_handed_over_and_has_no_worker_yet() throws Exception {
        runner.hold("acquire");
        Running running = start();
        awaitPhase(SupervisorState.Phase.LISTENING);
        runner.job("one", "touch " + runner.jobs + "/one.whole");
        await().atMost(LONG).until(() -> new RunnerBusy(runner.processes).busy(runner.root));
        assertThat(runner.processes.workers(runner.root)).isEmpty();

        running.inbox.stop();
        await().atMost(LONG).until(() -> folder.state().orElseThrow().leaving());
        // Long enough for an idle listener to have been ended several times over.
        await().pollDelay(SHORT.quiet().multipliedBy(4)).until(() -> true);
        assertThat(running.end).isNotDone();
        runner.release("acquire");

        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
        assertThat(runner.whole("one")).isTrue();
        assertThat(runner.events()).contains("finish jobId=one result=Succeeded");
    }

    @Test
    void knows_of_a_job_though_the_log_goes_on_in_new_files() throws Exception {
        runner.variable("STANDIN_LOG_BYTES", "100");
        runner.hold("worker");
        Running running = start();
        awaitPhase(SupervisorState.Phase.LISTENING);
        runner.job("one", "touch " + runner.jobs + "/one.whole");
        awaitPhase(SupervisorState.Phase.WORKING);
        RunnerBusy busy = new RunnerBusy(runner.processes);
        assertThat(busy.look(runner.root)).isEqualTo(RunnerBusy.State.HANDED_OVER);

        running.inbox.stop();
        await().atMost(LONG).until(() -> folder.state().orElseThrow().leaving());
        runner.release("worker");

        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
        assertThat(runner.whole("one")).isTrue();
        try (Stream<Path> logs = Files.list(runner.root.resolve("_diag"))) {
            assertThat(logs.filter(log -> log.getFileName().toString().startsWith("Runner_")))
                    .hasSizeGreaterThan(3);
        }
    }

    @Test
    void cancels_the_job_when_told_to_stop_a_second_time() throws Exception {
        Running running = start();
        awaitPhase(SupervisorState.Phase.LISTENING);
        runner.longJob("one");
        runner.awaitWorker();
        awaitPhase(SupervisorState.Phase.WORKING);

        running.inbox.stop();
        running.inbox.stop();

        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
        assertThat(runner.whole("one")).isFalse();
        assertThat(runner.events()).contains("finish jobId=one result=Canceled");
        assertThat(runner.processes.workers(runner.root)).isEmpty();
    }

    @Test
    void kills_a_listener_that_hangs_after_a_cancellation_with_all_it_started() throws Exception {
        runner.next("hang-after-cancel");
        SupervisorLimits limits = new SupervisorLimits(
                SHORT.quiet(),
                SHORT.end(),
                Duration.ofSeconds(3),
                SHORT.hang(),
                SHORT.mute(),
                SHORT.orphan(),
                SHORT.look());
        Running running = new Running(limits);
        awaitPhase(SupervisorState.Phase.LISTENING);
        runner.longJob("one");
        runner.awaitWorker();
        awaitPhase(SupervisorState.Phase.WORKING);

        running.inbox.stop();
        running.inbox.stop();

        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
        assertThat(runner.listener()).isZero();
        assertThat(said).anyMatch(line -> line.contains("does not end; killing it"));
    }

    @Test
    void replaces_a_listener_that_hangs_when_its_worker_is_gone() throws Exception {
        runner.next("hang-after-job", "none");
        SupervisorLimits limits = new SupervisorLimits(
                SHORT.quiet(),
                Duration.ofSeconds(1),
                SHORT.cancel(),
                Duration.ofSeconds(2),
                SHORT.mute(),
                SHORT.orphan(),
                SHORT.look());
        Running running = new Running(limits);
        awaitPhase(SupervisorState.Phase.LISTENING);
        runner.job("one", "true");
        await().atMost(LONG).until(() -> runner.starts().size() == 2);
        assertThat(said).anyMatch(line -> line.contains("no Worker runs the job"));
        awaitPhase(SupervisorState.Phase.LISTENING);
        runner.job("two", "true");
        await().atMost(LONG).until(() -> runner.events().contains("finish jobId=two result=Succeeded"));
        running.inbox.stop();
        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void replaces_a_listener_that_says_nothing_and_does_not_end() throws Exception {
        runner.next("mute-for-ever", "none");
        SupervisorLimits limits = new SupervisorLimits(
                SHORT.quiet(),
                Duration.ofSeconds(1),
                SHORT.cancel(),
                SHORT.hang(),
                Duration.ofSeconds(2),
                SHORT.orphan(),
                SHORT.look());
        Running running = new Running(limits);
        await().atMost(LONG).until(() -> runner.starts().size() == 2);
        awaitPhase(SupervisorState.Phase.LISTENING);
        running.inbox.stop();
        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void starts_another_listener_after_a_crash_and_says_why() throws Exception {
        runner.next("crash", "none");
        Running running = start();
        await().atMost(LONG).until(() -> runner.starts().size() == 2);
        awaitPhase(SupervisorState.Phase.LISTENING);
        assertThat(said)
                .anyMatch(line ->
                        line.matches("crossarm: the listener ended \\(status 134\\): it crashed; .* in [1-5] s"));
        running.inbox.stop();
        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void waits_longer_after_each_crash_and_leaves_at_once_when_told_meanwhile() throws Exception {
        runner.variable("STANDIN_FAIL", "crash");
        Running running = start();
        await().atMost(LONG).until(() -> runner.starts().size() == 3);
        awaitPhase(SupervisorState.Phase.PAUSING);
        running.inbox.stop();
        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
        assertThat(runner.starts()).hasSize(3);
    }

    @Test
    void starts_the_updated_listener_as_soon_as_the_updater_is_done() throws Exception {
        runner.next("exit-3", "none");
        Running running = start();
        await().atMost(LONG).until(() -> runner.starts().size() == 2);
        awaitPhase(SupervisorState.Phase.LISTENING);
        running.inbox.stop();
        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void ends_with_78_when_github_deleted_the_registration() throws Exception {
        runner.next("deregistered");
        Running running = start();
        assertThat(running.status()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(folder.state().orElseThrow().reason().orElse("")).contains("GitHub deleted its registration");
        assertThat(said).anyMatch(line -> line.contains("it has to be registered again"));
    }

    @Test
    void ends_with_78_without_a_registration() throws Exception {
        Files.delete(runner.root.resolve(".runner"));
        assertThat(start().status()).isEqualTo(ExitStatus.CONFIGURATION);
    }

    @Test
    void never_starts_a_second_listener_beside_the_one_of_a_killed_supervisor_and_lets_its_job_end() throws Exception {
        // As a supervisor leaves it that is killed: a listener whose output nobody reads any more, in the middle of a
        // job.
        Path log = temporary.resolve("left.log");
        Process left = new ProcessBuilder(
                        "/usr/bin/setsid", "env", "--default-signal=INT", runner.root + "/bin/Runner.Listener", "run")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(LONG).until(() -> Files.readString(log).contains("Listening"));
        runner.longJob("one");
        runner.awaitWorker();
        long old = runner.listener();

        Running running = start();
        awaitPhase(SupervisorState.Phase.CLEARING);
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        assertThat(runner.processes.listeners(runner.root)).containsExactly(old);
        assertThat(left.isAlive()).isTrue();
        runner.finish();

        awaitPhase(SupervisorState.Phase.LISTENING);
        assertThat(runner.whole("one")).isTrue();
        assertThat(runner.events()).contains("finish jobId=one result=Succeeded");
        assertThat(left.isAlive()).isFalse();
        assertThat(runner.starts()).hasSize(2);
        running.inbox.stop();
        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void waits_for_the_worker_of_a_listener_that_died_in_mid_job() throws Exception {
        Running running = start();
        awaitPhase(SupervisorState.Phase.LISTENING);
        runner.longJob("one");
        runner.awaitWorker();

        ProcessSignal.KILL.to(runner.listener());

        awaitPhase(SupervisorState.Phase.PAUSING);
        awaitPhase(SupervisorState.Phase.CLEARING);
        assertThat(runner.starts()).hasSize(1);
        runner.finish();
        await().atMost(LONG).until(() -> runner.starts().size() == 2);
        assertThat(runner.whole("one")).isTrue();
        awaitPhase(SupervisorState.Phase.LISTENING);
        running.inbox.stop();
        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void kills_a_wrapper_that_would_start_listeners_again_before_it_ends_its_listener() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/setsid", "env", "--default-signal=INT", "./run.sh")
                .directory(runner.root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("run.log").toFile());
        builder.environment().put("RUNNER_ALLOW_RUNASROOT", "1");
        Process wrapper = builder.start();
        await().atMost(LONG).until(() -> runner.listener() != 0);
        long old = runner.listener();

        Running running = start();
        awaitPhase(SupervisorState.Phase.LISTENING);

        assertThat(wrapper.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(runner.processes.listeners(runner.root)).hasSize(1).doesNotContain(old);
        running.inbox.stop();
        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void refuses_a_directory_that_another_supervisor_keeps() throws Exception {
        Running first = start();
        awaitPhase(SupervisorState.Phase.LISTENING);
        assertThatThrownBy(() -> {
                    try {
                        start().status();
                    } catch (java.util.concurrent.ExecutionException thrown) {
                        throw thrown.getCause();
                    }
                })
                .isInstanceOfSatisfying(CrossarmException.class, refused -> {
                    assertThat(refused.problem().exit()).isEqualTo(ExitStatus.TRY_LATER);
                    assertThat(refused.problem().code()).isEqualTo("runner-supervised");
                });
        assertThat(runner.starts()).hasSize(1);
        first.inbox.stop();
        assertThat(first.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void goes_on_when_its_state_cannot_be_written() throws IOException, Exception {
        Running running = start();
        awaitPhase(SupervisorState.Phase.LISTENING);
        Files.delete(folder.stateFile());
        Files.createDirectories(folder.stateFile().resolve("in-the-way"));
        runner.job("one", "true");
        await().atMost(LONG).until(() -> runner.events().contains("finish jobId=one result=Succeeded"));
        running.inbox.stop();
        assertThat(running.status()).isEqualTo(ExitStatus.DONE);
        assertThat(said)
                .filteredOn(line -> line.contains("cannot write its state"))
                .hasSize(1);
    }
}
