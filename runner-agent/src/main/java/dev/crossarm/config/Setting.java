package dev.crossarm.config;

import dev.crossarm.text.Mask;
import java.util.List;

/**
 * A setting's value and its origin.
 *
 * @param key which setting
 * @param values its values as text: one, or any number for a list; none where nothing is set and nothing is assumed
 * @param origin where they came from
 */
public record Setting(ConfigKey key, List<String> values, Origin origin) {

    public Setting {
        values = List.copyOf(values);
    }

    /** The values as they may be shown, with credentials in addresses masked. */
    public List<String> shown() {
        return values.stream().map(Mask.FORMS::over).toList();
    }
}
