package dev.crossarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("provision", "check", "doctor", "env");

    @Test
    void finds_the_word_when_letters_are_missing_swapped_or_wrong() {
        assertThat(Suggestion.of("provison", KNOWN)).contains("provision");
        assertThat(Suggestion.of("chekc", KNOWN)).contains("check");
        assertThat(Suggestion.of("DOCTER", KNOWN)).contains("doctor");
    }

    @Test
    void finds_nothing_when_the_word_is_another_one() {
        assertThat(Suggestion.of("install", KNOWN)).isEmpty();
        assertThat(Suggestion.of("", KNOWN)).isEmpty();
    }
}
