package dev.crossarm.provision.compiler;

import dev.crossarm.host.files.RegularFile;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * A setting in one of cargo's configuration files that has a say in how a target is built.
 *
 * @param file where it stands
 * @param key dotted, as cargo's reference writes it; empty when the file cannot be read or parsed
 * @param value its text, list entries parted by blanks; or why the file cannot be read
 * @param forced whether an entry of {@code [env]} replaces a variable that is set already; the others give way to it
 */
public record CargoSetting(Path file, String key, String value, boolean forced) {

    private static final String ENVIRONMENT = "env.";
    private static final List<String> BUILD_KEYS =
            List.of("target", "rustflags", "rustc", "rustc-wrapper", "rustc-workspace-wrapper");
    private static final List<String> TARGET_KEYS = List.of("linker", "rustflags", "runner");

    CargoSetting(Path file, String key, String value) {
        this(file, key, value, false);
    }

    /** The variable that it sets; empty when it is no entry of {@code [env]}. */
    public Optional<String> variable() {
        return key.startsWith(ENVIRONMENT) ? Optional.of(key.substring(ENVIRONMENT.length())) : Optional.empty();
    }

    /** Whether the file as a whole is no configuration; cargo then refuses to do anything. */
    public boolean broken() {
        return key.isEmpty();
    }

    /**
     * Every such setting that cargo would read when run in this directory, nearest file first: each directory upward,
     * then CARGO_HOME (cargo reference, hierarchical structure). Where {@code config} and {@code config.toml} lie side by
     * side cargo reads the former.
     */
    public static List<CargoSetting> inForce(Path directory, Path cargoHome, Target target) {
        List<Path> folders = new ArrayList<>();
        for (Path at = directory.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            folders.add(at.resolve(".cargo"));
        }
        if (!folders.contains(cargoHome)) {
            folders.add(cargoHome);
        }
        List<CargoSetting> all = new ArrayList<>();
        for (Path folder : folders) {
            List.of("config", "config.toml").stream()
                    .map(folder::resolve)
                    .filter(Files::exists)
                    .findFirst()
                    .ifPresent(file -> all.addAll(read(file, target)));
        }
        return List.copyOf(all);
    }

    private static List<CargoSetting> read(Path file, Target target) {
        TomlParseResult config;
        try {
            config = Toml.parse(RegularFile.utf8(file, RegularFile.HAND_WRITTEN));
        } catch (IOException unreadable) {
            return List.of(new CargoSetting(file, "", "cannot be read: " + unreadable.getMessage()));
        } catch (CrossarmException refused) {
            return List.of(new CargoSetting(file, "", refused.problem().summary()));
        }
        if (config.hasErrors()) {
            return List.of(new CargoSetting(
                    file,
                    "",
                    config.errors().get(0).position() + ": "
                            + config.errors().get(0).getMessage()));
        }
        List<CargoSetting> found = new ArrayList<>();
        for (String key : BUILD_KEYS) {
            text(config, List.of("build", key))
                    .ifPresent(value -> found.add(new CargoSetting(file, "build." + key, value)));
        }
        if (config.isTable("target")) {
            for (String name : config.getTableOrEmpty("target").keySet()) {
                if (name.equals(target.triple()) || name.startsWith("cfg(")) {
                    TARGET_KEYS.forEach(key -> text(config, List.of("target", name, key))
                            .ifPresent(
                                    value -> found.add(new CargoSetting(file, "target." + name + "." + key, value))));
                }
            }
        }
        if (config.isTable("env")) {
            variables(file, config.getTableOrEmpty("env"), found);
        }
        return found;
    }

    private static void variables(Path file, TomlTable env, List<CargoSetting> found) {
        for (String name : env.keySet()) {
            boolean table = env.isTable(List.of(name));
            TomlTable entry = table ? env.getTableOrEmpty(List.of(name)) : env;
            text(entry, List.of(table ? "value" : name))
                    .ifPresent(value -> found.add(new CargoSetting(
                            file, ENVIRONMENT + name, value, table && entry.getBoolean("force", () -> false))));
        }
    }

    private static Optional<String> text(TomlTable table, List<String> path) {
        Object value = table.get(path);
        if (value instanceof TomlArray array) {
            return Optional.of(String.join(
                    " ", array.toList().stream().map(String::valueOf).toList()));
        }
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
