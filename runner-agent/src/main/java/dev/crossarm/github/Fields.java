package dev.crossarm.github;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A JSON object that an answer holds. What has to be there and is not, or is of another kind, is told by its name; what is
 * not known is passed over. Numbers are never bent into shape: Jackson's own binding makes 0 of a missing one.
 */
final class Fields {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;
    private final String place;

    private Fields(JsonNode node, String place) {
        this.node = node;
        this.place = place;
    }

    /** A field that is missing or of another kind. */
    private static final class WrongField extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongField(String what) {
            super(what);
        }
    }

    /** Reads the answer to a call; whatever is wrong with it becomes a failure of that call. */
    static <T> Answer<T> read(ApiReply reply, ApiCall call, CallProblems problems, Function<Fields, T> reading) {
        try {
            return Answer.of(reading.apply(new Fields(tree(reply), "")));
        } catch (WrongField wrong) {
            return Answer.failed(problems.garbage(call, String.valueOf(wrong.getMessage())));
        } catch (IOException notJson) {
            // Not its message, which quotes the text: there may be a token in it.
            return Answer.failed(problems.garbage(call, "it is not JSON"));
        }
    }

    static JsonNode tree(ApiReply reply) throws IOException {
        return MAPPER.readTree(reply.body().toByteArray());
    }

    private WrongField wrong(String name, String wanted) {
        return new WrongField("the field " + place + name + " is not " + wanted);
    }

    private JsonNode at(String name) {
        return node.path(name);
    }

    String text(String name) {
        JsonNode value = at(name);
        if (!value.isTextual()) {
            throw wrong(name, "a text");
        }
        return value.asText();
    }

    /** For what is to be handed on as a secret: never empty. */
    String filled(String name) {
        String value = text(name);
        if (value.isBlank()) {
            throw wrong(name, "filled");
        }
        return value;
    }

    /** For what goes into a header: printable ASCII without blanks. */
    String token(String name) {
        String value = text(name);
        if (!value.matches("[!-~]+")) {
            throw wrong(name, "a token");
        }
        return value;
    }

    Optional<String> optionalText(String name) {
        return at(name).isMissingNode() || at(name).isNull() ? Optional.empty() : Optional.of(text(name));
    }

    long id(String name) {
        JsonNode value = at(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number");
        }
        return value.asLong();
    }

    Optional<Long> optionalId(String name) {
        return at(name).isMissingNode() || at(name).isNull() ? Optional.empty() : Optional.of(id(name));
    }

    boolean flag(String name) {
        JsonNode value = at(name);
        if (!value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.asBoolean();
    }

    Optional<Boolean> optionalFlag(String name) {
        return at(name).isMissingNode() || at(name).isNull() ? Optional.empty() : Optional.of(flag(name));
    }

    Instant instant(String name) {
        try {
            return OffsetDateTime.parse(text(name)).toInstant();
        } catch (DateTimeParseException notTime) {
            throw wrong(name, "a time");
        }
    }

    Optional<Instant> optionalInstant(String name) {
        return at(name).isMissingNode() || at(name).isNull() ? Optional.empty() : Optional.of(instant(name));
    }

    Fields object(String name) {
        if (!at(name).isObject()) {
            throw wrong(name, "an object");
        }
        return new Fields(at(name), place + name + ".");
    }

    <T> List<T> list(String name, Function<Fields, T> reading) {
        return each(at(name), name, reading);
    }

    /** Where the answer is a list itself. */
    <T> List<T> items(Function<Fields, T> reading) {
        return each(node, "", reading);
    }

    private <T> List<T> each(JsonNode list, String name, Function<Fields, T> reading) {
        if (!list.isArray()) {
            throw wrong(name, "a list");
        }
        List<T> all = new ArrayList<>();
        for (JsonNode item : list) {
            all.add(reading.apply(new Fields(item, place + name + "[" + all.size() + "].")));
        }
        return all;
    }

    /** The members that are texts. */
    Map<String, String> texts(String name) {
        Map<String, String> all = new LinkedHashMap<>();
        object(name).node.properties().forEach(member -> {
            if (member.getValue().isTextual()) {
                all.put(member.getKey(), member.getValue().asText());
            }
        });
        return all;
    }
}
