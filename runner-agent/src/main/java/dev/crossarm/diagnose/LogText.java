package dev.crossarm.diagnose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crossarm.text.Printable;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of a log as a compiler wrote it: without colours and other control sequences, without a runner's time stamp, and
 * taken out of cargo's JSON where it is one of those messages (cargo reference, external tools). Messages that are no
 * errors say nothing.
 */
final class LogText {
    private static final Pattern TIME_STAMP =
            Pattern.compile("^\\uFEFF?\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z ");
    private static final Pattern RUNNER_MARK = Pattern.compile("^##\\[(?:error|warning|group|debug)]");

    // Made for the first message: a log without any, and a build that went well, do without.
    private @Nullable ObjectMapper json;

    /** The lines this one stands for; none when it is a message that says nothing about errors. */
    List<String> lines(String raw) {
        String line = clean(raw);
        if (line.startsWith("{\"reason\":")) {
            return message(line);
        }
        return List.of(line);
    }

    private List<String> message(String line) {
        try {
            JsonNode message = mapper().readTree(line).path("message");
            return message.path("level").asText().startsWith("error")
                    ? message.path("rendered")
                            .asText()
                            .lines()
                            .map(LogText::clean)
                            .toList()
                    : List.of();
        } catch (JsonProcessingException cutOff) {
            return List.of(line);
        }
    }

    private ObjectMapper mapper() {
        ObjectMapper known = json;
        if (known == null) {
            known = new ObjectMapper();
            json = known;
        }
        return known;
    }

    private static String clean(String raw) {
        String line = TIME_STAMP.matcher(raw).replaceFirst("");
        return RUNNER_MARK.matcher(Printable.line(line)).replaceFirst("");
    }
}
