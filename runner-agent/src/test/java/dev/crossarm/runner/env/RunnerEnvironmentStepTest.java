package dev.crossarm.runner.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crossarm.environment.DotEnv;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class RunnerEnvironmentStepTest {
    private static final String SECRET = "hunter2-of-somebody-else";

    @TempDir
    Path temporary;

    private RunnerHost host;

    @BeforeEach
    void makeHost() throws IOException {
        host = new RunnerHost(temporary);
    }

    @Test
    void is_satisfied_and_says_so_when_there_is_no_runner() {
        host.given = List.of();

        assertThat(host.evidence()).containsExactly("no runner on this machine");
    }

    @Test
    void writes_both_files_with_the_directorys_owner_and_0640_and_then_has_nothing_to_do() throws IOException {
        assertThat(host.provision())
                .extracting(Change::target)
                .containsExactly(host.env().toString(), host.path().toString());

        assertThat(read(host.env()).variables())
                .containsAllEntriesOf(host.environment.variables())
                .containsEntry(
                        "PATH", "/our/bin:/our/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        assertThat(Files.readString(host.path()))
                .isEqualTo(read(host.env()).value("PATH").orElseThrow() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host.env())))
                .isEqualTo("rw-r-----");
        assertThat(Files.getOwner(host.path())).isEqualTo(Files.getOwner(host.runner));
        assertThat(host.evidence().get(0)).isEqualTo(host.env() + " has Crossarm's 3 variables");
        assertThat(host.provision()).isEmpty();
    }

    @Test
    void keeps_foreign_lines_and_mode_and_never_shows_a_foreign_value() throws IOException {
        Files.writeString(host.env(), "TOKEN=" + SECRET + "\r\nCARGO_HOME=" + SECRET);
        Files.setPosixFilePermissions(host.env(), PosixFilePermissions.fromString("rw-rw----"));
        Observation.Drifted drift = (Observation.Drifted) host.step().check();
        List<Repair> plan = drift.repairs();

        assertThat(drift + " " + plan).doesNotContain(SECRET);
        assertThat(plan).extracting(Repair::change).allMatch(Change::sensitive);
        host.provision();

        assertThat(Files.readString(host.env()))
                .startsWith("TOKEN=" + SECRET + "\r\nCARGO_HOME=" + SECRET + "\r\n# crossarm");
        assertThat(read(host.env()).value("CARGO_HOME")).contains("/our/cargo");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host.env())))
                .isEqualTo("rw-rw----");
        assertThat(host.evidence().toString())
                .doesNotContain(SECRET)
                .contains("has lines of its own for CARGO_HOME; Crossarm's");
        assertThat(host.files().get("state/receipts/runner-environment.json")).doesNotContain(SECRET);
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void does_not_wait_for_a_pipe_in_the_place_of_a_file() throws Exception {
        for (Path file : List.of(host.env(), host.path())) {
            Files.deleteIfExists(host.env());
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .isZero();

            assertThat(((Observation.Unknown) host.step().check()).problem().summary())
                    .contains(file.toString());
        }
    }

    @Test
    void takes_the_path_from_the_runners_env_before_its_path_file_and_does_not_let_it_grow() throws IOException {
        Files.writeString(host.env(), "PATH=/theirs:/usr/bin\n");
        Files.writeString(host.path(), "/shell/bin:/usr/bin\n");

        host.provision();
        host.provision();

        assertThat(read(host.env()).value("PATH")).contains("/our/bin:/our/cargo/bin:/theirs:/usr/bin");
        assertThat(Files.readString(host.path())).isEqualTo("/our/bin:/our/cargo/bin:/theirs:/usr/bin\n");
    }

    @Test
    void follows_config_sh_when_it_writes_another_path_and_gives_that_one_back() throws IOException {
        Files.writeString(host.path(), "/first:/usr/bin\n");
        host.provision();
        Files.writeString(host.path(), "/second:/our/cargo/bin:/usr/bin\n");

        host.provision();

        assertThat(read(host.env()).value("PATH")).contains("/our/bin:/our/cargo/bin:/second:/usr/bin");
        host.remove();
        assertThat(Files.readString(host.path())).isEqualTo("/second:/our/cargo/bin:/usr/bin\n");
    }

    @Test
    void leaves_no_trace_of_folders_that_were_ours_before() throws IOException {
        Files.writeString(host.path(), "/usr/bin\n");
        host.provision();
        host.environment = new JobEnvironment(Map.of("CARGO_HOME", "/new"), List.of(Path.of("/new/bin")));

        host.provision();

        assertThat(read(host.env()).variables())
                .containsOnly(Map.entry("CARGO_HOME", "/new"), Map.entry("PATH", "/new/bin:/usr/bin"));
        assertThat(Files.readString(host.path())).isEqualTo("/new/bin:/usr/bin\n");
        host.remove();
        assertThat(Files.readString(host.path())).isEqualTo("/usr/bin\n");
    }

    @Test
    void restarts_an_idle_runner_once() throws IOException {
        host.service();

        assertThat(host.provision())
                .extracting(Change::summary)
                .last()
                .isEqualTo("restart " + RunnerHost.UNIT + ", to read its new environment");
        assertThat(host.systemctl.ran).contains("systemctl restart -- " + RunnerHost.UNIT);
        assertThat(host.evidence()).contains(RunnerHost.UNIT + " has read its environment");
        assertThat(host.provision()).isEmpty();
    }

    @Test
    void sees_that_a_listener_is_older_than_its_file_when_a_run_was_killed_before_the_restart() throws IOException {
        host.service();
        host.provision();
        host.proc.listener(host.runner, Duration.ofMinutes(1));

        assertThat(host.step().check().toString()).contains("has not read its environment yet");
        assertThat(host.provision()).extracting(Change::kind).containsExactly(Change.Kind.RESTART);
    }

    @Test
    void does_not_restart_for_ever_when_the_clock_was_ahead_while_the_file_was_written() throws IOException {
        host.service();
        host.provision();
        Files.setLastModifiedTime(host.env(), FileTime.from(Instant.now().plus(Duration.ofHours(1))));

        assertThat(host.provision()).isEmpty();
        assertThat(host.step().inputs())
                .as("when that time has come, the listener is older than its file")
                .isEmpty();
    }

    @Test
    void names_no_inputs_while_a_restart_is_to_come_that_no_file_tells_of() throws IOException {
        host.service();
        host.provision();
        assertThat(host.step().inputs()).isPresent();

        Files.setLastModifiedTime(host.env(), FileTime.from(Instant.now()));
        host.proc.listener(host.runner, Duration.ofHours(1));
        assertThat(host.step().inputs())
                .as("a listener that has not read its file")
                .isEmpty();
    }

    @Test
    void has_a_busy_runner_restarted_when_its_job_ends() throws IOException {
        host.service().proc.worker(host.runner);

        List<Change> changes = host.provision();

        assertThat(changes.get(changes.size() - 1).summary()).contains("when its job ends");
        assertThat(host.systemctl.ran).noneMatch(line -> line.startsWith("systemctl restart"));
        String scheduled = host.systemctl.ran.stream()
                .filter(line -> line.startsWith("systemd-run"))
                .findFirst()
                .orElseThrow();
        assertThat(scheduled)
                .contains("--unit=crossarm-restart-", "--collect")
                .endsWith("-- " + host.layout.prefix() + "/libexec/restart-when-idle " + RunnerHost.UNIT + " "
                        + host.runner);
        assertThat(host.layout.prefix().resolve("libexec/restart-when-idle")).isExecutable();
        assertThat(host.evidence()).contains(RunnerHost.UNIT + ": restart follows when the running job ends");
        assertThat(host.provision()).isEmpty();
    }

    @Test
    void tells_how_to_restart_by_hand_where_it_cannot() throws IOException {
        host.proc.listener(host.runner, Duration.ofHours(1));
        host.provision();
        assertThat(host.evidence())
                .last()
                .asString()
                .contains("restart it by hand: when no job is running, press Ctrl+C");

        host.service();
        host.asRoot = false;
        assertThat(host.evidence()).last().asString().contains("sudo systemctl restart " + RunnerHost.UNIT);
        assertThat(host.systemctl.ran).noneMatch(line -> line.contains(" restart "));
    }

    @Test
    void does_not_start_a_service_that_is_stopped() throws IOException {
        host.service().systemctl.unit(RunnerHost.UNIT, host.runner.toString(), "root", "inactive");
        Files.delete(host.places.proc().resolve("101/cmdline"));

        assertThat(host.provision()).extracting(Change::kind).containsOnly(Change.Kind.WRITE_FILE);
        assertThat(host.evidence()).contains(RunnerHost.UNIT + " reads its environment when it starts");
        assertThat(host.step().inputs())
                .as("once it is started, it wants the script for restarts")
                .isEmpty();
    }

    @Test
    void fails_with_systemds_words_when_the_restart_fails_and_converges_when_it_works_again() throws IOException {
        host.service().systemctl.failAt("systemctl restart");

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> host.provision())
                .satisfies(e -> {
                    assertThat(e.problem().detail()).contains("Failed: scripted");
                    assertThat(e.problem().remedies()).contains("sudo systemctl restart " + RunnerHost.UNIT);
                });
        host.systemctl.failAt("\0");

        assertThat(host.provision()).extracting(Change::kind).containsExactly(Change.Kind.RESTART);
        assertThat(host.evidence()).isNotEmpty();
    }

    @Test
    void refuses_a_link_and_a_directory_in_the_files_place() throws IOException {
        Path elsewhere = Files.writeString(host.root.resolve("elsewhere"), "A=1\n");
        Files.createSymbolicLink(host.env(), elsewhere);
        assertThat(unknown().exit()).isEqualTo(ExitStatus.CANNOT_CREATE);
        assertThat(unknown().summary()).contains(host.env().toString(), "symbolic link");
        assertThat(elsewhere).hasContent("A=1");

        Files.delete(host.env());
        Files.createDirectory(host.path());
        assertThat(unknown().summary()).contains(host.path().toString(), "a directory");
    }

    @Test
    void refuses_a_file_that_the_runners_account_may_not_read() throws IOException {
        host.service().systemctl.unit(RunnerHost.UNIT, host.runner.toString(), "ci", "active");
        Files.writeString(host.env(), "A=1\n");
        Files.setPosixFilePermissions(host.env(), PosixFilePermissions.fromString("rw-------"));

        assertThat(unknown().exit()).isEqualTo(ExitStatus.NO_PERMISSION);
        assertThat(unknown().remedies()).contains("sudo chown ci " + host.env());
    }

    @Test
    void gives_back_what_was_there_and_nothing_else() throws IOException {
        host.service();
        Files.write(host.env(), new byte[] {
            'A', '=', (byte) 0xFF, '\n', '=', '\n', 'C', 'A', 'R', 'G', 'O', '_', 'H', 'O', 'M', 'E', '=', 'x', '\n'
        });
        Files.writeString(host.path(), "/usr/bin:/bin");
        Map<String, String> before = host.files();
        host.provision();
        host.systemctl.ran.clear();

        List<Change> changes = host.remove();

        assertThat(host.files()).isEqualTo(before);
        assertThat(changes).extracting(Change::kind).contains(Change.Kind.RESTART);
        assertThat(host.systemctl.ran).contains("systemctl restart -- " + RunnerHost.UNIT);
        assertThat(host.step().planRemoval()).isEmpty();
    }

    @Test
    void deletes_files_that_only_it_made_and_keeps_them_when_somebody_added_a_line() throws IOException {
        Map<String, String> before = host.files();
        host.provision();
        host.remove();
        assertThat(host.files()).isEqualTo(before);

        host.provision();
        Files.writeString(host.env(), Files.readString(host.env()) + "LANG=C\n");
        host.remove();
        assertThat(Files.readString(host.env())).isEqualTo("LANG=C\n");
        assertThat(host.step().planRemoval()).isEmpty();
    }

    @Test
    void removes_its_part_from_a_runner_that_was_named_only_when_it_was_provisioned() throws IOException {
        Map<String, String> before = host.files();
        host.provision();
        host.given = List.of();

        host.remove();

        assertThat(host.files()).isEqualTo(before);
    }

    @Test
    void keeps_a_runner_that_was_named_only_when_it_was_provisioned() throws IOException {
        host.provision();
        host.given = List.of();
        host.environment = new JobEnvironment(Map.of("CARGO_HOME", "/other/cargo"), List.of(Path.of("/other/bin")));

        assertThat(host.step().check()).isInstanceOf(Observation.Drifted.class);
        host.provision();

        assertThat(read(host.env()).value("CARGO_HOME")).contains("/other/cargo");
        assertThat(host.evidence()).noneMatch(line -> line.contains("no runner"));
        assertThat(host.step().inputs()).isPresent();
    }

    @Test
    void forgets_a_runner_whose_directory_is_gone_and_says_so() throws IOException {
        host.provision();
        host.given = List.of();
        try (Stream<Path> all = Files.walk(host.runner)) {
            all.sorted(Comparator.reverseOrder()).forEach(RunnerEnvironmentStepTest::delete);
        }

        List<Change> changes = host.provision();

        assertThat(changes)
                .extracting(Change::summary)
                .containsExactly("forget the runner in " + host.runner + ", whose directory is gone");
        assertThat(host.evidence()).containsExactly("no runner on this machine");
    }

    @Test
    void does_not_follow_a_link_put_where_a_runner_was() throws IOException {
        host.provision();
        host.given = List.of();
        Path elsewhere = Files.move(host.runner, host.root.resolve("elsewhere"));
        Files.createSymbolicLink(host.runner, elsewhere);
        host.environment = new JobEnvironment(Map.of("CARGO_HOME", "/other/cargo"), List.of(Path.of("/other/bin")));

        assertThat(host.provision()).isEmpty();
        assertThat(host.evidence()).contains(host.runner + " was set up as a runner's directory and is none any more");
    }

    @Test
    void schedules_the_restart_of_a_busy_runner_when_it_is_removed_too() throws IOException {
        host.service();
        host.provision();
        host.proc.worker(host.runner);

        host.remove();

        assertThat(host.systemctl.ran).anyMatch(line -> line.startsWith("systemd-run"));
        assertThat(host.step().planRemoval()).isEmpty();
    }

    @Test
    void says_so_when_the_runner_went_away_between_plan_and_change() throws IOException {
        List<Repair> plan = ((Observation.Drifted) host.step().check()).repairs();
        host.given = List.of();

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> host.step().apply(plan.get(0).fix(), Progress.NONE))
                .satisfies(e -> assertThat(e.problem().exit()).isEqualTo(ExitStatus.TRY_LATER));
    }

    private Problem unknown() {
        return ((Observation.Unknown) host.step().check()).problem();
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static DotEnv read(Path file) throws IOException {
        return DotEnv.parse(Files.readAllBytes(file));
    }
}
