package dev.crossarm.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Whether a value is one that a schema of OpenAPI 3.0 allows: the part of it that GitHub's description makes use of. */
final class SchemaCheck {
    private final OpenApi description;

    SchemaCheck(OpenApi description) {
        this.description = description;
    }

    /** What is wrong, each with its place; empty when nothing is. */
    List<String> of(JsonNode value, JsonNode schema) {
        List<String> wrong = new ArrayList<>();
        check(value, schema, "", wrong);
        return wrong;
    }

    private void check(JsonNode value, JsonNode given, String place, List<String> wrong) {
        JsonNode schema = description.resolved(given);
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        for (JsonNode part : schema.path("allOf")) {
            check(value, part, place, wrong);
        }
        choice(value, schema, "anyOf", place, wrong);
        choice(value, schema, "oneOf", place, wrong);
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            wrong.add(place + " is none of " + schema.path("enum") + ": " + value);
        }
        if (schema.has("type") && !isOf(schema.path("type").asText(), value)) {
            wrong.add(place + " is no " + schema.path("type").asText() + ": " + value.getNodeType());
            return;
        }
        if (value.isObject()) {
            object(value, schema, place, wrong);
        } else if (value.isArray()) {
            array(value, schema, place, wrong);
        } else if (value.isTextual()) {
            text(value.asText(), schema, place, wrong);
        } else if (value.isNumber()) {
            bound(value.asDouble() >= schema.path("minimum").asDouble(value.asDouble()), place, "too small", wrong);
            bound(value.asDouble() <= schema.path("maximum").asDouble(value.asDouble()), place, "too large", wrong);
        }
    }

    private void choice(JsonNode value, JsonNode schema, String kind, String place, List<String> wrong) {
        if (!schema.has(kind)) {
            return;
        }
        List<String> first = null;
        for (JsonNode option : schema.path(kind)) {
            List<String> found = new ArrayList<>();
            check(value, option, place, found);
            if (found.isEmpty()) {
                return;
            }
            first = first == null ? found : first;
        }
        wrong.add(place + " fits none of " + kind + ", the first because: " + first);
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            default -> throw new AssertionError("a type that is not known: " + type);
        };
    }

    private void object(JsonNode value, JsonNode schema, String place, List<String> wrong) {
        for (JsonNode name : schema.path("required")) {
            bound(value.has(name.asText()), place + "." + name.asText(), "missing", wrong);
        }
        JsonNode more = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode described = schema.path("properties").path(member.getKey());
            String at = place + "." + member.getKey();
            if (!described.isMissingNode()) {
                check(member.getValue(), described, at, wrong);
            } else if (more.isObject()) {
                check(member.getValue(), more, at, wrong);
            } else {
                bound(!more.isBoolean() || more.asBoolean(), at, "not described", wrong);
            }
        }
    }

    private void array(JsonNode value, JsonNode schema, String place, List<String> wrong) {
        bound(value.size() >= schema.path("minItems").asInt(0), place, "too short", wrong);
        bound(value.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE), place, "too long", wrong);
        for (int i = 0; i < value.size(); i++) {
            check(value.get(i), schema.path("items"), place + "[" + i + "]", wrong);
        }
    }

    private static void text(String value, JsonNode schema, String place, List<String> wrong) {
        int length = value.codePointCount(0, value.length());
        bound(length >= schema.path("minLength").asInt(0), place, "too short", wrong);
        bound(length <= schema.path("maxLength").asInt(Integer.MAX_VALUE), place, "too long", wrong);
        String pattern = schema.path("pattern").asText(".*");
        bound(
                java.util.regex.Pattern.compile(pattern, java.util.regex.Pattern.DOTALL)
                        .matcher(value)
                        .find(),
                place,
                "of another form than " + pattern,
                wrong);
        if (schema.path("format").asText().equals("date-time")) {
            try {
                OffsetDateTime.parse(value);
            } catch (DateTimeParseException notTime) {
                wrong.add(place + " is no time: " + value);
            }
        }
    }

    private static void bound(boolean kept, String place, String what, List<String> wrong) {
        if (!kept) {
            wrong.add(place + " is " + what);
        }
    }
}
