package dev.crossarm.config;

import dev.crossarm.host.files.RegularFile;
import dev.crossarm.host.files.Unreadable;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads one TOML file against the key table and collects everything wrong with it. */
final class ConfigFile {
    private final Path file;
    private final Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);
    private final List<ConfigFault> faults = new ArrayList<>();

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** The file's content, whatever its state; an absent file is empty unless it has to be there. */
    static ConfigFile read(Path file, boolean required) {
        ConfigFile result = new ConfigFile(file);
        // An absent file is the common case, and must not cost the loading of a parser.
        if (required || Files.exists(file)) {
            result.parse();
        }
        return result;
    }

    Map<ConfigKey, Setting> settings() {
        return settings;
    }

    List<ConfigFault> faults() {
        return faults;
    }

    private void parse() {
        String text;
        try {
            text = RegularFile.utf8(file, RegularFile.HAND_WRITTEN);
        } catch (IOException unreadable) {
            faults.add(new ConfigFault(new Origin(Origin.Kind.FILE, file.toString()), Unreadable.reason(unreadable)));
            return;
        } catch (CrossarmException refused) {
            faults.add(new ConfigFault(
                    new Origin(Origin.Kind.FILE, file.toString()),
                    refused.problem().summary()));
            return;
        }
        TomlParseResult toml = Toml.parse(text);
        for (TomlParseError error : toml.errors()) {
            faults.add(new ConfigFault(at(error.position()), words(String.valueOf(error.getMessage()))));
        }
        walk(toml, "");
    }

    /** The parser's message, where it leaves open what is wrong in other words. */
    private static String words(String message) {
        return message.replaceFirst("^(\\S+) previously defined at (.*)$", "$1 is set twice, first at $2");
    }

    private void walk(TomlTable table, String prefix) {
        for (String name : table.keySet()) {
            String key = prefix + name;
            List<String> path = List.of(name);
            Origin origin = at(table.inputPositionOf(path));
            Object value = table.get(path);
            Optional<ConfigKey> known = ConfigKey.byKey(key);
            if (known.isPresent()) {
                accept(known.get(), value, origin);
            } else if (value instanceof TomlTable inner && isTable(key)) {
                walk(inner, key + ".");
            } else {
                faults.add(new ConfigFault(origin, unknown(key)));
            }
        }
    }

    private static boolean isTable(String name) {
        return Arrays.stream(ConfigKey.values()).anyMatch(row -> row.key().startsWith(name + "."));
    }

    private static String unknown(String key) {
        List<String> keys =
                Arrays.stream(ConfigKey.values()).map(ConfigKey::key).toList();
        Optional<String> near = Suggestion.of(key, keys)
                .or(() ->
                        keys.stream().filter(known -> known.endsWith("." + key)).findFirst());
        return "unknown key " + key
                + near.map(known -> "; did you mean " + known + "?").orElse("");
    }

    private void accept(ConfigKey key, @Nullable Object value, Origin origin) {
        List<String> values = new ArrayList<>();
        if (key.type().list() && value instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof String text) {
                    check(key, text, at(array.inputPositionOf(i)));
                    values.add(text);
                } else {
                    faults.add(new ConfigFault(
                            at(array.inputPositionOf(i)), key.key() + " must be a list of strings only"));
                }
            }
        } else if (!key.type().list() && value instanceof String text) {
            check(key, text, origin);
            values.add(text);
        } else {
            String wanted = key.type().list() ? "a list of strings, [\"…\"]" : "a string in quotes";
            faults.add(new ConfigFault(
                    origin, key.key() + " must be " + wanted + " (" + key.type().words() + "), not " + kind(value)));
        }
        settings.put(key, new Setting(key, values, origin));
    }

    private void check(ConfigKey key, String value, Origin origin) {
        key.type().objection(value).ifPresent(text -> faults.add(new ConfigFault(origin, key.key() + " " + text)));
    }

    private static String kind(@Nullable Object value) {
        if (value instanceof TomlTable) {
            return "a table";
        }
        if (value instanceof TomlArray) {
            return "a list";
        }
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        return value instanceof Number ? "a number" : "a date or time";
    }

    private Origin at(@Nullable TomlPosition position) {
        String place = position == null ? "" : ":" + position.line() + ":" + position.column();
        return new Origin(Origin.Kind.FILE, file + place);
    }
}
