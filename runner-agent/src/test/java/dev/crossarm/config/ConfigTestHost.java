package dev.crossarm.config;

import dev.crossarm.host.Surroundings;
import java.nio.file.Path;
import java.util.Map;

/** Surroundings of a process for tests of this package. */
final class ConfigTestHost {
    static final Path NO_FILE = Path.of("/nowhere/config.toml");

    private ConfigTestHost() {}

    static Surroundings root(Map<String, String> environment) {
        return new Surroundings(environment, "root", true, Path.of("/root"), Path.of("/srv"), false, 80);
    }

    static Surroundings user(Path home, Map<String, String> environment) {
        return new Surroundings(environment, "ada", false, home, Path.of("/srv"), false, 80);
    }
}
