package dev.crossarm.build;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.host.HostFiles;
import dev.crossarm.host.Ownership;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How large programs were at the last build on this host: one small file for each repository. It only serves a column in a
 * report, so what is damaged or cannot be read or written counts as not there, and never fails a build. Of two builds that
 * end at once the later one is remembered.
 */
final class SizeHistory {
    /** Programs remembered of one repository; those built longest ago are forgotten first. */
    static final int MOST = 200;

    private static final int SCHEMA_VERSION = 1;
    private static final int LARGEST_FILE = 1 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HostFiles files;
    private final Path file;

    /**
     * @param folder holds the files of all repositories
     * @param repository tells repositories apart: its name on GitHub, or its folder
     */
    SizeHistory(HostFiles files, Path folder, String repository) {
        this.files = files;
        byte[] digest = PackingWriter.sha256().digest(repository.getBytes(StandardCharsets.UTF_8));
        this.file = folder.resolve(HexFormat.of().formatHex(digest, 0, 16) + ".json");
    }

    /** What is told apart within a repository. */
    static String key(String target, String profile, BuiltProgram program) {
        return target + " " + profile + " " + program.packageName() + " " + program.name();
    }

    /** Bytes at the last build. */
    OptionalLong last(String key) {
        Long bytes = read().get(key);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    /** Remembers the sizes of one build; whether that worked. */
    boolean remember(Map<String, Long> sizes) {
        Map<String, Long> all = new LinkedHashMap<>(read());
        all.keySet().removeAll(sizes.keySet());
        all.putAll(sizes);
        List<String> oldest = new ArrayList<>(all.keySet()).subList(0, Math.max(0, all.size() - MOST));
        all.keySet().removeAll(List.copyOf(oldest));
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("schemaVersion", SCHEMA_VERSION);
        ObjectNode programs = json.putObject("bytes");
        all.forEach(programs::put);
        try {
            files.createDirectories(java.util.Objects.requireNonNull(file.getParent()), Ownership.mode("rwxr-xr-x"));
            files.write(file, json.toString().getBytes(StandardCharsets.UTF_8), Ownership.mode("rw-r--r--"));
            return true;
        } catch (CrossarmException unwritable) {
            return false;
        }
    }

    private Map<String, Long> read() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        try {
            byte[] content = files.read(file)
                    .filter(bytes -> bytes.length <= LARGEST_FILE)
                    .orElse(new byte[0]);
            JsonNode json = MAPPER.readTree(content);
            if (json != null && json.path("schemaVersion").asInt() == SCHEMA_VERSION) {
                json.path("bytes").properties().forEach(entry -> {
                    if (entry.getValue().canConvertToLong() && entry.getValue().asLong() >= 0) {
                        sizes.put(entry.getKey(), entry.getValue().asLong());
                    }
                });
            }
        } catch (JacksonException damaged) {
            return Map.of();
        } catch (IOException | CrossarmException unreadable) {
            return Map.of();
        }
        return sizes;
    }
}
