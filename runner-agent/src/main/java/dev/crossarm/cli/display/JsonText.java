package dev.crossarm.cli.display;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.plan.RunJson;
import dev.crossarm.problem.Problem;

/** The one JSON object a command prints. Kept apart, so that no other run loads the library. */
public final class JsonText {
    /** Raised when a member changes its meaning or goes away; new members may come at any time. */
    static final int SCHEMA_VERSION = 1;

    private JsonText() {}

    /** A tree, map or list with two blanks of indentation and without a final line end. */
    static String of(Object value) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withArrayIndenter(indenter).withObjectIndenter(indenter);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values", impossible);
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
