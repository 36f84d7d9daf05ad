package dev.crossarm.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link Journal} wrote. Lines that are torn, foreign or of a newer schema are passed over. */
final class JournalReader {
    private final Path file;
    private final ObjectMapper json = new ObjectMapper();

    public JournalReader(Path file) {
        this.file = file;
    }

    /**
     * The last time a step was part of a run.
     *
     * @param outcome {@link Outcome#word}, or {@code unfinished} when the run was killed in it (or is in it now)
     * @param because why it failed or was skipped, else empty
     * @param at when it ended, or when it began if it did not end
     */
    public record StepRun(
            StepId step, String run, String action, Instant at, String outcome, String because, Duration elapsed) {}

    /**
     * A run.
     *
     * @param ended whether it came to its end; otherwise it was killed or is still going on
     * @param good whether every selected step was as it should be at the end
     */
    public record RunSummary(String run, String action, Instant started, boolean ended, boolean good) {}

    /**
     * The last run of each step, in the order in which they were run.
     *
     * @throws dev.crossarm.problem.CrossarmException when the journal is there and cannot be read
     */
    public Map<StepId, StepRun> lastByStep() {
        Map<String, String> actions = new LinkedHashMap<>();
        Map<StepId, StepRun> last = new LinkedHashMap<>();
        for (JsonNode line : lines()) {
            String run = line.path("run").asText();
            String event = line.path("event").asText();
            if (event.equals("run-started")) {
                actions.put(run, line.path("action").asText());
            } else if (event.equals("step-started") || event.equals("step-finished")) {
                StepRun one = new StepRun(
                        StepId.of(line.path("step").asText()),
                        run,
                        actions.getOrDefault(run, ""),
                        Instant.parse(line.path("at").asText()),
                        line.path("outcome").asText("unfinished"),
                        line.path("because").asText(""),
                        Duration.ofMillis(Math.round(line.path("seconds").asDouble(0) * 1000)));
                last.remove(one.step());
                last.put(one.step(), one);
            }
        }
        return last;
    }

    /**
     * The last run, when there was any.
     *
     * @throws dev.crossarm.problem.CrossarmException when the journal is there and cannot be read
     */
    public Optional<RunSummary> lastRun() {
        Optional<RunSummary> last = Optional.empty();
        for (JsonNode line : lines()) {
            String run = line.path("run").asText();
            String event = line.path("event").asText();
            if (event.equals("run-started")) {
                Instant at = Instant.parse(line.path("at").asText());
                last = Optional.of(new RunSummary(run, line.path("action").asText(), at, false, false));
            } else if (event.equals("run-finished")) {
                boolean good = line.path("good").asBoolean();
                last = last.map(one ->
                        one.run().equals(run) ? new RunSummary(run, one.action(), one.started(), true, good) : one);
            }
        }
        return last;
    }

    private List<JsonNode> lines() {
        List<JsonNode> found = new ArrayList<>();
        for (Path part : List.of(Journal.rotated(file), file)) {
            try {
                // Malformed bytes become replacement characters; a torn line must not hide the whole ones.
                new String(Files.readAllBytes(part), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> parse(line).ifPresent(found::add));
            } catch (NoSuchFileException none) {
                // no run yet, or never rotated
            } catch (IOException failure) {
                throw Problem.of(
                                ExitStatus.NO_PERMISSION,
                                "journal-not-read",
                                "the journal cannot be read",
                                "sudo chmod a+r " + part)
                        .withDetail(part + ": " + failure)
                        .asException(failure);
            }
        }
        return found;
    }

    private Optional<JsonNode> parse(String line) {
        try {
            JsonNode node = json.readTree(line);
            if (!node.isObject() || node.path("schemaVersion").asInt() != JournalLine.SCHEMA_VERSION) {
                return Optional.empty();
            }
            Instant.parse(node.path("at").asText());
            if (node.has("step")) {
                StepId.of(node.path("step").asText());
            }
            return Optional.of(node);
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
