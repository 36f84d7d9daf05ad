package dev.crossarm.runner.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.runner.env.RunnerProcesses;
import dev.crossarm.runner.install.RunnerHome;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import dev.crossarm.runner.install.RunnerService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping and starting a runner's service for an update, with a systemctl and processes that tests make up. */
final class UnitRunnerServiceTest {
    private static final String UNIT = "actions.runner.ACME.arm-1.service";
    private static final long SUPERVISOR = 4711;
    private static final RunnerRecord RUNNER = RunnerRecord.installed(
                    new RunnerName("arm-1"), "daemon", false, "2.338.1", false)
            .with(new RunnerRecord.Registration(
                    "https://github.com/ACME", "arm-1", 7, Optional.empty(), List.of(), false, UNIT));

    @TempDir
    Path temporary;

    private final Systemctl systemctl = new Systemctl();
    private Path root;
    private Path proc;
    private ServicePlaces places;
    private RunnerService service;

    private static final class Systemctl implements CommandRunner {
        private final List<String> ran = new ArrayList<>();
        private String active = "active";

        @Override
        public CommandResult run(Command command, Consumer<String> lines) {
            List<String> words = command.argv();
            switch (words.get(1)) {
                case "start" -> active = "active";
                case "stop" -> active = "inactive";
                default -> {}
            }
            if (!words.get(1).equals("show")) {
                ran.add(String.join(" ", words.subList(1, words.size())));
            }
            return CommandResult.of(
                    command, 0, "LoadState=loaded\nActiveState=" + active + "\nMainPID=" + SUPERVISOR + "\n", "");
        }
    }

    @BeforeEach
    void makeHost() throws IOException {
        Path host = temporary.toRealPath();
        root = Files.createDirectories(host.resolve("runners/arm-1"));
        proc = Files.createDirectories(host.resolve("proc"));
        Files.writeString(proc.resolve("uptime"), "100.0 1.0\n");
        places = new ServicePlaces(
                Files.createDirectories(host.resolve("etc")),
                Files.createDirectories(host.resolve("run")),
                Files.createDirectories(host.resolve("states")),
                host.resolve("trial"));
        RunnerProcesses processes = new RunnerProcesses(proc, InstantSource.system());
        service = new UnitRunnerService(
                new RunnerServices(systemctl, new DurableFiles(Checkpoint.NONE), places, processes, pause -> {}),
                processes,
                new RunnerHome(host.resolve("runners")));
    }

    private void runs(int pid, String program) throws IOException {
        Path process = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.writeString(process.resolve("cmdline"), root + "/bin/" + program + "\0run\0");
        Files.writeString(process.resolve("stat"), pid + " (x) S 1" + " 0".repeat(17) + " 5 0\n");
    }

    private void supervisorSays(SupervisorState.Phase phase) throws IOException {
        Path folder = ServiceFolder.of(places.states(), UNIT).path();
        Files.createDirectories(folder);
        new ServiceFolder(folder)
                .write(
                        new DurableFiles(Checkpoint.NONE),
                        SupervisorState.starting(Instant.EPOCH, SUPERVISOR).in(phase, Instant.EPOCH));
    }

    @Test
    void stops_a_runner_without_a_job_and_has_it_up_again_once_its_listener_is_connected() throws IOException {
        runs(99, "Runner.Listener");
        supervisorSays(SupervisorState.Phase.LISTENING);

        assertThat(service.running(RUNNER)).isTrue();
        assertThat(service.stopUnlessBusy(RUNNER)).isEqualTo(RunnerService.Stop.STOPPED);
        assertThat(service.running(RUNNER)).isFalse();
        assertThat(service.start(RUNNER)).isTrue();
        assertThat(systemctl.ran).containsExactly("stop --no-block -- " + UNIT, "start -- " + UNIT);
    }

    @Test
    void leaves_a_runner_with_a_job_alone() throws IOException {
        runs(99, "Runner.Listener");
        runs(100, "Runner.Worker");

        assertThat(service.stopUnlessBusy(RUNNER)).isEqualTo(RunnerService.Stop.BUSY);
        assertThat(systemctl.ran).isEmpty();
    }

    @Test
    void does_not_take_a_service_for_up_whose_listener_is_started_again_and_again() throws IOException {
        supervisorSays(SupervisorState.Phase.PAUSING);

        assertThat(service.start(RUNNER)).isFalse();
    }

    @Test
    void refuses_a_runner_that_somebody_started_by_hand() throws IOException {
        systemctl.active = "inactive";
        runs(99, "Runner.Listener");

        assertThatThrownBy(() -> service.stopUnlessBusy(RUNNER))
                .isInstanceOf(CrossarmException.class)
                .hasMessageContaining("not as its service");
    }

    @Test
    void has_nothing_to_stop_where_nothing_runs_and_nothing_to_start_where_nothing_is_registered() {
        systemctl.active = "inactive";

        assertThat(service.stopUnlessBusy(RUNNER)).isEqualTo(RunnerService.Stop.NOT_RUNNING);
        assertThat(service.start(RUNNER.unregistered())).isTrue();
        assertThat(systemctl.ran).isEmpty();
    }
}
