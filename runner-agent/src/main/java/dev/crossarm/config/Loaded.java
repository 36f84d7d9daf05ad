package dev.crossarm.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What loading gave.
 *
 * @param settings the effective settings
 * @param table every key with its value and origin, in the order of {@link ConfigKey}
 * @param warnings things worth telling that stop nothing, one line each
 * @param file the configuration file named on the command line
 */
public record Loaded(Settings settings, Map<ConfigKey, Setting> table, List<String> warnings, Optional<Path> file) {

    public Loaded {
        Map<ConfigKey, Setting> rows = new EnumMap<>(ConfigKey.class);
        rows.putAll(table);
        table = Collections.unmodifiableMap(rows);
        warnings = List.copyOf(warnings);
    }

    /** This key's value and origin. */
    public Setting setting(ConfigKey key) {
        return Objects.requireNonNull(table.get(key), "every key has a row");
    }

    /** The value of a key whose values are durations. */
    public Duration duration(ConfigKey key) {
        return DurationText.parse(setting(key).values().get(0)).orElseThrow();
    }

    /** Where this key's value came from. */
    public Origin origin(ConfigKey key) {
        return setting(key).origin();
    }
}
