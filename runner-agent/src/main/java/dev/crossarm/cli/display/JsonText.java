package dev.crossarm.cli.display;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.plan.RunJson;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Mask;
import dev.crossarm.text.MaskedJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** The one JSON object a command prints. Kept apart, so that no other run loads the library. */
public final class JsonText {
    /** Raised when a member changes its meaning or goes away; new members may come at any time. */
    static final int SCHEMA_VERSION = 1;

    private JsonText() {}

    /**
     * A tree, map or list with two blanks of indentation and without a final line end, its texts masked.
     *
     * @param remedy how each text of a remedy is written
     */
    static String of(Object value, UnaryOperator<String> remedy, Mask mask) {
        if (value instanceof JsonNode tree) {
            write(tree, remedy);
        }
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withArrayIndenter(indenter).withObjectIndenter(indenter);
        ObjectMapper mapper = new ObjectMapper();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new MaskedJson(mapper.createGenerator(text), mask)) {
            mapper.writer(printer).writeValue(json, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a tree of plain values", impossible);
        }
        return text.toString();
    }

    private static void write(JsonNode tree, UnaryOperator<String> remedy) {
        for (JsonNode remedies : tree.findValues("remedies")) {
            if (remedies instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, remedy.apply(list.get(i).asText()));
                }
            }
        }
        for (JsonNode holder : tree.findParents("remedy")) {
            if (holder instanceof ObjectNode one && one.get("remedy").isTextual()) {
                one.put("remedy", remedy.apply(one.get("remedy").asText()));
            }
        }
    }

    /** What is printed when a command could not do its work. */
    public static ObjectNode tree(Problem problem) {
        ObjectNode json = start();
        json.set("problem", RunJson.of(problem));
        json.put("exit", problem.exit().code());
        return json;
    }

    /** An object that begins with the version of its schema. */
    public static ObjectNode start() {
        return JsonNodeFactory.instance.objectNode().put("schemaVersion", SCHEMA_VERSION);
    }
}
