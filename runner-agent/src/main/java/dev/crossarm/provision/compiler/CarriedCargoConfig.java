package dev.crossarm.provision.compiler;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * What of a user's cargo configuration goes on to hold when a CARGO_HOME of our own hides it: where packages come from and
 * how the network is reached. Credentials are left out and named, never copied.
 *
 * @param tables the tables to carry over, as plain maps and lists
 * @param leftOut dotted keys whose values are, or hold, credentials, and what depends on them
 */
record CarriedCargoConfig(Map<String, Object> tables, List<String> leftOut) {
    static final CarriedCargoConfig NOTHING = new CarriedCargoConfig(Map.of(), List.of());

    private static final List<String> TABLES = List.of("source", "registries", "net", "http");
    private static final Set<String> SECRET_KEYS = Set.of("token", "secret-key", "password", "credential-provider");
    /** Cargo reads these relative to the folder that holds {@code .cargo} (cargo reference, config-relative paths). */
    private static final Set<String> PATH_KEYS = Set.of("directory", "local-registry", "cainfo", "proxy-cainfo");

    private static final Pattern USER_IN_ADDRESS =
            Pattern.compile("(?i)(^|//)[^/@\\s]+:[^/@\\s]*@|(^|\\+)https?://[^/@\\s]+@");

    CarriedCargoConfig {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        leftOut = List.copyOf(leftOut);
    }

    /**
     * @param user the parsed configuration
     * @param base folder that its relative paths start from
     */
    static CarriedCargoConfig of(TomlTable user, Path base) {
        Collector collector = new Collector(base);
        Map<String, Object> tables = new LinkedHashMap<>();
        for (String name : TABLES) {
            if (user.isTable(List.of(name))) {
                Map<String, Object> table = collector.table(name, Objects.requireNonNull(user.getTable(List.of(name))));
                if (!table.isEmpty()) {
                    tables.put(name, table);
                }
            }
        }
        collector.dropSourcesThatLeadNowhere(tables);
        return new CarriedCargoConfig(tables, collector.leftOut);
    }

    private static final class Collector {
        private final Path base;
        private final List<String> leftOut = new ArrayList<>();

        private Collector(Path base) {
            this.base = base;
        }

        private Map<String, Object> table(String at, TomlTable table) {
            Map<String, Object> copy = new LinkedHashMap<>();
            for (Map.Entry<String, Object> entry : table.entrySet()) {
                String key = entry.getKey();
                String path = at + "." + key;
                Object value = entry.getValue();
                if (SECRET_KEYS.contains(key) || (value instanceof String text && hasCredentials(text))) {
                    leftOut.add(path);
                } else if (value instanceof TomlTable inner) {
                    Map<String, Object> innerCopy = table(path, inner);
                    if (!innerCopy.isEmpty()) {
                        copy.put(key, innerCopy);
                    }
                } else if (value instanceof TomlArray array) {
                    copy.put(key, array.toList());
                } else if (value instanceof String text && PATH_KEYS.contains(key)) {
                    copy.put(key, base.resolve(text).normalize().toString());
                } else {
                    copy.put(key, value);
                }
            }
            return copy;
        }

        private static boolean hasCredentials(String text) {
            return USER_IN_ADDRESS.matcher(text).find();
        }

        /** A source that lost its address must not be replaced into: cargo would refuse every build. */
        private void dropSourcesThatLeadNowhere(Map<String, Object> tables) {
            if (!(tables.get("source") instanceof Map<?, ?> sources)) {
                return;
            }
            boolean again = true;
            while (again) {
                again = false;
                for (Object source : List.copyOf(sources.values())) {
                    if (source instanceof Map<?, ?> keys
                            && keys.get("replace-with") instanceof String next
                            && !sources.containsKey(next)) {
                        keys.remove("replace-with");
                        leftOut.add("source.*.replace-with = " + next);
                        again = true;
                    }
                }
                again |= sources.values().removeIf(source -> source instanceof Map<?, ?> keys && keys.isEmpty());
            }
            if (sources.isEmpty()) {
                tables.remove("source");
            }
        }
    }
}
