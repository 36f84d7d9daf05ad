package dev.crossarm.config;

import dev.crossarm.host.Surroundings;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What holds for settings that nobody set, and the step from text to the typed record. */
final class SettingsDefaults {
    private final Surroundings surroundings;

    SettingsDefaults(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The scope these settings lead to; a value that is no scope counts as not given, it is reported elsewhere. */
    Scope scope(Map<ConfigKey, Setting> table) {
        Setting given = table.get(ConfigKey.SCOPE);
        String word =
                given == null || given.values().isEmpty() ? "" : given.values().get(0);
        if (word.equals("system")) {
            return Scope.SYSTEM;
        }
        return word.equals("user") || !surroundings.root() ? Scope.USER : Scope.SYSTEM;
    }

    /** The user's own configuration file. */
    Path userFile() {
        return xdg("XDG_CONFIG_HOME", ".config").resolve("crossarm/config.toml");
    }

    /** Adds a row for every key that has none, and gives the record. */
    Settings complete(Map<ConfigKey, Setting> table) {
        Scope scope = scope(table);
        for (ConfigKey key : ConfigKey.values()) {
            if (!table.containsKey(key)) {
                table.put(key, new Setting(key, assumed(key, scope, table), Origin.BUILT_IN));
            }
        }
        requireUsable(table);
        return new Settings(
                scope,
                Path.of(only(table, ConfigKey.PREFIX)).normalize(),
                Path.of(only(table, ConfigKey.STATE_DIRECTORY)).normalize(),
                perhaps(table, ConfigKey.JOB_USER),
                Target.byTriple(only(table, ConfigKey.TARGET)).orElseThrow(),
                Compiler.byWord(only(table, ConfigKey.COMPILER)).orElseThrow(),
                only(table, ConfigKey.CHANNEL),
                all(table, ConfigKey.COMPONENTS),
                Settings.RustupSource.valueOf(
                        only(table, ConfigKey.RUSTUP_SOURCE).toUpperCase(Locale.ROOT)),
                perhaps(table, ConfigKey.RUSTUP_DIST_SERVER),
                perhaps(table, ConfigKey.RUSTUP_UPDATE_ROOT),
                all(table, ConfigKey.RUNNERS),
                DurationText.parse(only(table, ConfigKey.LOCK_TIMEOUT)).orElseThrow());
    }

    /** What was set has been checked where it was read; a home directory's name is nobody's setting. */
    private void requireUsable(Map<ConfigKey, Setting> table) {
        String prefix = only(table, ConfigKey.PREFIX);
        ValueType.PATH.objection(prefix).ifPresent(objection -> {
            throw new Problem(
                            "home-not-usable",
                            "Crossarm cannot use " + prefix + ", its folder below your home directory: the folder "
                                    + objection,
                            "",
                            List.of(
                                    "Name another folder that is yours: export XDG_DATA_HOME=/srv/data",
                                    "or for good, in " + userFile() + ": prefix = \"/srv/crossarm\""),
                            ExitStatus.CONFIGURATION)
                    .asException();
        });
    }

    private List<String> assumed(ConfigKey key, Scope scope, Map<ConfigKey, Setting> table) {
        boolean system = scope == Scope.SYSTEM;
        return switch (key) {
            case SCOPE -> List.of(system ? "system" : "user");
            case PREFIX ->
                List.of(
                        system
                                ? "/opt/crossarm"
                                : xdg("XDG_DATA_HOME", ".local/share")
                                        .resolve("crossarm")
                                        .toString());
            case STATE_DIRECTORY -> List.of(StatePlace.of(surroundings, scope).toString());
            case TARGET -> List.of(Target.X86_64_MUSL.triple());
            // What has been set up stays, with its variables, until another kind is named.
            case COMPILER -> List.of(onRecord(table).orElse(Compiler.MUSL).word());
            case CHANNEL -> List.of("stable");
            case COMPONENTS -> List.of("clippy", "rustfmt");
            case RUSTUP_SOURCE -> List.of("auto");
            case LOCK_TIMEOUT -> List.of("10m");
            case BUILD_CACHE_DIRECTORY ->
                List.of(xdg("XDG_CACHE_HOME", ".cache")
                        .resolve("crossarm/build")
                        .toString());
            case BUILD_CACHE_LIMIT -> List.of("20G");
            case GITHUB_WRITES_PER_SECOND -> List.of("2");
            case RUNNER_LONGEST_JOB -> List.of("6h");
            case JOB_USER,
                    RUSTUP_DIST_SERVER,
                    RUSTUP_UPDATE_ROOT,
                    RUNNERS,
                    RUNNER_RELEASES,
                    GITHUB_URL,
                    GITHUB_APP_ID,
                    GITHUB_APP_KEY,
                    GITHUB_TOKEN_FILE,
                    GITHUB_CREDENTIAL_HELPER -> List.of();
        };
    }

    private static Optional<Compiler> onRecord(Map<ConfigKey, Setting> table) {
        return CompilerRecord.in(Path.of(only(table, ConfigKey.STATE_DIRECTORY)))
                .read(
                        Path.of(only(table, ConfigKey.PREFIX)),
                        Target.byTriple(only(table, ConfigKey.TARGET)).orElseThrow());
    }

    /** A base folder of the XDG specification, by which a relative value has to be ignored. */
    private Path xdg(String variable, String underHome) {
        return surroundings
                .variable(variable)
                .filter(value -> value.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> surroundings.home().resolve(underHome));
    }

    private static List<String> all(Map<ConfigKey, Setting> table, ConfigKey key) {
        return Objects.requireNonNull(table.get(key), "every key has a row").values();
    }

    private static Optional<String> perhaps(Map<ConfigKey, Setting> table, ConfigKey key) {
        return all(table, key).stream().findFirst();
    }

    private static String only(Map<ConfigKey, Setting> table, ConfigKey key) {
        return all(table, key).get(0);
    }
}
