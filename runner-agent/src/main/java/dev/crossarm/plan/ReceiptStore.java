package dev.crossarm.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What steps remember of what they added, so that it can be taken away again: one JSON file per step, written through
 * {@link HostFiles} and so whole or not at all. A receipt is a record of strings, numbers, booleans, lists, maps and
 * records of these; it holds no secrets, because anyone may read it.
 */
public final class ReceiptStore {
    private static final int SCHEMA_VERSION = 1;

    private final HostFiles files;
    private final Path directory;
    private final Ownership ownership;
    private final ObjectMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** @param directory where the receipts lie, made when the first is written */
    public ReceiptStore(HostFiles files, Path directory) {
        this.files = files;
        this.directory = directory;
        this.ownership = Ownership.mode("rw-r--r--");
    }

    /** Where a step's receipt lies. */
    public Path file(StepId step) {
        return directory.resolve(step + ".json");
    }

    /**
     * A step's receipt, when it left one.
     *
     * @throws CrossarmException naming the file and what mends it, when it is damaged (65) or of a newer version (78)
     */
    public <T> Optional<T> read(StepId step, Class<T> type) {
        Optional<byte[]> content = files.read(file(step));
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode envelope = json.readTree(content.get());
            int version = envelope.path("schemaVersion").asInt(0);
            if (version > SCHEMA_VERSION) {
                throw tooNew(step, version).asException();
            }
            JsonNode receipt = envelope.path("receipt");
            if (version < 1 || !envelope.path("step").asText().equals(step.value()) || !receipt.isObject()) {
                throw damaged(step, "it is not a receipt of step " + step).asException();
            }
            return Optional.of(json.treeToValue(receipt, type));
        } catch (JsonProcessingException bad) {
            throw damaged(step, bad.getOriginalMessage()).asException(bad);
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory", impossible);
        }
    }

    /** Puts a step's receipt in place of the one it left before. */
    public void write(StepId step, Record receipt) {
        ObjectNode envelope = json.createObjectNode();
        envelope.put("schemaVersion", SCHEMA_VERSION);
        envelope.put("step", step.value());
        envelope.set("receipt", json.valueToTree(receipt));
        files.createDirectories(directory, Ownership.mode("rwxr-xr-x"));
        files.write(file(step), (envelope.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8), ownership);
    }

    /** Forgets what a step left; nothing is fine. */
    public void delete(StepId step) {
        files.delete(file(step));
    }

    private Problem damaged(StepId step, String why) {
        return Problem.of(
                        ExitStatus.DATA,
                        "receipt-damaged",
                        "the record of step " + step + " about its own work cannot be read",
                        "sudo rm " + file(step),
                        "Run the same command again; what was added before no longer counts as Crossarm's")
                .withDetail(file(step) + ": " + why);
    }

    private Problem tooNew(StepId step, int version) {
        return Problem.of(
                        ExitStatus.CONFIGURATION,
                        "receipt-too-new",
                        "step " + step + " was last run by a newer version of crossarm",
                        "Install the newest crossarm and run the same command again")
                .withDetail(file(step) + ": schema version " + version + ", this crossarm knows " + SCHEMA_VERSION);
    }
}
