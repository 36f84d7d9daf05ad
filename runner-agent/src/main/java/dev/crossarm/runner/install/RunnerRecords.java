package dev.crossarm.runner.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.host.FileProblems;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The records of the runners that Crossarm installed on this machine: one JSON file each in {@link RunnerHome}, written through
 * {@link HostFiles} and so whole or not at all. They hold no secrets, and anyone may read them.
 */
public final class RunnerRecords {
    private static final int SCHEMA_VERSION = 1;
    private static final String ENDING = ".json";

    private final HostFiles files;
    private final RunnerHome home;
    private final ObjectMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public RunnerRecords(HostFiles files, RunnerHome home) {
        this.files = files;
        this.home = home;
    }

    /**
     * Every one, by name.
     *
     * @throws CrossarmException as {@link #of} does
     */
    public List<RunnerRecord> all() {
        List<RunnerRecord> all = new ArrayList<>();
        for (Path entry : FileState.children(home.folder())) {
            String file = Objects.requireNonNull(entry.getFileName()).toString();
            // What is being written, or was by a run that was killed, begins with a dot.
            if (file.endsWith(ENDING) && !file.startsWith(".")) {
                name(file.substring(0, file.length() - ENDING.length()))
                        .flatMap(this::of)
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    /** A file that was put there under a name that no runner can have is not a record. */
    private static Optional<RunnerName> name(String text) {
        try {
            return Optional.of(new RunnerName(text));
        } catch (CrossarmException foreign) {
            return Optional.empty();
        }
    }

    /** @throws CrossarmException naming the file, when it is damaged (65) or of a newer version (78) */
    public Optional<RunnerRecord> of(RunnerName name) {
        Optional<byte[]> content = files.read(home.record(name));
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode envelope = json.readTree(content.get());
            int version = envelope.path("schemaVersion").asInt(0);
            if (version > SCHEMA_VERSION) {
                throw tooNew(name, version).asException();
            }
            if (version < 1) {
                throw damaged(name, "it is not the record of a runner").asException();
            }
            RunnerRecord record = RecordJson.read(envelope.path("runner"));
            if (!record.name().equals(name.value())) {
                throw damaged(name, "it is the record of another runner").asException();
            }
            return Optional.of(record);
        } catch (RecordJson.Wrong wrong) {
            throw damaged(name, wrong.getMessage()).asException(wrong);
        } catch (JsonProcessingException bad) {
            throw damaged(name, bad.getOriginalMessage()).asException(bad);
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory", impossible);
        }
    }

    /** The record of that runner, which has to be there. @throws CrossarmException (78) naming those that are */
    public RunnerRecord require(RunnerName name) {
        return of(name).orElseThrow(() -> {
            List<String> others = all().stream().map(RunnerRecord::name).toList();
            return Problem.of(
                            ExitStatus.CONFIGURATION,
                            "no-such-runner",
                            "crossarm installed no runner " + name + " on this machine",
                            others.isEmpty()
                                    ? "sudo crossarm runner install " + name
                                    : "Runners that it did install: " + String.join(", ", others))
                    .asException();
        });
    }

    /** Puts this record in place of the one of the same name. */
    public void write(RunnerRecord record) {
        ObjectNode envelope = json.createObjectNode();
        envelope.put("schemaVersion", SCHEMA_VERSION);
        envelope.set("runner", RecordJson.write(record));
        files.createDirectories(home.folder(), Ownership.mode("rwxr-xr-x"));
        files.write(
                home.record(new RunnerName(record.name())),
                (envelope.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8),
                Ownership.mode("rw-r--r--"));
    }

    /** Forgets a runner; absent is fine. */
    public void delete(RunnerName name) {
        files.delete(home.record(name));
    }

    private Problem damaged(RunnerName name, String why) {
        String file = FileProblems.quoted(home.record(name));
        return Problem.of(
                        ExitStatus.DATA,
                        "runner-record-damaged",
                        "the record of the runner " + name + " cannot be read",
                        "See what it says: sudo cat " + file,
                        "sudo rm " + file,
                        "sudo crossarm runner install " + name)
                .withDetail(home.record(name) + ": " + why);
    }

    private Problem tooNew(RunnerName name, int version) {
        return Problem.of(
                        ExitStatus.CONFIGURATION,
                        "runner-record-too-new",
                        "the runner " + name + " was last changed by a newer version of crossarm",
                        "Install the newest crossarm and run the same command again")
                .withDetail(
                        home.record(name) + ": schema version " + version + ", this crossarm knows " + SCHEMA_VERSION);
    }
}
