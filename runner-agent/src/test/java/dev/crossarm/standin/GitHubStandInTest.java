package dev.crossarm.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tests of runners rest on: what the server knows and when. */
final class GitHubStandInTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration AT_ONCE = Duration.ZERO;

    private GitHubStandIn standIn;

    @BeforeEach
    void start() throws IOException {
        standIn = new GitHubStandIn(0, NEVER, Duration.ofMillis(50));
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private StandInRunner runner(StandInFleet fleet, String name, boolean ephemeral) {
        return fleet.register(name, List.of("x86_64-musl"), true, ephemeral, false, StandInFleet.DEFAULT_GROUP)
                .orElseThrow();
    }

    @Test
    void calls_a_runner_busy_only_once_it_has_acknowledged_its_job() throws Exception {
        StandInFleet fleet = standIn.fleet();
        StandInRunner one = runner(fleet, "one", false);
        StandInJob job = fleet.enqueue("build", List.of("self-hosted", "x86_64-musl"), "true");

        assertThat(fleet.poll(one, AT_ONCE)).isSameAs(job);
        assertThat(fleet.shownBusy(one)).isFalse();

        assertThat(fleet.acknowledge(one, job)).isTrue();
        assertThat(fleet.shownBusy(one)).isTrue();
        assertThat(fleet.delete(one)).isFalse();

        fleet.lieAboutBusy(true);
        assertThat(fleet.shownBusy(one)).isFalse();
        assertThat(fleet.delete(one)).isFalse();
    }

    @Test
    void lets_a_runner_be_deleted_between_offer_and_acknowledgement_and_gives_the_job_to_another() throws Exception {
        StandInFleet fleet = standIn.fleet();
        StandInRunner one = runner(fleet, "one", true);
        StandInRunner two = runner(fleet, "two", true);
        StandInJob job = fleet.enqueue("build", List.of("x86_64-musl"), "true");
        fleet.poll(one, AT_ONCE);

        assertThat(fleet.delete(one)).isTrue();
        assertThat(fleet.acknowledge(one, job)).isFalse();
        assertThat(fleet.poll(two, AT_ONCE)).isSameAs(job);
        assertThat(job.offers).isEqualTo(2);
    }

    @Test
    void takes_back_an_offer_that_nobody_acknowledges() throws Exception {
        try (GitHubStandIn hasty = new GitHubStandIn(0, Duration.ZERO, Duration.ofMillis(50))) {
            StandInFleet fleet = hasty.fleet();
            StandInRunner one = runner(fleet, "one", false);
            StandInRunner two = runner(fleet, "two", false);
            StandInJob job = fleet.enqueue("build", List.of(), "true");
            fleet.poll(one, AT_ONCE);

            assertThat(fleet.poll(two, AT_ONCE)).isSameAs(job);
            assertThat(fleet.acknowledge(one, job)).isFalse();
        }
    }

    @Test
    void forgets_an_ephemeral_runner_with_its_job_and_keeps_another() throws Exception {
        StandInFleet fleet = standIn.fleet();
        for (boolean ephemeral : new boolean[] {true, false}) {
            StandInRunner one = runner(fleet, "one-" + ephemeral, ephemeral);
            StandInJob job = fleet.enqueue("build", List.of(), "true");
            fleet.poll(one, AT_ONCE);
            fleet.acknowledge(one, job);

            assertThat(fleet.finished(one, job, "Succeeded")).isTrue();
            assertThat(fleet.of(one.id).isPresent()).isEqualTo(!ephemeral);
            assertThat(job.result).isEqualTo("Succeeded");
        }
    }

    @Test
    void offers_no_job_to_a_runner_without_its_labels() throws Exception {
        StandInFleet fleet = standIn.fleet();
        StandInRunner one = runner(fleet, "one", false);
        fleet.enqueue("build", List.of("x86_64-musl"), "true");
        fleet.labels(one, List.of("drain-4711"));

        assertThat(fleet.poll(one, AT_ONCE)).isNull();
    }

    @Test
    void keeps_a_name_for_one_runner() {
        StandInFleet fleet = standIn.fleet();
        StandInRunner one = runner(fleet, "one", false);

        assertThat(fleet.register("ONE", List.of(), true, false, false, 1)).isEmpty();
        assertThat(fleet.register("ONE", List.of(), true, false, true, 1).orElseThrow().id)
                .isNotEqualTo(one.id);
        assertThat(fleet.of(one.id)).isEmpty();
    }
}
