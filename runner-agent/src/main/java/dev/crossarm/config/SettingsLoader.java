package dev.crossarm.config;

import dev.crossarm.host.Surroundings;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the effective settings: option before {@code CROSSARM_*} variable before file before default. The file is the
 * one given, else {@code CROSSARM_CONFIG}'s, else the machine's, over which in user scope the user's own wins key by key.
 */
public final class SettingsLoader {
    /** The machine's file. */
    public static final Path SYSTEM_FILE = Path.of("/etc/crossarm/config.toml");

    private static final String PREFIX = "CROSSARM_";
    // Read by the launcher, the scripts around this program and the hooks of runners; no settings.
    private static final Set<String> OTHERS = Set.of(
            "CROSSARM_CONFIG",
            "CROSSARM_CACHE",
            "CROSSARM_TERMINAL",
            "CROSSARM_JAR",
            "CROSSARM_JOB_RECORDS",
            "CROSSARM_SET_UP_BY_JOB");
    private static final List<String> OTHER_FAMILIES =
            List.of("CROSSARM_INPUT_", "CROSSARM_LAB_", "CROSSARM_TEST_", "CROSSARM_BENCH_", "CROSSARM_QUICKSTART_");

    private final Surroundings surroundings;
    private final Path systemFile;

    /** @param systemFile the machine's file, {@link #SYSTEM_FILE} but in tests */
    public SettingsLoader(Surroundings surroundings, Path systemFile) {
        this.surroundings = surroundings;
        this.systemFile = systemFile;
    }

    /**
     * Loads.
     *
     * @param flags values given on the command line; relative paths are taken from the working directory
     * @param file the file given on the command line
     * @throws dev.crossarm.problem.CrossarmException listing everything that is wrong, in one report: status 64 when
     *     it is the command line alone, else 78
     */
    public Loaded load(Map<ConfigKey, List<String>> flags, Optional<Path> file) {
        List<ConfigFault> faults = new ArrayList<>();
        Map<ConfigKey, Setting> given = new EnumMap<>(ConfigKey.class);
        given.putAll(fromEnvironment(faults));
        given.putAll(fromFlags(flags, faults));
        Map<ConfigKey, Setting> table = new EnumMap<>(ConfigKey.class);
        table.putAll(fromFiles(given, file, faults));
        table.putAll(given);
        if (!faults.isEmpty()) {
            throw report(faults).asException();
        }
        SettingsDefaults defaults = new SettingsDefaults(surroundings);
        return new Loaded(defaults.complete(table), table, warnings(), file);
    }

    /** The files {@link #load} may read, there or not. */
    public List<Path> places(Optional<Path> file) {
        List<Path> places = new ArrayList<>(List.of(systemFile, new SettingsDefaults(surroundings).userFile()));
        named(file).map(surroundings.directory()::resolve).ifPresent(places::add);
        return places;
    }

    private Optional<Path> named(Optional<Path> file) {
        return file.or(() -> surroundings.variable("CROSSARM_CONFIG").map(Path::of));
    }

    private Map<ConfigKey, Setting> fromFiles(
            Map<ConfigKey, Setting> given, Optional<Path> file, List<ConfigFault> faults) {
        Optional<Path> named = named(file);
        ConfigFile first = named.map(
                        path -> ConfigFile.read(surroundings.directory().resolve(path), true))
                .orElseGet(() -> ConfigFile.read(systemFile, false));
        faults.addAll(first.faults());
        Map<ConfigKey, Setting> table = new EnumMap<>(ConfigKey.class);
        table.putAll(first.settings());
        Map<ConfigKey, Setting> scoped = new EnumMap<>(table);
        scoped.putAll(given);
        SettingsDefaults defaults = new SettingsDefaults(surroundings);
        if (named.isEmpty() && defaults.scope(scoped) == Scope.USER) {
            ConfigFile own = ConfigFile.read(defaults.userFile(), false);
            faults.addAll(own.faults());
            Setting scope = own.settings().get(ConfigKey.SCOPE);
            if (scope != null && !scope.values().equals(List.of("user"))) {
                faults.add(new ConfigFault(scope.origin(), "scope can only be user in a user's own file"));
            }
            table.putAll(own.settings());
        }
        return table;
    }

    private Map<ConfigKey, Setting> fromEnvironment(List<ConfigFault> faults) {
        Map<ConfigKey, Setting> found = new EnumMap<>(ConfigKey.class);
        for (ConfigKey key : ConfigKey.values()) {
            List<String> names = new ArrayList<>(List.of(key.variable()));
            key.foreignVariable().ifPresent(names::add);
            names.stream()
                    .filter(name -> surroundings.variable(name).isPresent())
                    .findFirst()
                    .ifPresent(name -> found.put(
                            key,
                            checked(
                                    key,
                                    split(key, surroundings.variable(name).orElseThrow()),
                                    new Origin(Origin.Kind.ENVIRONMENT, name),
                                    faults)));
        }
        return found;
    }

    private Map<ConfigKey, Setting> fromFlags(Map<ConfigKey, List<String>> flags, List<ConfigFault> faults) {
        Map<ConfigKey, Setting> found = new EnumMap<>(ConfigKey.class);
        flags.forEach((key, values) -> {
            boolean path =
                    key.type() == ValueType.PATH || key.type() == ValueType.PATHS || key.type() == ValueType.FILE;
            List<String> absolute =
                    values.stream().map(value -> path ? absolute(value) : value).toList();
            found.put(key, checked(key, absolute, new Origin(Origin.Kind.FLAG, key.flag()), faults));
        });
        return found;
    }

    private String absolute(String value) {
        return value.isEmpty()
                ? value
                : surroundings.directory().resolve(value).normalize().toString();
    }

    private static List<String> split(ConfigKey key, String value) {
        return key.type().list()
                ? Arrays.stream(value.split(",", -1)).map(String::strip).toList()
                : List.of(value);
    }

    private static Setting checked(ConfigKey key, List<String> values, Origin origin, List<ConfigFault> faults) {
        for (String value : values) {
            key.type()
                    .objection(value)
                    .map(objection -> new ConfigFault(origin, objection))
                    .ifPresent(faults::add);
        }
        return new Setting(key, values, origin);
    }

    private List<String> warnings() {
        List<String> known = new ArrayList<>(OTHERS);
        Arrays.stream(ConfigKey.values()).map(ConfigKey::variable).forEach(known::add);
        return surroundings.environment().keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .filter(name -> OTHER_FAMILIES.stream().noneMatch(name::startsWith))
                .map(name -> "the variable " + name + " is not known to crossarm"
                        + Suggestion.of(name, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""))
                .toList();
    }

    private static Problem report(List<ConfigFault> faults) {
        boolean flagsOnly = faults.stream().allMatch(fault -> fault.origin().kind() == Origin.Kind.FLAG);
        String count = faults.size() == 1 ? "an error" : faults.size() + " errors";
        String where = flagsOnly ? "on the command line" : "in the configuration";
        return new Problem(
                flagsOnly ? "bad-option" : "bad-configuration",
                String.format(Locale.ROOT, "there is %s %s", count, where)
                        .replaceFirst("there is (\\d)", "there are $1"),
                String.join("\n", faults.stream().map(ConfigFault::line).toList()),
                List.of(flagsOnly ? "crossarm provision --help" : "Correct the lines named above, then run again"),
                flagsOnly ? ExitStatus.USAGE : ExitStatus.CONFIGURATION);
    }
}
