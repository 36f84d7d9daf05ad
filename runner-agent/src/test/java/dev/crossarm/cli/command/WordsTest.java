package dev.crossarm.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.problem.CrossarmException;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void cuts_as_a_shell_does_and_expands_nothing() {
        assertThat(Words.of("--run", "  a 'b  c' \"d\\\"e\" f\\ g '' $(id) *\nh"))
                .containsExactly("a", "b  c", "d\"e", "f g", "", "$(id)", "*", "h");
        assertThat(Words.of("--run", "")).isEmpty();
    }

    @Test
    void refuses_a_quotation_mark_that_is_not_closed() {
        assertThatThrownBy(() -> Words.of("--run", "a 'b"))
                .isInstanceOf(CrossarmException.class)
                .hasMessageContaining("--run");
    }
}
