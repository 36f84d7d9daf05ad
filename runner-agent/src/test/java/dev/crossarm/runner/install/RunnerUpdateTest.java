package dev.crossarm.runner.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.files.OtherAccount;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Moving a runner to another version; root only. */
@Timeout(120)
class RunnerUpdateTest {
    private static final RunnerName NAME = new RunnerName("arm-1");

    @TempDir
    Path folder;

    private final TestService service = new TestService();
    private InstallBench bench;

    @BeforeEach
    void an_old_runner() throws IOException {
        bench = new InstallBench(folder);
        bench.latest = InstallBench.OLD;
        bench.install();
        bench.latest = InstallBench.NEW;
        OtherAccount.file(bench.runner().resolve(".runner"), "registered");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private RunnerUpdate.Updated update() {
        return service.update(bench, NAME, Optional.empty());
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(CrossarmException.class, call).problem();
    }

    private String version(String part) throws IOException {
        return Files.readString(bench.runner().resolve(part))
                .replaceAll("(?s).*echo ", "")
                .strip();
    }

    @Test
    void exchanges_the_version_while_the_service_is_stopped_and_keeps_what_is_not_the_package_s() throws IOException {
        RunnerUpdate.Updated done = update();

        assertThat(done.changed()).isTrue();
        assertThat(done.record().version()).isEqualTo(InstallBench.NEW);
        assertThat(done.record().previous()).contains(InstallBench.OLD);
        assertThat(bench.records().require(NAME)).isEqualTo(done.record());
        assertThat(service.done).containsExactly("stop " + InstallBench.OLD, "start " + InstallBench.NEW);
        assertThat(version("bin/Runner.Listener")).isEqualTo(InstallBench.NEW);
        assertThat(version("run.sh")).isEqualTo(InstallBench.NEW);
        assertThat(Files.getOwner(bench.runner().resolve("run.sh")).getName()).isEqualTo(OtherAccount.NAME);
        assertThat(Files.isDirectory(bench.runner().resolve("bin"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(bench.runner().resolve(".runner")).hasContent("registered");
        assertThat(bench.home.folder()).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void has_nothing_to_do_in_the_newest_version() {
        update();
        service.done.clear();

        assertThat(update().changed()).isFalse();
        assertThat(service.done).isEmpty();
    }

    @Test
    void waits_for_the_end_of_the_job() {
        service.busy = 3;

        assertThat(update().changed()).isTrue();
        assertThat(service.done)
                .containsExactly("busy", "busy", "busy", "stop " + InstallBench.OLD, "start " + InstallBench.NEW);
        assertThat(bench.said).contains("the runner arm-1 has a job; its end is waited for");
    }

    @Test
    void refuses_at_once_when_told_to_and_the_runner_has_a_job() throws IOException {
        service.busy = 1;

        Problem problem = problem(() -> service.update(bench, NAME, Optional.empty(), true));

        assertThat(problem.exit()).isEqualTo(ExitStatus.TRY_LATER);
        assertThat(problem.code()).isEqualTo("runner-busy");
        assertThat(service.done).containsExactly("busy");
        assertThat(version("bin/Runner.Listener")).isEqualTo(InstallBench.OLD);
        assertThat(bench.home.folder()).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void goes_back_when_the_new_version_does_not_come_up() throws IOException {
        service.refused.add(InstallBench.NEW);

        Problem problem = problem(this::update);

        assertThat(problem.exit()).isEqualTo(ExitStatus.STEP_FAILED);
        assertThat(problem.detail()).contains("version 2.337.0 is in place again");
        assertThat(version("bin/Runner.Listener")).isEqualTo(InstallBench.OLD);
        assertThat(version("config.sh")).isEqualTo(InstallBench.OLD);
        assertThat(bench.records().require(NAME).version()).isEqualTo(InstallBench.OLD);
        assertThat(service.running).isTrue();
        assertThat(bench.home.folder()).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void puts_nothing_back_under_a_job_that_the_new_version_has_taken() throws IOException {
        service.refused.add(InstallBench.NEW);
        service.busyOnceRefused = true;

        Problem problem = problem(this::update);

        assertThat(problem.detail()).contains("nothing was put back");
        assertThat(version("bin/Runner.Listener")).isEqualTo(InstallBench.NEW);
    }

    @Test
    void starts_a_runner_again_whose_stop_outlasted_an_earlier_run() throws IOException {
        service.stopsLate = 1;
        assertThat(problem(this::update).exit()).isEqualTo(ExitStatus.TRY_LATER);
        // The job goes on for one look more; then the service has ended, as it was told to.
        service.busy = 1;
        bench.whileWaiting = () -> service.running = false;

        assertThat(update().changed()).isTrue();
        assertThat(service.running).isTrue();
        assertThat(service.done).last().isEqualTo("start " + InstallBench.NEW);
    }

    @Test
    void puts_an_update_right_that_was_cut_off_although_nobody_can_be_asked_for_the_newest() throws IOException {
        service.stopsLate = 1;
        problem(this::update);
        service.running = false;
        bench.latest = "not-a-version";

        problem(this::update);

        assertThat(service.running).isTrue();
        assertThat(version("bin/Runner.Listener")).isEqualTo(InstallBench.OLD);
    }

    @Test
    void leaves_a_runner_that_was_not_running_as_it_is() {
        service.running = false;

        assertThat(update().changed()).isTrue();
        assertThat(service.done).isEmpty();
        assertThat(service.running).isFalse();
    }

    @Test
    void moves_a_pinned_runner_only_to_a_version_that_is_named() {
        service.update(bench, NAME, Optional.of(InstallBench.OLD));
        assertThat(bench.records().require(NAME).pinned()).isTrue();
        bench.asked.clear();

        assertThat(update().changed()).isFalse();
        assertThat(bench.asked).isEmpty();

        assertThat(service.update(bench, NAME, Optional.of(InstallBench.NEW)).changed())
                .isTrue();
        assertThat(bench.records().require(NAME).pinned()).isTrue();
    }

    @Test
    void removes_packages_that_no_runner_uses_or_goes_back_to() {
        bench.packages.put("2.339.0", InstallBench.packageOf("2.339.0").bytes());
        bench.packages.put("2.340.0", InstallBench.packageOf("2.340.0").bytes());
        bench.installNamed(Optional.of(new RunnerName("arm-2")), "2.339.0");
        update();
        bench.latest = "2.340.0";

        RunnerUpdate.Updated done = update();

        assertThat(done.removed()).containsExactly(RunnerVersion.parse(InstallBench.OLD));
        assertThat(bench.home.packages().toFile().list())
                .containsExactlyInAnyOrder(InstallBench.NEW, "2.339.0", "2.340.0");
    }

    @Test
    void follows_no_link_that_the_account_put_in_the_place_of_a_part() throws IOException {
        Path precious = Files.createDirectory(folder.resolve("precious"));
        Files.writeString(precious.resolve("file"), "x");
        Files.move(bench.runner().resolve("bin"), bench.runner().resolve("away"));
        OtherAccount.own(Files.createSymbolicLink(bench.runner().resolve("bin"), precious));

        update();

        assertThat(precious.resolve("file")).hasContent("x");
        assertThat(Files.isDirectory(bench.runner().resolve("bin"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(version("bin/Runner.Listener")).isEqualTo(InstallBench.NEW);
    }

    @Test
    void knows_no_runner_of_another_name() {
        assertThat(problem(() -> service.update(bench, new RunnerName("arm-9"), Optional.empty()))
                        .code())
                .isEqualTo("no-such-runner");
    }
}
