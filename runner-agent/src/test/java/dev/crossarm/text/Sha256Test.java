package dev.crossarm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class Sha256Test {

    @Test
    void knows_no_digest_but_64_hexadecimal_digits() {
        assertThat(new Sha256("B".repeat(64))).hasToString("b".repeat(64));
        assertThatThrownBy(() -> new Sha256("abc")).isInstanceOf(IllegalArgumentException.class);
    }
}
