package dev.crossarm.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private static final RunEvent EVENT = new RunEvent.RunFinished(Instant.EPOCH, "run-1", true, Duration.ZERO);

    @Test
    void tells_all_of_them_in_order() {
        List<String> told = new ArrayList<>();

        Listeners.of(event -> told.add("first"), event -> told.add("second")).on(EVENT);

        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void tells_the_others_when_one_fails_and_reports_it_then() {
        List<RunEvent> told = new ArrayList<>();
        RunListener broken = event -> {
            throw new IllegalArgumentException("broken");
        };

        assertThatThrownBy(() -> Listeners.of(broken, told::add, broken).on(EVENT))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("broken")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(told).containsExactly(EVENT);
    }
}
