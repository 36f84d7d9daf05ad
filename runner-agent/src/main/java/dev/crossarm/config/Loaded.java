package dev.crossarm.config;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What loading gave.
 *
 * @param settings the effective settings
 * @param table every key with its value and origin, in the order of {@link ConfigKey}
 * @param warnings things worth telling that stop nothing, one line each
 */
public record Loaded(Settings settings, Map<ConfigKey, Setting> table, List<String> warnings) {

    public Loaded {
        table = Collections.unmodifiableMap(new EnumMap<>(table));
        warnings = List.copyOf(warnings);
    }

    /** This key's value and origin. */
    public Setting setting(ConfigKey key) {
        return Objects.requireNonNull(table.get(key), "every key has a row");
    }

    /** Where this key's value came from. */
    public Origin origin(ConfigKey key) {
        return setting(key).origin();
    }
}
