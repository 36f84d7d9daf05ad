package dev.crossarm.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PatienceTest {
    private static final Problem PROBLEM = Problem.of(ExitStatus.TRY_LATER, "x", "it failed");

    private final List<Duration> slept = new ArrayList<>();
    private final Patience patience =
            new Patience(slept::add, new RequestPace(() -> TestGitHub.NOON, new Random(1), Duration.ZERO));
    private int calls;

    @Test
    void waits_for_its_turn_and_tries_again_what_may_be_repeated() {
        Failure turn = Failure.later(Failure.Kind.NOT_YET, PROBLEM, Duration.ofMillis(700));
        Failure down = Failure.later(Failure.Kind.UNREACHABLE, PROBLEM, Duration.ZERO);

        assertThat(ask(turn, turn, turn, turn, turn, down, down).value()).contains("done");

        assertThat(slept).hasSize(7).startsWith(Duration.ofMillis(700));
        assertThat(slept.subList(5, 7)).allSatisfy(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(2)));
    }

    @Test
    void never_repeats_what_has_to_be_looked_up() {
        Failure uncertain = new Failure(Failure.Kind.CUT_OFF, PROBLEM, Duration.ZERO, true, false);

        assertThat(ask(uncertain).failure()).contains(uncertain);
        assertThat(calls).isEqualTo(1);
        assertThat(ask(Failure.later(Failure.Kind.BUSY, PROBLEM, Duration.ZERO)).failure())
                .isPresent();
        assertThat(slept).isEmpty();
    }

    @Test
    void gives_up_after_four_failures_and_waits_for_no_hour() {
        Failure down = Failure.later(Failure.Kind.UNREACHABLE, PROBLEM, Duration.ZERO);
        assertThat(ask(down, down, down, down, down).failure()).contains(down);
        assertThat(calls).isEqualTo(4);

        slept.clear();
        Failure hour = Failure.later(Failure.Kind.RATE_LIMITED, PROBLEM, Duration.ofMinutes(40));
        assertThat(ask(hour).failure()).contains(hour);
        assertThat(slept).isEmpty();
    }

    private Answer<String> ask(Failure... failures) {
        Deque<Failure> rest = new ArrayDeque<>(List.of(failures));
        calls = 0;
        return patience.with(() -> {
            calls++;
            return rest.isEmpty() ? Answer.of("done") : Answer.failed(rest.removeFirst());
        });
    }
}
