package dev.crossarm.build;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.crossarm.host.HostFiles;
import dev.crossarm.host.Ownership;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.io.StringWriter;
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
        try {
            files.createDirectories(java.util.Objects.requireNonNull(file.getParent()), Ownership.mode("rwxr-xr-x"));
            files.write(file, json(all).getBytes(StandardCharsets.UTF_8), Ownership.mode("rw-r--r--"));
            return true;
        } catch (CrossarmException unwritable) {
            return false;
        }
    }

    private static String json(Map<String, Long> sizes) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA_VERSION);
            json.writeObjectFieldStart("bytes");
            for (Map.Entry<String, Long> size : sizes.entrySet()) {
                json.writeNumberField(size.getKey(), size.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("memory takes everything", impossible);
        }
        return text.toString();
    }

    private Map<String, Long> read() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        try {
            byte[] content = files.read(file)
                    .filter(bytes -> bytes.length <= LARGEST_FILE)
                    .orElse(new byte[0]);
            JsonTree json = JsonTree.parse(new String(content, StandardCharsets.UTF_8));
            if (json.at("schemaVersion").number() == SCHEMA_VERSION) {
                json.at("bytes")
                        .members()
                        .forEach((key, bytes) -> bytes.string()
                                .filter(text -> text.matches("\\d{1,18}"))
                                .ifPresent(text -> sizes.put(key, Long.parseLong(text))));
            }
        } catch (JacksonException damaged) {
            return Map.of();
        } catch (IOException | CrossarmException unreadable) {
            return Map.of();
        }
        return sizes;
    }
}
