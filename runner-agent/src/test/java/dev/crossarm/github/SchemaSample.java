package dev.crossarm.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Values that a schema allows, of which no two are alike. */
final class SchemaSample {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 12;

    /** How much of what is allowed is there. */
    enum Fill {
        /** Everything that is described. */
        ALL,
        /** What is required, and nothing more. */
        LEAST,
        /** Everything, and null where that is allowed. */
        NULLS,
        /** Everything, and fields that nobody has described yet. */
        STRANGE
    }

    private final OpenApi description;
    private final Fill fill;
    private final long smallest;
    private final Random random;

    /** @param smallest of all numbers */
    SchemaSample(OpenApi description, Fill fill, long smallest, long seed) {
        this.description = description;
        this.fill = fill;
        this.smallest = smallest;
        this.random = new Random(seed);
    }

    JsonNode of(JsonNode schema) {
        return of(schema, 0);
    }

    private JsonNode of(JsonNode given, int depth) {
        JsonNode schema = description.resolved(given);
        if (fill == Fill.NULLS && schema.path("nullable").asBoolean()) {
            return NODES.nullNode();
        }
        for (String choice : new String[] {"oneOf", "anyOf"}) {
            if (schema.has(choice) && !schema.has("properties")) {
                JsonNode options = schema.path(choice);
                return of(options.get(random.nextInt(options.size())), depth);
            }
        }
        if (schema.has("allOf")) {
            ObjectNode merged = NODES.objectNode();
            schema.path("allOf").forEach(part -> {
                if (of(part, depth) instanceof ObjectNode object) {
                    merged.setAll(object);
                }
            });
            return merged;
        }
        if (schema.has("enum")) {
            JsonNode values = schema.path("enum");
            return values.get(random.nextInt(values.size()));
        }
        return switch (schema.path("type").asText(schema.has("properties") ? "object" : "string")) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            // Ids are described as either.
            case "integer", "number" -> NODES.numberNode(smallest + random.nextInt(1_000_000));
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> NODES.textNode(text(schema));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        Set<String> required = new TreeSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean wanted = required.contains(property.getKey()) || (fill != Fill.LEAST && depth < DEEPEST);
            if (wanted) {
                object.set(property.getKey(), member(property.getKey(), property.getValue(), depth + 1));
            }
        }
        if (fill == Fill.STRANGE) {
            object.put("not_described_yet", "x".repeat(random.nextInt(200)));
            object.set("nor_this", NODES.objectNode().put("id", 1));
        }
        return object;
    }

    /** A time may be described as any text; its name tells. */
    private JsonNode member(String name, JsonNode schema, int depth) {
        JsonNode value = of(schema, depth);
        if (!value.isTextual() || schema.has("enum")) {
            return value;
        }
        return switch (name) {
            case "token" -> NODES.textNode("ghs_" + Long.toString(random.nextLong(Long.MAX_VALUE), 36));
            default -> name.endsWith("_at") ? NODES.textNode("2026-12-01T10:00:00Z") : value;
        };
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = NODES.arrayNode();
        int least = Math.max(schema.path("minItems").asInt(0), fill == Fill.LEAST ? 0 : 1);
        int count = depth > DEEPEST ? least : least + (fill == Fill.LEAST ? 0 : random.nextInt(3));
        for (int i = 0; i < count; i++) {
            array.add(of(schema.path("items"), depth + 1));
        }
        return array;
    }

    private String text(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "date-time" ->
                random.nextBoolean()
                        ? "2026-12-0" + (1 + random.nextInt(8)) + "T10:00:00Z"
                        : "2026-12-01T10:00:00.123+02:00";
            case "date" -> "2026-12-01";
            case "uri", "uri-reference" -> "https://example.org/" + random.nextInt(1000);
            case "email" -> "ada@example.org";
            default -> "text-" + Long.toString(random.nextLong(Long.MAX_VALUE), 36) + "-ä€";
        };
    }
}
