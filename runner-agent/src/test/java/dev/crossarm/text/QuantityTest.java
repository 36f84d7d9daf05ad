package dev.crossarm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void rounds_an_estimated_size() {
        assertThat(Quantity.about(1)).isEqualTo("1 MB");
        assertThat(Quantity.about(23_400_000)).isEqualTo("23 MB");
        assertThat(Quantity.about(418_000_000)).isEqualTo("420 MB");
        assertThat(Quantity.about(1_944_000_000)).isEqualTo("1.9 GB");
        assertThat(Quantity.about(998_000_000)).isEqualTo("1.0 GB");
    }

    @Test
    void rounds_an_estimated_time_up() {
        assertThat(Quantity.about(Duration.ofSeconds(12))).isEqualTo("20 seconds");
        assertThat(Quantity.about(Duration.ofSeconds(55))).isEqualTo("1 minute");
        assertThat(Quantity.about(Duration.ofSeconds(125))).isEqualTo("3 minutes");
    }
}
