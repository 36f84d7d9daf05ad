package dev.crossarm.runner.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class DrainWordsTest {

    @Test
    void says_a_line_once_until_another_has_come() {
        List<String> said = new ArrayList<>();
        Consumer<String> changes = DrainWords.changes(said::add);

        List.of("waiting", "waiting", "done", "waiting").forEach(changes);

        assertThat(said).containsExactly("waiting", "done", "waiting");
    }
}
