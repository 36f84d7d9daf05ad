package dev.crossarm.runner.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.host.TestSurroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.runner.env.RunnerProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a systemctl that is scripted, and the real systemd-analyze; real systemd is met on the emulated server. */
final class RunnerServicesTest {
    private static final String UNIT = "actions.runner.acme.box.service";
    private static final long PID = 4711;

    @TempDir
    Path temporary;

    private Path runner;
    private Path proc;
    private ServicePlaces places;
    private Systemctl systemctl;
    private RunnerServices services;
    private final List<Duration> slept = new ArrayList<>();
    private Runnable whileWaiting = () -> {};

    /** As much of systemctl as is asked of it. */
    private final class Systemctl implements CommandRunner {
        private final CommandRunner real = new ProcessCommandRunner(TestSurroundings.real());
        private final Map<String, String> shown =
                new TreeMap<>(Map.of("LoadState", "not-found", "ActiveState", "inactive"));
        private final List<String> ran = new ArrayList<>();
        private String dies = "\0";

        @Override
        public CommandResult run(Command command, Consumer<String> lines) {
            List<String> words = command.argv();
            if (!words.get(0).equals("systemctl")) {
                return real.run(command, lines);
            }
            String line = String.join(" ", words.subList(1, words.size()));
            if (line.startsWith(dies)) {
                throw new AssertionError("killed here");
            }
            if (!words.get(1).equals("show")) {
                ran.add(line);
            }
            switch (words.get(1)) {
                case "daemon-reload" ->
                    shown.put("LoadState", Files.exists(places.unitFiles().resolve(UNIT)) ? "loaded" : "not-found");
                case "enable" -> shown.put("UnitFileState", "enabled");
                case "disable" -> shown.put("UnitFileState", "disabled");
                case "start" -> shown.putAll(Map.of("ActiveState", "active", "MainPID", "" + PID));
                case "stop" -> shown.put("ActiveState", "deactivating");
                default -> {}
            }
            StringBuilder text = new StringBuilder();
            shown.forEach(
                    (key, value) -> text.append(key).append('=').append(value).append('\n'));
            return CommandResult.of(command, 0, words.get(1).equals("show") ? text.toString() : "", "");
        }
    }

    @BeforeEach
    void makeHost() throws IOException {
        Path host = temporary.toRealPath();
        runner = Files.createDirectories(host.resolve("runners/box"));
        proc = Files.createDirectories(host.resolve("proc"));
        places = new ServicePlaces(
                Files.createDirectories(host.resolve("etc")),
                Files.createDirectories(host.resolve("run")),
                Files.createDirectories(host.resolve("states")),
                host.resolve("trial"));
        systemctl = new Systemctl();
        services = new RunnerServices(
                systemctl,
                new DurableFiles(Checkpoint.NONE),
                places,
                new RunnerProcesses(proc, InstantSource.system()),
                duration -> {
                    slept.add(duration);
                    whileWaiting.run();
                });
    }

    private ServiceUnit unit() {
        return new ServiceUnit(
                UNIT, "box", account(), runner, Path.of("/bin/true"), Duration.ofHours(6), Optional.empty());
    }

    /** Some account that is not root's. */
    private static String account() {
        return "daemon";
    }

    private void says(SupervisorState.Phase phase, long pid) {
        SupervisorState state = SupervisorState.starting(Instant.EPOCH, pid)
                .because(Optional.of("GitHub is on holiday"))
                .in(phase, Instant.EPOCH);
        Path folder = ServiceFolder.of(places.states(), UNIT).path();
        try {
            Files.createDirectories(folder);
            new ServiceFolder(folder).write(new DurableFiles(Checkpoint.NONE), state);
        } catch (IOException error) {
            throw new AssertionError(error);
        }
    }

    private void listenerRuns() {
        try {
            Path process = Files.createDirectories(proc.resolve("99"));
            Files.writeString(process.resolve("cmdline"), runner + "/bin/Runner.Listener\0run\0");
            Files.writeString(process.resolve("stat"), "99 (x) S 1" + " 0".repeat(17) + " 5 0\n");
            Files.writeString(proc.resolve("uptime"), "100.0 1.0\n");
        } catch (IOException error) {
            throw new AssertionError(error);
        }
    }

    @Test
    void puts_the_unit_and_its_name_in_place_and_has_it_start_with_the_machine() throws IOException {
        assertThat(services.install(unit())).isTrue();
        assertThat(places.unitFiles().resolve(UNIT)).hasContent(unit().text());
        assertThat(runner.resolve(".service")).hasContent(UNIT + "\n");
        assertThat(systemctl.ran).containsExactly("daemon-reload", "enable -- " + UNIT);

        systemctl.ran.clear();
        assertThat(services.install(unit())).isFalse();
        assertThat(systemctl.ran).isEmpty();
    }

    @Test
    void completes_what_a_kill_left_at_any_step() {
        for (String step : List.of("daemon-reload", "enable")) {
            systemctl.dies = step;
            assertThatThrownBy(() -> services.install(unit())).isInstanceOf(AssertionError.class);
            systemctl.dies = "\0";
            services.install(unit());
            assertThat(systemctl.shown).containsEntry("LoadState", "loaded").containsEntry("UnitFileState", "enabled");
            services.remove(UNIT, runner, Duration.ZERO, line -> {});
            systemctl.shown.put("UnitFileState", "");
        }
    }

    @Test
    void refuses_a_unit_whose_account_folder_or_program_is_missing_and_changes_nothing() {
        ServiceUnit good = unit();
        Path open = temporary.resolve("open");
        assertRefused(with("no-such-account", runner, good.crossarm()), "service-account-missing");
        assertRefused(with("root", runner, good.crossarm()), "service-as-root");
        assertRefused(with(account(), temporary.resolve("gone"), good.crossarm()), "service-folder-missing");
        assertRefused(with(account(), runner, Path.of("/no/such/crossarm")), "service-program-missing");
        assertRefused(with(account(), runner, open), "service-program-missing");
        assertThat(places.unitFiles()).isEmptyDirectory();
        assertThat(systemctl.ran).isEmpty();
    }

    @Test
    void refuses_a_program_that_another_account_can_change() throws IOException {
        Path folder = Files.createDirectories(temporary.toRealPath().resolve("theirs"));
        Path program = Files.copy(Path.of("/bin/true"), folder.resolve("crossarm"));
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        assertRefused(with(account(), runner, program), "service-program-open");
    }

    private ServiceUnit with(String account, Path directory, Path crossarm) {
        return new ServiceUnit(UNIT, "box", account, directory, crossarm, Duration.ofHours(6), Optional.empty());
    }

    private void assertRefused(ServiceUnit unit, String code) {
        assertThatThrownBy(() -> services.install(unit))
                .isInstanceOfSatisfying(
                        CrossarmException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    @Test
    void refuses_where_systemd_does_not_run() throws IOException {
        Files.delete(places.systemd());
        assertThatThrownBy(() -> services.install(unit()))
                .isInstanceOfSatisfying(
                        CrossarmException.class,
                        refused -> assertThat(refused.problem().exit()).isEqualTo(ExitStatus.UNAVAILABLE));
    }

    @Test
    void a_started_service_is_up_when_its_own_supervisor_listens_and_a_listener_is_there() {
        services.install(unit());
        says(SupervisorState.Phase.LISTENING, PID - 1); // the supervisor before
        listenerRuns();
        whileWaiting = () -> says(SupervisorState.Phase.LISTENING, PID);

        ServiceStatus status = services.start(UNIT, runner, Duration.ofSeconds(30));

        assertThat(status.listening()).isTrue();
        assertThat(slept).hasSize(1);
    }

    @Test
    void what_the_state_file_says_alone_is_not_believed() {
        services.install(unit());
        says(SupervisorState.Phase.LISTENING, PID);
        assertThatThrownBy(() -> services.start(UNIT, runner, Duration.ofSeconds(2)))
                .isInstanceOfSatisfying(CrossarmException.class, refused -> {
                    assertThat(refused.problem().code()).isEqualTo("runner-service-not-up");
                    assertThat(refused.problem().detail()).contains("GitHub is on holiday");
                });
    }

    @Test
    void a_state_that_makes_no_sense_is_none() throws IOException {
        Path folder =
                Files.createDirectories(ServiceFolder.of(places.states(), UNIT).path());
        for (String text :
                List.of("", "{", "[]", "{\"schema\":\"2\"}", "{\"schema\":\"1\",\"phase\":\"x\"}", "\u0000")) {
            Files.writeString(folder.resolve("supervisor.json"), text);
            assertThat(services.status(UNIT, runner).supervisor()).as(text).isEmpty();
        }
        Files.write(folder.resolve("supervisor.json"), new byte[1 << 20]);
        assertThat(services.status(UNIT, runner).supervisor()).isEmpty();
    }

    @Test
    void control_characters_of_a_job_do_not_reach_a_terminal() {
        SupervisorState state =
                SupervisorState.starting(Instant.EPOCH, 1).working("a\u001b[31mb\n" + "x".repeat(1000), Instant.EPOCH);
        assertThat(state.job().orElseThrow()).doesNotContain("\u001b", "\n").hasSizeLessThanOrEqualTo(300);
        assertThat(SupervisorState.of(state.json().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .contains(state);
    }

    @Test
    void a_stop_waits_for_the_job_and_says_so_when_it_takes_longer() {
        services.install(unit());
        systemctl.shown.put("ActiveState", "active");
        List<String> told = new ArrayList<>();
        assertThatThrownBy(() -> services.stop(UNIT, runner, Duration.ofSeconds(3), told::add))
                .isInstanceOfSatisfying(CrossarmException.class, late -> {
                    assertThat(late.problem().exit()).isEqualTo(ExitStatus.TRY_LATER);
                    assertThat(late.problem().remedies()).anyMatch(line -> line.contains("--kill-who=main"));
                });
        assertThat(told).containsExactly(UNIT + " stops when its job is over");
        assertThat(systemctl.ran).contains("stop --no-block -- " + UNIT);

        whileWaiting = () -> systemctl.shown.put("ActiveState", "inactive");
        services.stop(UNIT, runner, Duration.ofSeconds(3), told::add);
    }

    @Test
    void removes_everything_it_put_in_place_and_again_whatever_is_left() throws IOException {
        services.install(unit());
        says(SupervisorState.Phase.STOPPED, PID);
        services.remove(UNIT, runner, Duration.ofSeconds(3), line -> {});
        assertThat(places.unitFiles()).isEmptyDirectory();
        assertThat(runner.resolve(".service")).doesNotExist();
        assertThat(ServiceFolder.of(places.states(), UNIT).path()).doesNotExist();
        assertThat(systemctl.ran).endsWith("disable -- " + UNIT, "daemon-reload", "reset-failed -- " + UNIT);

        Files.delete(runner);
        services.remove(UNIT, runner, Duration.ofSeconds(3), line -> {});
        assertThat(Objects.requireNonNull(systemctl.shown.get("LoadState"))).isEqualTo("not-found");
    }

    @Test
    void does_not_start_beside_a_listener_of_another_account() throws IOException {
        services.install(unit());
        listenerRuns();
        if (TestSurroundings.real().root()) {
            Files.setOwner(
                    runner,
                    runner.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account()));
            assertThatThrownBy(() -> services.start(UNIT, runner, Duration.ofSeconds(2)))
                    .isInstanceOfSatisfying(
                            CrossarmException.class,
                            refused -> assertThat(refused.problem().code()).isEqualTo("runner-runs-elsewhere"));
            assertThat(systemctl.ran).doesNotContain("start -- " + UNIT);
        }
    }
}
