package dev.crossarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordListTest {

    @Test
    void splits_at_blanks_and_keeps_together_what_is_quoted() {
        assertThat(WordList.of("/bin/helper  get 'a b' \"c 'd'\" e\"f g\"h ''"))
                .hasValueSatisfying(
                        words -> assertThat(words).containsExactly("/bin/helper", "get", "a b", "c 'd'", "ef gh", ""));
    }

    @Test
    void means_by_shell_characters_only_themselves() {
        assertThat(WordList.of("/bin/echo $HOME `id` ; rm *"))
                .hasValueSatisfying(
                        words -> assertThat(words).containsExactly("/bin/echo", "$HOME", "`id`", ";", "rm", "*"));
    }

    @Test
    void refuses_what_has_no_program_or_no_end() {
        assertThat(WordList.of("  ")).isEmpty();
        assertThat(WordList.of("'' x")).isEmpty();
        assertThat(WordList.of("/bin/x 'open")).isEmpty();
    }
}
