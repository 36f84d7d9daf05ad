package dev.crossarm.config;

import dev.crossarm.host.process.Command;
import java.nio.file.Path;
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

    /**
     * A command with the options that gave settings on this command line, so that typed again it means the same place and
     * the same toolchain. Credentials in addresses are masked.
     */
    public String again(String command) {
        StringBuilder line = new StringBuilder(command);
        file.ifPresent(path -> line.append(" --config ").append(Command.word(path.toString())));
        for (Setting setting : table.values()) {
            if (setting.origin().kind() == Origin.Kind.FLAG) {
                setting.shown()
                        .forEach(value -> line.append(' ')
                                .append(setting.key().flag())
                                .append(' ')
                                .append(Command.word(value)));
            }
        }
        return line.toString();
    }

    /**
     * One of our commands as it has to be typed on this machine to be let through and to mean the same.
     *
     * @param name the command and what else it needs, without {@code crossarm}
     * @param root whether whoever types it is root already
     */
    public String typed(String name, boolean root) {
        return again((settings.scope() == Scope.SYSTEM && !root ? "sudo " : "") + "crossarm " + name);
    }

    /** Where this key's value came from. */
    public Origin origin(ConfigKey key) {
        return setting(key).origin();
    }
}
