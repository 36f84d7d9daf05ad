package dev.crossarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.Surroundings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatePlaceTest {

    @ParameterizedTest
    @CsvSource({
        "true,  X,                        /,              /var/lib/crossarm",
        "false, X,                        /,              /home/ada/.local/state/crossarm",
        "false, XDG_STATE_HOME,           /s,             /s/crossarm",
        "false, XDG_STATE_HOME,           relative,       /home/ada/.local/state/crossarm",
        "true,  CROSSARM_SCOPE,           user,           /home/ada/.local/state/crossarm",
        "false, CROSSARM_SCOPE,           system,         /var/lib/crossarm",
        "true,  CROSSARM_STATE_DIRECTORY, /srv/../state,  /state",
    })
    void is_where_loading_the_settings_would_put_it(boolean root, String name, String value, Path place) {
        Surroundings surroundings =
                new Surroundings(Map.of(name, value), "ada", root, Path.of("/home/ada"), Path.of("/srv"), false, 80);

        assertThat(StatePlace.of(surroundings)).isEqualTo(place);
        assertThat(new SettingsLoader(surroundings, Path.of("/nowhere/config.toml"))
                        .load(Map.of(), Optional.empty())
                        .settings()
                        .stateDirectory())
                .isEqualTo(place);
    }
}
