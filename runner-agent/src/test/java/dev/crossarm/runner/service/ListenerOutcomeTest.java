package dev.crossarm.runner.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.ExitStatus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What follows from each way a listener can end. */
final class ListenerOutcomeTest {
    private static final Random RANDOM = new Random(7);
    private static final Set<ListenerSaid> LISTENING = EnumSet.of(ListenerSaid.LISTENING);

    private record Expected(String name, ListenerEnd end, ListenerCause cause) {}

    private static ListenerEnd end(int exit, Set<ListenerSaid> said, int jobs, boolean registered) {
        return new ListenerEnd(exit, said, jobs, Duration.ofSeconds(20), registered, false, false);
    }

    private static Set<ListenerSaid> said(ListenerSaid... what) {
        return Set.of(what);
    }

    private static Stream<Expected> documented() {
        return Stream.of(
                new Expected("0 while registered", end(0, LISTENING, 0, true), ListenerCause.WENT_AWAY),
                new Expected("0 after jobs", end(0, LISTENING, 3, true), ListenerCause.WENT_AWAY),
                new Expected(
                        "0, record deleted while polling",
                        end(0, said(ListenerSaid.LISTENING, ListenerSaid.REGISTRATION_DELETED), 0, false),
                        ListenerCause.DEREGISTERED),
                new Expected("0, one job", end(0, LISTENING, 1, false), ListenerCause.ONE_JOB_DONE),
                new Expected("0, no job", end(0, LISTENING, 0, false), ListenerCause.LOST_ASSIGNMENT),
                new Expected(
                        "0 but deprecated",
                        end(0, said(ListenerSaid.LISTENING, ListenerSaid.DEPRECATED), 0, true),
                        ListenerCause.DEPRECATED),
                new Expected(
                        "0 after a conflict, as through run.sh",
                        end(0, said(ListenerSaid.SESSION_CONFLICT), 0, true),
                        ListenerCause.SESSION_CONFLICT),
                new Expected("1, never registered", end(1, said(), 0, false), ListenerCause.NOT_CONFIGURED),
                new Expected(
                        "1, said so", end(1, said(ListenerSaid.NOT_CONFIGURED), 0, true), ListenerCause.NOT_CONFIGURED),
                new Expected(
                        "1, deleted on the server",
                        end(1, said(ListenerSaid.REGISTRATION_DELETED), 0, true),
                        ListenerCause.REFUSED),
                new Expected("1, deprecated", end(1, said(ListenerSaid.DEPRECATED), 0, true), ListenerCause.DEPRECATED),
                new Expected(
                        "1, work folder",
                        end(1, said(ListenerSaid.NO_WORK_FOLDER), 0, true),
                        ListenerCause.NO_WORK_FOLDER),
                new Expected("1, no reason", end(1, LISTENING, 0, true), ListenerCause.TERMINATED),
                new Expected("2", end(2, LISTENING, 0, true), ListenerCause.RETRYABLE),
                new Expected("2, registration gone", end(2, LISTENING, 0, false), ListenerCause.NOT_CONFIGURED),
                new Expected("3", end(3, said(ListenerSaid.UPDATING), 0, true), ListenerCause.UPDATED),
                new Expected("4", end(4, said(ListenerSaid.UPDATING), 0, true), ListenerCause.UPDATED),
                new Expected("5", end(5, said(ListenerSaid.SESSION_CONFLICT), 0, true), ListenerCause.SESSION_CONFLICT),
                new Expected("7", end(7, said(), 0, true), ListenerCause.DEPRECATED),
                new Expected("100", end(100, LISTENING, 1, true), ListenerCause.JOB_RESULT),
                new Expected("105, ephemeral", end(105, LISTENING, 1, false), ListenerCause.ONE_JOB_DONE),
                new Expected("127", end(127, said(), 0, true), ListenerCause.CRASHED),
                new Expected("127, no registration", end(127, said(), 0, false), ListenerCause.NOT_CONFIGURED),
                new Expected("134, SIGABRT", end(134, LISTENING, 0, true), ListenerCause.CRASHED),
                new Expected("137, SIGKILL in a job", end(137, LISTENING, 1, true), ListenerCause.CRASHED),
                new Expected("137, one-job runner", end(137, LISTENING, 1, false), ListenerCause.CRASHED));
    }

    @TestFactory
    Stream<DynamicTest> tells_the_cause_of_each_documented_end() {
        return documented()
                .map(expected -> DynamicTest.dynamicTest(
                        expected.name(),
                        () -> assertThat(ListenerOutcome.NEW
                                        .after(expected.end(), RANDOM)
                                        .cause())
                                .isEqualTo(expected.cause())));
    }

    /** Whatever came before: a registration that is gone or one that was used up ends it, an end as asked ends it, nothing else does. */
    @TestFactory
    Stream<DynamicTest> ends_for_good_for_the_same_reasons_in_every_state() {
        List<ListenerOutcome> states = List.of(
                ListenerOutcome.NEW,
                new ListenerOutcome(1, 0),
                new ListenerOutcome(4, 4),
                new ListenerOutcome(1_000_000, 0));
        return states.stream()
                .flatMap(state -> documented()
                        .map(expected -> DynamicTest.dynamicTest(
                                expected.name() + " after " + state, () -> judge(state, expected))));
    }

    private static void judge(ListenerOutcome state, Expected expected) {
        ListenerOutcome.Decision decision = state.after(expected.end(), RANDOM);
        switch (expected.cause()) {
            case ONE_JOB_DONE, LOST_ASSIGNMENT ->
                assertThat(decision.next()).isEqualTo(new ListenerNext.Stop(ExitStatus.DONE));
            case DEREGISTERED, NOT_CONFIGURED ->
                assertThat(decision.next()).isEqualTo(new ListenerNext.Stop(ExitStatus.CONFIGURATION));
            case UPDATED -> assertThat(decision.next()).isInstanceOf(ListenerNext.AfterUpdate.class);
            default -> {
                assertThat(decision.next()).isInstanceOf(ListenerNext.Restart.class);
                assertThat(((ListenerNext.Restart) decision.next()).pause())
                        .isBetween(Duration.ZERO, Duration.ofMinutes(15));
            }
        }
    }

    @Test
    void an_end_that_was_asked_for_is_the_end_whatever_the_status() {
        IntStream.of(0, 1, 2, 3, 5, 7, 100, 130, 137).forEach(exit -> {
            ListenerEnd asked = new ListenerEnd(exit, LISTENING, 0, Duration.ofHours(1), true, true, false);
            assertThat(new ListenerOutcome(3, 3).after(asked, RANDOM).next())
                    .isEqualTo(new ListenerNext.Stop(ExitStatus.DONE));
        });
    }

    @Test
    void a_hung_listener_that_we_ended_is_started_again() {
        ListenerEnd hung = new ListenerEnd(137, LISTENING, 1, Duration.ofHours(1), true, false, true);
        ListenerOutcome.Decision decision = ListenerOutcome.NEW.after(hung, RANDOM);
        assertThat(decision.cause()).isEqualTo(ListenerCause.HUNG);
        assertThat(decision.next()).isInstanceOf(ListenerNext.Restart.class);
    }

    @Test
    void pauses_of_a_crash_loop_grow_to_a_quarter_of_an_hour_and_stay_there() {
        ListenerOutcome history = ListenerOutcome.NEW;
        Duration before = Duration.ZERO;
        for (int i = 0; i < 40; i++) {
            ListenerOutcome.Decision decision = history.after(end(134, said(), 0, true), RANDOM);
            history = decision.history();
            Duration pause = ((ListenerNext.Restart) decision.next()).pause();
            Duration most = Duration.ofSeconds(Math.min(900, 5L << Math.min(i, 20)));
            assertThat(pause).isBetween(most.dividedBy(2), most);
            assertThat(pause).isGreaterThanOrEqualTo(before.dividedBy(2));
            before = pause;
        }
    }

    @Test
    void two_machines_do_not_come_back_at_the_same_moment() {
        long different = IntStream.range(0, 50)
                .mapToObj(seed -> ListenerOutcome.pause(Duration.ofMinutes(1), 3, new Random(seed)))
                .distinct()
                .count();
        assertThat(different).isGreaterThan(40);
    }

    @Test
    void a_job_or_ten_good_minutes_make_earlier_failures_forgotten() {
        ListenerOutcome bad = new ListenerOutcome(9, 0);
        assertThat(bad.after(end(134, LISTENING, 1, true), RANDOM).history()).isEqualTo(new ListenerOutcome(1, 0));
        ListenerEnd long_lived = new ListenerEnd(134, LISTENING, 0, ListenerOutcome.WELL, true, false, false);
        assertThat(bad.after(long_lived, RANDOM).history()).isEqualTo(new ListenerOutcome(1, 0));
        assertThat(bad.after(end(134, LISTENING, 0, true), RANDOM).history()).isEqualTo(new ListenerOutcome(10, 0));
    }

    @Test
    void a_refused_registration_is_tried_for_a_while_and_then_given_up() {
        ListenerOutcome history = ListenerOutcome.NEW;
        ListenerEnd refused = end(1, said(ListenerSaid.REGISTRATION_DELETED), 0, true);
        Duration waited = Duration.ZERO;
        for (int i = 1; i < ListenerOutcome.MOST_REFUSALS; i++) {
            ListenerOutcome.Decision decision = history.after(refused, RANDOM);
            history = decision.history();
            waited = waited.plus(((ListenerNext.Restart) decision.next()).pause());
        }
        assertThat(waited).isGreaterThan(Duration.ofMinutes(10));
        assertThat(history.after(refused, RANDOM).next()).isEqualTo(new ListenerNext.Stop(ExitStatus.CONFIGURATION));
        // Something else in between, such as an outage's error, begins the count anew.
        ListenerOutcome between = history.after(end(2, said(), 0, true), RANDOM).history();
        assertThat(between.after(refused, RANDOM).next()).isInstanceOf(ListenerNext.Restart.class);
    }

    @Test
    void a_deprecated_version_and_a_conflict_never_end_the_service() {
        ListenerOutcome history = ListenerOutcome.NEW;
        for (int i = 0; i < 1000; i++) {
            ListenerEnd end = i % 2 == 0 ? end(7, said(), 0, true) : end(5, said(), 0, true);
            ListenerOutcome.Decision decision = history.after(end, RANDOM);
            history = decision.history();
            assertThat(decision.next()).isInstanceOf(ListenerNext.Restart.class);
        }
    }

    @Test
    void a_line_tells_what_it_says_and_a_jobs_name_nothing_else() {
        assertThat(ListenerSaid.in("2026-11-30 10:00:00Z: Listening for Jobs")).contains(ListenerSaid.LISTENING);
        String job = "2026-11-30 10:00:00Z: Running job: Listening for Jobs; Runner connect error";
        assertThat(ListenerSaid.in(job)).contains(ListenerSaid.JOB_BEGAN);
        assertThat(ListenerSaid.job(job)).isEqualTo("Listening for Jobs; Runner connect error");
        String over =
                "2026-11-30 10:00:00Z: Job A session for this runner already exists completed with result: Failed";
        assertThat(ListenerSaid.in(over)).contains(ListenerSaid.JOB_ENDED);
        assertThat(ListenerSaid.result(over)).isEqualTo("Failed");
        assertThat(ListenerSaid.in("√ Connected to GitHub")).isEmpty();
        assertThat(ListenerSaid.in(
                        "An error occurred: Runner version v2.336.0 is deprecated and cannot receive messages."))
                .contains(ListenerSaid.DEPRECATED);
    }
}
