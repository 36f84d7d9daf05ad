package dev.crossarm.runner.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.host.TestSurroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.ProcessCommandRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit, against the real {@code systemd-analyze}. */
final class ServiceUnitTest {
    private static final String NAME = "actions.runner.acme-tools.box.service";

    @TempDir
    Path temporary;

    private static ServiceUnit unit(Path directory) {
        return new ServiceUnit(
                NAME,
                "box",
                "ci",
                directory,
                Path.of("/bin/true"),
                Duration.ofHours(6),
                Optional.of(new RunnerHooks(Path.of("/var/lib/crossarm/runner-hooks"))));
    }

    private Optional<String> verified(ServiceUnit unit) {
        return new UnitCheck(
                        new ProcessCommandRunner(TestSurroundings.real()),
                        new DurableFiles(Checkpoint.NONE),
                        temporary.resolve("trial"))
                .said(unit);
    }

    @Test
    void is_taken_by_systemd_without_a_word() {
        assertThat(verified(unit(Path.of("/tmp")))).isEmpty();
        assertThat(temporary.resolve("trial")).doesNotExist();
    }

    @Test
    void the_check_finds_a_key_that_systemd_does_not_know() throws Exception {
        // Were verify called without its option, it would end with 0.
        Path file = temporary.resolve(NAME);
        Files.writeString(file, unit(Path.of("/tmp")).text().replace("KillMode=", "KillModus="));
        Process verify = new ProcessBuilder(
                        "/usr/bin/systemd-analyze", "verify", "--recursive-errors=no", file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("KillModus");
        assertThat(verify.waitFor()).isNotZero();
    }

    @Test
    void escapes_what_means_something_to_systemd() {
        String text = unit(Path.of("/srv/100% \"my\" $HOME\\runner")).text();
        assertThat(text)
                .contains("WorkingDirectory=/srv/100%% \"my\" $HOME\\runner\n")
                .contains("ExecStart=\"/bin/true\" runner supervise \"/srv/100%% \\\"my\\\" $$HOME\\\\runner\"\n");
        assertThat(verified(unit(Path.of("/srv/100% \"my\" $HOME\\runner")))).isEmpty();
    }

    @Test
    void refuses_what_no_unit_can_hold() {
        assertThatThrownBy(() -> unit(Path.of("/srv/a\nExecStartPre=/bin/evil")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> unit(Path.of("relative"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void is_named_as_the_runners_own_scripts_name_it() {
        assertThat(ServiceUnit.nameOf("acme/tools", "box")).isEqualTo(NAME);
        assertThat(ServiceUnit.nameOf("acme", "my box")).isEqualTo("actions.runner.acme.my-box.service");
        assertThat(ServiceUnit.nameOf("a".repeat(300), "b")).hasSizeLessThan(255);
    }

    @Test
    void stops_no_sooner_than_the_longest_job() {
        assertThat(unit(Path.of("/tmp")).text()).contains("TimeoutStopSec=22200s\n");
        ServiceUnit days = new ServiceUnit(
                NAME, "box", "ci", Path.of("/tmp"), Path.of("/bin/true"), Duration.ofDays(5), Optional.empty());
        assertThat(days.text()).contains("TimeoutStopSec=432600s\n").doesNotContain("HOOK");
    }

    @Test
    void knows_the_statuses_the_supervisor_ends_with() {
        assertThat(unit(Path.of("/tmp")).text())
                .contains("RestartPreventExitStatus=64 77 78\n", "SuccessExitStatus=143\n", "Restart=on-failure\n");
    }

    @Test
    void gives_the_runner_our_hooks_and_them_a_place_for_records() {
        assertThat(unit(Path.of("/tmp")).text())
                .contains(
                        "Environment=\"ACTIONS_RUNNER_HOOK_JOB_STARTED=/var/lib/crossarm/runner-hooks/job-started.sh\"\n",
                        "Environment=\"CROSSARM_JOB_RECORDS=/var/lib/crossarm-runner/actions.runner.acme-tools.box/jobs\"\n",
                        "StateDirectory=crossarm-runner/actions.runner.acme-tools.box\n");
    }

    /** The published score: a lower one is better. Where systemd rates differently, the documents name the version. */
    @Test
    void keeps_its_published_exposure() throws Exception {
        Path file = temporary.resolve(NAME);
        Files.writeString(file, unit(Path.of("/tmp")).text());
        Process security = new ProcessBuilder(
                        List.of("/usr/bin/systemd-analyze", "security", "--offline=true", file.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(security.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher score = Pattern.compile("exposure level for .*: (\\d+\\.\\d)").matcher(said);
        assertThat(score.find()).as(said).isTrue();
        System.out.println("systemd-analyze security of a runner's unit: " + score.group(1));
        assertThat(Double.parseDouble(score.group(1))).isLessThanOrEqualTo(6.6);
    }
}
