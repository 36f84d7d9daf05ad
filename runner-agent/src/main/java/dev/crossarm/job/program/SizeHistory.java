package dev.crossarm.job.program;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.text.JsonTree;
import dev.crossarm.text.Sha256;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How large programs were at the last build on this host: one small file for each repository, of the latest few hundred. It only serves a column in a
 * report, so what is damaged or cannot be read or written counts as not there, and never fails a build. Of two builds that
 * end at once the later one is remembered.
 */
public final class SizeHistory {
    /** Programs remembered of one repository; those built longest ago are forgotten first. */
    static final int MOST = 200;

    /** Repositories remembered; those built longest ago are forgotten first. */
    static final int MOST_REPOSITORIES = 300;

    private static final int SCHEMA_VERSION = 1;
    private static final int LARGEST_FILE = 1 << 20;

    private final HostFiles files;
    private final Path file;

    /**
     * @param folder holds the files of all repositories
     * @param repository tells repositories apart: its name on GitHub, or its folder
     */
    public SizeHistory(HostFiles files, Path folder, String repository) {
        this.files = files;
        String digest = Sha256.of(repository.getBytes(StandardCharsets.UTF_8)).hex();
        this.file = folder.resolve(digest.substring(0, 32) + ".json");
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
            Path folder = Objects.requireNonNull(file.getParent());
            files.createDirectories(folder, Ownership.mode("rwxr-xr-x"));
            files.write(file, json(all).getBytes(StandardCharsets.UTF_8), Ownership.mode("rw-r--r--"));
            forgetOldest(folder);
            return true;
        } catch (CrossarmException unwritable) {
            return false;
        }
    }

    private void forgetOldest(Path folder) {
        Map<Path, FileTime> known = new LinkedHashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.json")) {
            for (Path entry : entries) {
                known.put(entry, Files.getLastModifiedTime(entry));
            }
        } catch (IOException | DirectoryIteratorException changedMeanwhile) {
            return; // the next build comes by
        }
        known.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(Math.max(0, known.size() - MOST_REPOSITORIES))
                .forEach(entry -> forget(entry.getKey()));
    }

    private void forget(Path old) {
        try {
            files.delete(old);
        } catch (CrossarmException kept) {
            return; // the sizes of this build are written, and that counts
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
