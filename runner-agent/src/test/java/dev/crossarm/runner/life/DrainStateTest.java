package dev.crossarm.runner.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.runner.life.DrainState.Goal;
import dev.crossarm.runner.life.DrainState.Phase;
import dev.crossarm.runner.life.DrainState.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DrainStateTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Times TIMES = new Times(Duration.ofSeconds(60), Duration.ofSeconds(90));

    /** What follows from an event in a phase, where something does: for a runner that is to leave. */
    private static final Map<Phase, Map<DrainEvent, Phase>> MOVES = moves();

    private static Map<Phase, Map<DrainEvent, Phase>> moves() {
        Map<Phase, Map<DrainEvent, Phase>> all = new EnumMap<>(Phase.class);
        all.put(
                Phase.MARK,
                Map.of(
                        DrainEvent.MARKED, Phase.SETTLE,
                        DrainEvent.RECORD_GONE, Phase.LEAVE,
                        DrainEvent.FAILED, Phase.FAILED,
                        DrainEvent.TIMED_OUT, Phase.UNMARK,
                        DrainEvent.INTERRUPTED, Phase.UNMARK));
        all.put(
                Phase.SETTLE,
                Map.of(
                        DrainEvent.SILENT, Phase.DELETE,
                        DrainEvent.TIMED_OUT, Phase.UNMARK,
                        DrainEvent.INTERRUPTED, Phase.UNMARK));
        all.put(
                Phase.DELETE,
                Map.of(
                        DrainEvent.DELETED, Phase.LEAVE,
                        DrainEvent.RECORD_GONE, Phase.LEAVE,
                        DrainEvent.REFUSED, Phase.SETTLE,
                        DrainEvent.BUSY, Phase.SETTLE,
                        DrainEvent.AGAIN, Phase.SETTLE,
                        DrainEvent.FAILED, Phase.UNMARK,
                        DrainEvent.TIMED_OUT, Phase.UNMARK,
                        DrainEvent.INTERRUPTED, Phase.UNMARK));
        all.put(
                Phase.LEAVE,
                Map.of(
                        DrainEvent.SILENT, Phase.DONE,
                        DrainEvent.TIMED_OUT, Phase.LEFT,
                        DrainEvent.INTERRUPTED, Phase.LEFT));
        all.put(
                Phase.END,
                Map.of(
                        DrainEvent.ENDED, Phase.DONE,
                        DrainEvent.SILENT, Phase.DONE,
                        DrainEvent.BUSY, Phase.LEAVE,
                        DrainEvent.AGAIN, Phase.LEAVE,
                        DrainEvent.TIMED_OUT, Phase.LEFT,
                        DrainEvent.INTERRUPTED, Phase.LEFT));
        all.put(
                Phase.UNMARK,
                Map.of(
                        DrainEvent.UNMARKED, Phase.BACK,
                        DrainEvent.RECORD_GONE, Phase.BACK,
                        DrainEvent.AGAIN, Phase.STAYS_MARKED,
                        DrainEvent.FAILED, Phase.STAYS_MARKED,
                        DrainEvent.INTERRUPTED, Phase.STAYS_MARKED));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> goes_on_as_the_table_says_for_every_event_in_every_phase() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (DrainEvent event : DrainEvent.values()) {
                Phase expected = MOVES.getOrDefault(phase, Map.of()).getOrDefault(event, phase);
                tests.add(DynamicTest.dynamicTest(
                        phase + " " + event,
                        () -> assertThat(leaving(phase).on(event, NOW, TIMES).phase())
                                .isEqualTo(expected)));
            }
        }
        return tests.stream();
    }

    private static DrainState leaving(Phase phase) {
        return new DrainState(Goal.LEAVE, phase, Optional.empty(), Optional.empty());
    }

    private static DrainState staying(Phase phase) {
        return new DrainState(Goal.UNTIL_IDLE, phase, Optional.empty(), Optional.empty());
    }

    private static Instant after(long seconds) {
        return NOW.plusSeconds(seconds);
    }

    @Test
    void deletes_the_record_only_after_a_whole_minute_without_a_job() {
        DrainState state = leaving(Phase.SETTLE).on(DrainEvent.IDLE, NOW, TIMES).on(DrainEvent.IDLE, after(59), TIMES);
        assertThat(state.phase()).isEqualTo(Phase.SETTLE);

        DrainState again = state.on(DrainEvent.BUSY, after(59), TIMES)
                .on(DrainEvent.IDLE, after(61), TIMES)
                .on(DrainEvent.IDLE, after(120), TIMES);
        assertThat(again.phase()).isEqualTo(Phase.SETTLE);

        assertThat(again.on(DrainEvent.IDLE, after(121), TIMES).phase()).isEqualTo(Phase.DELETE);
    }

    @Test
    void waits_for_a_whole_minute_again_when_github_says_that_there_is_a_job() {
        DrainState state = new DrainState(Goal.LEAVE, Phase.DELETE, Optional.of(NOW), Optional.empty())
                .on(DrainEvent.REFUSED, after(60), TIMES)
                .on(DrainEvent.IDLE, after(61), TIMES)
                .on(DrainEvent.IDLE, after(120), TIMES);

        assertThat(state.phase()).isEqualTo(Phase.SETTLE);
        assertThat(state.on(DrainEvent.IDLE, after(121), TIMES).phase()).isEqualTo(Phase.DELETE);
    }

    @Test
    void looks_once_more_before_it_tries_to_delete_again_and_does_not_start_the_minute_anew() {
        DrainState state = new DrainState(Goal.LEAVE, Phase.DELETE, Optional.of(NOW), Optional.empty())
                .on(DrainEvent.AGAIN, after(61), TIMES);

        assertThat(state.phase()).isEqualTo(Phase.SETTLE);
        assertThat(state.on(DrainEvent.IDLE, after(64), TIMES).phase()).isEqualTo(Phase.DELETE);
    }

    @Test
    void ends_a_listener_that_lives_on_for_ninety_seconds_after_its_record_or_its_last_job_is_gone() {
        DrainState state =
                leaving(Phase.DELETE).on(DrainEvent.DELETED, NOW, TIMES).on(DrainEvent.IDLE, after(89), TIMES);
        assertThat(state.phase()).isEqualTo(Phase.LEAVE);
        assertThat(state.on(DrainEvent.IDLE, after(90), TIMES).phase()).isEqualTo(Phase.END);

        DrainState busy = state.on(DrainEvent.BUSY, after(90), TIMES);
        assertThat(busy.on(DrainEvent.IDLE, after(179), TIMES).phase()).isEqualTo(Phase.LEAVE);
        assertThat(busy.on(DrainEvent.IDLE, after(180), TIMES).phase()).isEqualTo(Phase.END);
    }

    @Test
    void stays_and_deletes_nothing_when_it_is_only_to_be_idle() {
        assertThat(staying(Phase.SETTLE)
                        .on(DrainEvent.IDLE, NOW, TIMES)
                        .on(DrainEvent.IDLE, after(60), TIMES)
                        .phase())
                .isEqualTo(Phase.DONE);
        // Its listener may be about to start again, and to take a job that was given to it before.
        DrainState silent = staying(Phase.SETTLE).on(DrainEvent.SILENT, NOW, TIMES);
        assertThat(silent.phase()).isEqualTo(Phase.SETTLE);
        assertThat(silent.on(DrainEvent.SILENT, after(60), TIMES).phase()).isEqualTo(Phase.DONE);
        assertThat(staying(Phase.MARK).on(DrainEvent.RECORD_GONE, NOW, TIMES).phase())
                .isEqualTo(Phase.SETTLE);
    }

    @Test
    void remembers_why_it_was_given_up() {
        for (DrainEvent cause : List.of(DrainEvent.TIMED_OUT, DrainEvent.INTERRUPTED)) {
            DrainState back = leaving(Phase.SETTLE).on(cause, NOW, TIMES).on(DrainEvent.UNMARKED, NOW, TIMES);
            assertThat(back.phase()).isEqualTo(Phase.BACK);
            assertThat(back.cause()).contains(cause);
        }
    }

    /** Whatever comes in whatever order, a runner with a job is neither deleted nor ended after the look that saw it. */
    @Test
    void never_goes_from_a_job_to_deleting_or_ending_without_a_minute_of_rest() {
        Random random = new Random(20261130);
        List<DrainEvent> events = List.of(DrainEvent.values());
        Set<Phase> reached = EnumSet.noneOf(Phase.class);
        for (int run = 0; run < 20_000; run++) {
            DrainState state = DrainState.begin(random.nextBoolean() ? Goal.LEAVE : Goal.UNTIL_IDLE);
            Instant time = NOW;
            Instant lastBusy = Instant.MIN;
            boolean listens = true;
            while (!state.over() && time.isBefore(NOW.plusSeconds(1000))) {
                time = time.plusSeconds(random.nextInt(40));
                DrainEvent event = events.get(random.nextInt(events.size()));
                if (event == DrainEvent.BUSY) {
                    lastBusy = time;
                }
                listens = event != DrainEvent.SILENT;
                DrainState next = state.on(event, time, TIMES);
                if (next.phase() != state.phase() && (next.phase() == Phase.DELETE || next.phase() == Phase.END)) {
                    Instant rested = lastBusy.equals(Instant.MIN) ? lastBusy : lastBusy.plusSeconds(60);
                    boolean saw = state.phase() == Phase.SETTLE || state.phase() == Phase.LEAVE;
                    assertThat(saw && (!listens || !time.isBefore(rested)))
                            .as("%s %s %s", state, event, next)
                            .isTrue();
                }
                if (state.goal() == Goal.UNTIL_IDLE) {
                    assertThat(next.phase()).isNotIn(Phase.DELETE, Phase.LEAVE, Phase.END, Phase.LEFT);
                }
                state = next;
                reached.add(state.phase());
            }
        }
        assertThat(reached).containsAll(EnumSet.complementOf(EnumSet.of(Phase.MARK)));
    }
}
