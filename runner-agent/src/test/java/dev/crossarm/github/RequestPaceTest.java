package dev.crossarm.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RequestPaceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Instant now = TestGitHub.NOON;

    @Test
    void lets_one_write_a_second_go_and_every_read() {
        RequestPace pace = pace();

        assertThat(pace.take("a", true)).isZero();
        assertThat(pace.take("b", true)).isEqualTo(SECOND);
        assertThat(pace.take("a", false)).isZero();
        pass(Duration.ofMillis(400));
        assertThat(pace.take("b", true)).isEqualTo(Duration.ofMillis(600));
        pass(Duration.ofMillis(600));
        assertThat(pace.take("b", true)).isZero();
        assertThat(pace.take("b", true)).isEqualTo(SECOND);
    }

    @Test
    void does_not_stand_still_when_the_clock_is_set_back() {
        RequestPace pace = pace();
        pace.take("a", true);
        pass(Duration.ofMinutes(-30));
        assertThat(pace.take("a", true)).isZero();

        pace.secondary(Duration.ofSeconds(30));
        pass(Duration.ofDays(-2));
        assertThat(pace.take("a", false)).isZero();
    }

    @Test
    void holds_back_the_calls_whose_limit_is_used_up_and_no_others() {
        RequestPace pace = pace();
        pace.counted("registration", "actions_runner_registration");

        Duration pause = pace.primary("runners", Duration.ofMinutes(10));

        assertThat(pause).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(pace.take("groups", false)).isEqualTo(pause);
        assertThat(pace.take("registration", true)).isZero();
        pass(pause);
        assertThat(pace.take("runners", false)).isZero();
    }

    @Test
    void holds_back_everything_after_a_secondary_limit_and_longer_each_time() {
        RequestPace pace = pace();
        pace.counted("registration", "actions_runner_registration");

        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Duration pause = pace.secondary(Duration.ZERO);
            pauses.add(pause);
            assertThat(pace.take("registration", true)).isEqualTo(pause);
            pass(pause);
        }
        assertThat(pauses.get(0)).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
        assertThat(pauses.get(2)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(pauses.get(7)).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
        pace.fine();
        assertThat(pace.secondary(Duration.ZERO)).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void waits_as_long_as_it_is_asked_to_and_never_for_a_day() {
        assertThat(pace().secondary(Duration.ofSeconds(7))).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(12));
        assertThat(pace().secondary(Duration.ofDays(3))).isLessThan(Duration.ofMinutes(67));
        assertThat(pace().primary("x", Duration.ofDays(3))).isLessThan(Duration.ofMinutes(67));
    }

    @Test
    void does_not_bring_all_hosts_back_at_once() {
        List<Long> pauses = new ArrayList<>();
        for (int host = 0; host < 250; host++) {
            pauses.add(new RequestPace(() -> now, new Random(host), SECOND)
                    .primary("x", Duration.ofMinutes(20))
                    .toSeconds());
        }
        assertThat(pauses.stream().distinct().count()).isGreaterThan(45);
    }

    @Test
    void backs_off_by_chance_up_to_a_bound_that_doubles() {
        RequestPace pace = pace();
        for (int failures = 1; failures < 40; failures++) {
            long bound = Math.min(1000L << Math.min(failures - 1, 10), 120_000);
            long longest = 0;
            for (int i = 0; i < 200; i++) {
                longest = Math.max(longest, pace.backoff(failures).toMillis());
            }
            assertThat(longest).isBetween(bound * 8 / 10, bound);
        }
    }

    private RequestPace pace() {
        return new RequestPace(() -> now, new Random(20261130), SECOND);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
