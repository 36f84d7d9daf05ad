package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.runner.install.RunnerHome;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import dev.crossarm.runner.install.RunnerService;
import dev.crossarm.text.Mask;
import dev.crossarm.text.SecretRegister;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping a runner's service for an update, with a systemctl that is a script and processes that are real. */
class SystemdRunnerServiceTest {
    private static final RunnerRecord RUNNER = RunnerRecord.installed(
                    new RunnerName("arm-1"), "daemon", false, "2.338.1", false)
            .with(new RunnerRecord.Registration(
                    "https://github.com/ACME",
                    "arm-1",
                    7,
                    Optional.empty(),
                    List.of(),
                    false,
                    "actions.runner.ACME.arm-1.service"));

    @TempDir
    Path folder;

    private Optional<Process> child = Optional.empty();

    @BeforeEach
    void systemctl() throws IOException {
        Path script = Files.createDirectory(folder.resolve("tools")).resolve("systemctl");
        Files.writeString(script, """
                #!/bin/sh
                echo "$*" >>FOLDER/asked
                case $1 in
                  is-active) test -e FOLDER/active ;;
                  stop) rm FOLDER/active ;;
                  start) test ! -e FOLDER/broken && touch FOLDER/active ;;
                esac
                """.replace("FOLDER", folder.toString()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("runners/arm-1/_diag"));
        Files.createFile(folder.resolve("active"));
    }

    @AfterEach
    void end() {
        child.ifPresent(Process::destroyForcibly);
    }

    private RunnerService service() {
        Map<String, String> environment = Map.of("PATH", folder.resolve("tools") + ":/usr/bin:/bin");
        Surroundings surroundings =
                new Surroundings(environment, "root", true, Path.of("/root"), Path.of("/"), false, 80);
        SecretRegister secrets = new SecretRegister();
        HostPorts host = new HostPorts(
                surroundings,
                new ProcessCommandRunner(surroundings, secrets),
                new DurableFiles(Checkpoint.NONE),
                InstantSource.system(),
                pause -> {},
                secrets,
                Mask.of(environment));
        return new SystemdRunnerService(host, new RunnerHome(folder.resolve("runners")));
    }

    /** A process with the command line that a listener of this runner has. */
    private void listens() throws IOException {
        String name = folder.resolve("runners/arm-1/bin/Runner.Listener").toString();
        Process process = new ProcessBuilder("/bin/bash", "-c", "exec -a \"$0\" /bin/sleep 60", name).start();
        child = Optional.of(process);
        Awaitility.await()
                .until(() -> Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                        .startsWith(name));
    }

    private void logs(String... lines) throws IOException {
        Files.write(folder.resolve("runners/arm-1/_diag/Runner_20261129-000000-utc.log"), List.of("an older one"));
        Files.write(folder.resolve("runners/arm-1/_diag/Runner_20261130-000000-utc.log"), List.of(lines));
    }

    @Test
    void stops_a_runner_without_a_job_and_starts_it_again() throws IOException {
        listens();
        logs("Send job request message to worker for job 1", "finish job request for job 1");

        assertThat(service().running(RUNNER)).isTrue();
        assertThat(service().stopUnlessBusy(RUNNER)).isEqualTo(RunnerService.Stop.STOPPED);
        assertThat(service().running(RUNNER)).isFalse();
        assertThat(service().start(RUNNER)).isTrue();
        assertThat(Files.readAllLines(folder.resolve("asked")))
                .contains("stop -- actions.runner.ACME.arm-1.service", "start -- actions.runner.ACME.arm-1.service");
    }

    @Test
    void leaves_a_runner_alone_that_has_handed_out_a_job_of_which_no_process_shows() throws IOException {
        listens();
        logs(
                "Send job request message to worker for job 1",
                "finish job request for job 1",
                "Send job request message to worker for job 2");

        assertThat(service().stopUnlessBusy(RUNNER)).isEqualTo(RunnerService.Stop.BUSY);
        assertThat(folder.resolve("active")).exists();
    }

    @Test
    void does_not_take_the_log_of_a_listener_that_died_in_a_job_for_a_job() throws IOException {
        logs("Send job request message to worker for job 1");

        assertThat(service().stopUnlessBusy(RUNNER)).isEqualTo(RunnerService.Stop.STOPPED);
    }

    @Test
    void tells_when_the_service_does_not_come_up() throws IOException {
        Files.createFile(folder.resolve("broken"));
        service().stopUnlessBusy(RUNNER);

        assertThat(service().start(RUNNER)).isFalse();
    }

    @Test
    void has_nothing_to_stop_where_nothing_runs() throws IOException {
        Files.delete(folder.resolve("active"));

        assertThat(service().stopUnlessBusy(RUNNER)).isEqualTo(RunnerService.Stop.NOT_RUNNING);
        assertThat(service().start(RUNNER.unregistered())).isTrue();
    }
}
