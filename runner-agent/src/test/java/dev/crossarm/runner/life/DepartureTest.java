package dev.crossarm.runner.life;

import static dev.crossarm.host.files.DurableFilesTest.problem;
import static dev.crossarm.runner.life.LifeHost.BOX;
import static dev.crossarm.runner.life.LifeHost.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Status, drain and removal with the stand-ins for the runner's package and for GitHub: listeners and jobs are processes. */
@Timeout(180)
class DepartureTest {
    private static final String UNIT = "actions.runner.ACME.box.service";

    @TempDir
    Path folder;

    private LifeHost host;

    @BeforeEach
    void start() throws IOException {
        host = new LifeHost(folder);
        host.installed("2.338.1");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void online() {
        host.register(request());
        LifeHost.until(() ->
                host.state().path("runners").path(0).path("status").asText().equals("online"));
    }

    private JsonNode job(int number) {
        return host.state().path("jobs").path(number);
    }

    private String startJob() {
        String end = folder.resolve("end").toString();
        host.control(
                "jobs",
                "{\"name\": \"build\", \"labels\": [\"crossarm\"], \"script\": \"until test -e " + end
                        + "; do sleep 0.1; done\"}");
        LifeHost.until(() -> job(0).path("state").asText().equals("running") && host.truth.busy(host.root()));
        return end;
    }

    private Optional<Problem> drain(boolean stays, Optional<Duration> timeout) {
        return host.life().drain(BOX, stays, "a test", timeout, host.said::add);
    }

    private Optional<Problem> remove(boolean now, boolean local) {
        return host.life().remove(BOX, now, local, () -> () -> host.done.add("released"), host.said::add);
    }

    @Test
    void drains_an_idle_runner_without_a_signal() {
        online();

        assertThat(drain(false, Optional.empty())).isEmpty();

        assertThat(host.state().path("runners")).isEmpty();
        assertThat(host.truth.listens(host.root())).isFalse();
        assertThat(host.done).doesNotContain("end listener").contains("stop " + UNIT);
        assertThat(host.record().registration()).isEmpty();
        assertThat(Files.exists(host.root().resolve(".runner"))).isFalse();
    }

    @Test
    void lets_a_job_finish_takes_no_other_and_does_not_believe_github_that_it_is_idle() throws Exception {
        online();
        String end = startJob();
        host.control("settings", "{\"lieAboutBusy\": true}");

        Thread draining = new Thread(() -> host.done.add("drained " + drain(false, Optional.empty())));
        draining.start();
        LifeHost.until(() -> host.labels().equals(List.of(RunnerLabels.ofDrain(host.github.runner("box")))));
        host.control("jobs", "{\"name\": \"next\", \"labels\": [\"self-hosted\", \"crossarm\"], \"script\": \"true\"}");
        LifeHost.until(() -> host.said.contains("waiting for its job to end"));
        assertThat(host.state().path("runners")).hasSize(1);
        Files.createFile(Path.of(end));
        draining.join();

        assertThat(host.done).contains("drained Optional.empty").doesNotContain("end listener");
        assertThat(job(0).path("result").asText()).isEqualTo("Succeeded");
        assertThat(job(1).path("state").asText()).isEqualTo("queued");
        assertThat(job(1).path("offers").asInt()).isZero();
    }

    @Test
    void gives_the_labels_back_when_the_job_takes_longer_than_it_may() throws Exception {
        online();
        List<String> before = host.labels();
        startJob();

        Problem problem = drain(false, Optional.of(Duration.ofSeconds(2))).orElseThrow();

        assertThat(problem.exit()).isEqualTo(ExitStatus.TRY_LATER);
        assertThat(host.labels()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(host.truth.busy(host.root())).isTrue();
        assertThat(DrainReceipt.of(host.receipts, "box")).isEmpty();
    }

    @Test
    void keeps_a_runner_idle_until_it_may_take_jobs_again_and_says_so() {
        online();
        List<String> before = host.labels();

        assertThat(drain(true, Optional.empty())).isEmpty();

        assertThat(host.truth.listens(host.root())).isTrue();
        RunnerReport report = host.life().status(Optional.of(BOX)).runners().get(0);
        assertThat(report.drained().orElseThrow()).endsWith(": a test");
        assertThat(report.drift()).contains("-crossarm");
        host.life().undrain(BOX);
        assertThat(host.labels()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(host.life().status(Optional.of(BOX)).runners().get(0).drained())
                .isEmpty();
    }

    @Test
    void drains_all_at_once_and_names_what_went_wrong_with_each() {
        online();

        Map<RunnerName, Optional<Problem>> ended =
                host.life().drain(List.of(BOX, new RunnerName("gone")), false, "", Optional.empty(), host.said::add);

        assertThat(ended.get(BOX)).isEmpty();
        assertThat(ended.values()).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    void shows_what_it_knows_of_a_runner() throws Exception {
        online();
        startJob();
        host.control("settings", "{\"lieAboutBusy\": true}");

        RunnerStatus status = host.life().status(Optional.empty());

        RunnerReport report = status.runners().get(0);
        assertThat(status.exit()).isEqualTo(ExitStatus.DONE);
        assertThat(report.busy()).contains(true);
        assertThat(report.service()).contains("active");
        assertThat(report.known().orElseThrow().online()).isTrue();
        assertThat(report.drift()).isEmpty();
    }

    @Test
    void shows_the_local_part_without_a_credential_and_that_the_rest_is_missing() {
        online();
        host.credential = false;

        RunnerStatus status = host.life().status(Optional.empty());

        assertThat(status.exit()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(status.runners().get(0).listens()).contains(true);
        assertThat(status.runners().get(0).unasked().orElseThrow().code()).isEqualTo("github-credential-missing");
    }

    @Test
    void shows_that_github_has_forgotten_a_runner() {
        host.connects = false;
        host.register(request());
        host.ports()
                .github()
                .apply(host.address())
                .runners()
                .delete(host.github.runner("box"))
                .orThrow();

        RunnerStatus status = host.life().status(Optional.empty());

        assertThat(status.runners().get(0).forgotten()).isTrue();
        assertThat(status.exit()).isEqualTo(ExitStatus.DRIFT);
    }

    @Test
    void removes_everything_in_the_right_order() {
        online();
        host.done.clear();

        assertThat(remove(false, false)).isEmpty();

        assertThat(host.state().path("runners")).isEmpty();
        assertThat(Files.exists(host.root())).isFalse();
        assertThat(host.records.all()).isEmpty();
        assertThat(host.done).containsExactly("stop " + UNIT, "stop " + UNIT, "remove " + UNIT, "forget", "released");
    }

    @Test
    void removes_the_account_that_was_made_for_it_and_no_other() {
        online();
        host.records.write(new RunnerRecord(
                "box",
                host.account,
                true,
                "2.338.1",
                Optional.empty(),
                false,
                host.record().registration()));
        host.records.write(RunnerRecord.installed(new RunnerName("twin"), host.account, false, "2.338.1", false));

        assertThat(remove(false, false)).isEmpty();
        assertThat(host.done).doesNotContain("delete account " + host.account);

        host.records.write(
                new RunnerRecord("twin", host.account, true, "2.338.1", Optional.empty(), false, Optional.empty()));
        assertThat(host.life().remove(new RunnerName("twin"), false, false, () -> () -> {}, host.said::add))
                .isEmpty();
        assertThat(host.done).contains("delete account " + host.account);
    }

    @Test
    void refuses_to_remove_now_what_has_a_job() throws Exception {
        online();
        startJob();

        assertThat(problem(() -> remove(true, false)).exit()).isEqualTo(ExitStatus.TRY_LATER);

        assertThat(Files.exists(host.root())).isTrue();
        assertThat(host.truth.busy(host.root())).isTrue();
    }

    @Test
    void removes_now_what_is_idle() {
        online();

        assertThat(remove(true, false)).isEmpty();

        assertThat(host.state().path("runners")).isEmpty();
        assertThat(host.truth.listens(host.root())).isFalse();
        assertThat(Files.exists(host.root())).isFalse();
    }

    @Test
    void does_what_it_can_when_github_cannot_be_asked_and_finishes_when_it_can() {
        online();
        host.credential = false;

        Problem rest = remove(false, false).orElseThrow();

        assertThat(rest.exit()).isNotEqualTo(ExitStatus.DONE);
        assertThat(rest.remedies()).last().isEqualTo("Then: crossarm runner remove box");
        assertThat(Files.exists(host.root())).isFalse();
        assertThat(host.state().path("runners")).hasSize(1);

        host.credential = true;
        assertThat(remove(false, false)).isEmpty();
        assertThat(host.state().path("runners")).isEmpty();
        assertThat(host.records.all()).isEmpty();
    }

    @Test
    void leaves_github_alone_when_told_to_and_says_what_is_left_there() {
        online();

        Problem rest = remove(false, true).orElseThrow();

        assertThat(rest.exit()).isEqualTo(ExitStatus.DRIFT);
        assertThat(rest.remedies().get(0)).contains(host.address().web());
        assertThat(host.state().path("runners")).hasSize(1);
        assertThat(host.records.all()).isEmpty();
    }

    @Test
    void removes_what_github_has_forgotten() {
        host.connects = false;
        host.register(request());
        host.ports()
                .github()
                .apply(host.address())
                .runners()
                .delete(host.github.runner("box"))
                .orThrow();

        assertThat(remove(false, false)).isEmpty();
        assertThat(host.records.all()).isEmpty();
    }
}
