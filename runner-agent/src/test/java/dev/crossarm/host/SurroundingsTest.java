package dev.crossarm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SurroundingsTest {

    @Test
    void keeps_its_own_copy_of_the_environment_and_treats_empty_as_unset() {
        Map<String, String> environment = new HashMap<>(Map.of("SET", "x", "EMPTY", ""));
        Surroundings surroundings =
                new Surroundings(environment, "me", false, Path.of("/home/me"), Path.of("/"), false, 80);

        environment.put("SET", "changed");

        assertThat(surroundings.variable("SET")).contains("x");
        assertThat(surroundings.variable("EMPTY")).isEmpty();
        assertThat(surroundings.variable("ABSENT")).isEmpty();
        assertThatThrownBy(() -> surroundings.environment().put("A", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
