package dev.crossarm.runner.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.Problem;
import dev.crossarm.runner.life.DrainState.Goal;
import dev.crossarm.runner.life.DrainState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The course of drains on a clock that only the waiting moves. */
class DrainTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final Scripted steps = new Scripted();
    private Instant now = NOON;
    private Instant interruptAt = Instant.MAX;

    /** A runner that does as a test says. */
    private final class Scripted implements DrainSteps {
        private final List<String> done = new ArrayList<>();
        private final Deque<DrainEvent> deletions = new ArrayDeque<>();
        private Instant busyUntil = NOON;
        private Instant listensUntil = Instant.MAX;
        private boolean leaves = true;
        private DrainEvent unmarking = DrainEvent.UNMARKED;

        private void did(String what) {
            done.add(what + "@" + Duration.between(NOON, now).toSeconds());
        }

        @Override
        public DrainEvent mark() {
            did("mark");
            return DrainEvent.MARKED;
        }

        @Override
        public DrainEvent look() {
            if (now.isBefore(busyUntil)) {
                return DrainEvent.BUSY;
            }
            return now.isBefore(listensUntil) ? DrainEvent.IDLE : DrainEvent.SILENT;
        }

        @Override
        public DrainEvent delete() {
            did("delete");
            DrainEvent event = deletions.isEmpty() ? DrainEvent.DELETED : deletions.poll();
            if (event == DrainEvent.DELETED && leaves) {
                listensUntil = now.plusSeconds(20);
            }
            return event;
        }

        @Override
        public DrainEvent end() {
            did("end");
            listensUntil = now;
            return DrainEvent.ENDED;
        }

        @Override
        public DrainEvent unmark() {
            did("unmark");
            assertThat(Thread.currentThread().isInterrupted())
                    .as("a call would fail")
                    .isFalse();
            return unmarking;
        }

        @Override
        public Optional<Problem> problem() {
            return Optional.empty();
        }
    }

    private DrainState drain(Goal goal, Optional<Duration> timeout) {
        return new Drain(
                        steps,
                        () -> now,
                        pause -> {
                            now = now.plus(pause);
                            if (!now.isBefore(interruptAt)) {
                                interruptAt = Instant.MAX;
                                throw new InterruptedException();
                            }
                        },
                        DrainState.Times.USUAL,
                        Duration.ofSeconds(5))
                .carryOut(goal, timeout, told -> {});
    }

    @Test
    void waits_for_the_job_and_a_minute_more_deletes_the_record_and_signals_nobody() {
        steps.busyUntil = NOON.plusSeconds(300);

        assertThat(drain(Goal.LEAVE, Optional.empty()).phase()).isEqualTo(Phase.DONE);

        assertThat(steps.done).containsExactly("mark@0", "delete@360");
    }

    @Test
    void ends_a_listener_that_does_not_see_that_its_record_is_gone() {
        steps.leaves = false;

        assertThat(drain(Goal.LEAVE, Optional.empty()).phase()).isEqualTo(Phase.DONE);

        assertThat(steps.done).containsExactly("mark@0", "delete@60", "end@150");
    }

    @Test
    void waits_on_when_github_has_given_it_a_job_after_all() {
        steps.deletions.add(DrainEvent.REFUSED);

        assertThat(drain(Goal.LEAVE, Optional.empty()).phase()).isEqualTo(Phase.DONE);

        assertThat(steps.done).containsExactly("mark@0", "delete@60", "delete@125");
    }

    @Test
    void gives_the_labels_back_when_the_time_is_over() {
        steps.busyUntil = NOON.plusSeconds(3600);

        DrainState ended = drain(Goal.LEAVE, Optional.of(Duration.ofMinutes(10)));

        assertThat(ended.phase()).isEqualTo(Phase.BACK);
        assertThat(ended.cause()).contains(DrainEvent.TIMED_OUT);
        assertThat(steps.done).containsExactly("mark@0", "unmark@600");
    }

    @Test
    void gives_the_labels_back_when_it_is_stopped_and_leaves_the_thread_interrupted() {
        steps.busyUntil = NOON.plusSeconds(3600);
        interruptAt = NOON.plusSeconds(50);

        DrainState ended = drain(Goal.LEAVE, Optional.empty());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended.phase()).isEqualTo(Phase.BACK);
        assertThat(steps.done).containsExactly("mark@0", "unmark@50");
    }

    @Test
    void says_that_the_labels_are_missing_when_they_cannot_be_given_back() {
        steps.unmarking = DrainEvent.AGAIN;

        assertThat(drain(Goal.LEAVE, Optional.of(Duration.ofSeconds(10))).phase())
                .isEqualTo(Phase.STAYS_MARKED);
    }

    @Test
    void only_waits_for_a_runner_that_stays() {
        steps.busyUntil = NOON.plusSeconds(30);

        assertThat(drain(Goal.UNTIL_IDLE, Optional.empty()).phase()).isEqualTo(Phase.DONE);

        assertThat(steps.done).containsExactly("mark@0");
        assertThat(now).isEqualTo(NOON.plusSeconds(90));
    }
}
