package dev.crossarm.runner.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A record of a runner as JSON. What is absent is left out; members that are not known are passed over. */
final class RecordJson {

    private RecordJson() {}

    /** Something that has to be there is missing or of another kind. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String what) {
            super(what);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    static ObjectNode write(RunnerRecord record) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", record.name());
        json.put("account", record.account());
        json.put("madeAccount", record.madeAccount());
        json.put("version", record.version());
        record.previous().ifPresent(version -> json.put("previous", version));
        json.put("pinned", record.pinned());
        record.registration().ifPresent(made -> json.set("registration", write(made)));
        return json;
    }

    private static ObjectNode write(RunnerRecord.Registration made) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("address", made.address());
        json.put("name", made.name());
        json.put("id", made.id());
        made.group().ifPresent(group -> json.put("group", group));
        ArrayNode labels = json.putArray("labels");
        made.labels().forEach(labels::add);
        json.put("ephemeral", made.ephemeral());
        json.put("unit", made.unit());
        return json;
    }

    /** @throws Wrong naming what is missing or of another kind */
    static RunnerRecord read(JsonNode json) {
        return new RunnerRecord(
                text(json, "name"),
                text(json, "account"),
                truth(json, "madeAccount"),
                text(json, "version"),
                optional(json, "previous"),
                truth(json, "pinned"),
                json.path("registration").isMissingNode()
                        ? Optional.empty()
                        : Optional.of(registration(json.path("registration"))));
    }

    private static RunnerRecord.Registration registration(JsonNode json) {
        JsonNode id = json.path("id");
        if (!id.isIntegralNumber() || !id.canConvertToLong()) {
            throw new Wrong("id is no whole number");
        }
        List<String> labels = new ArrayList<>();
        for (JsonNode label : json.path("labels")) {
            if (!label.isTextual()) {
                throw new Wrong("labels holds something that is no text");
            }
            labels.add(label.asText());
        }
        return new RunnerRecord.Registration(
                text(json, "address"),
                text(json, "name"),
                id.asLong(),
                optional(json, "group"),
                labels,
                truth(json, "ephemeral"),
                text(json, "unit"));
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new Wrong(name + " is missing or no text");
        }
        return value.asText();
    }

    private static Optional<String> optional(JsonNode json, String name) {
        return json.path(name).isMissingNode() ? Optional.empty() : Optional.of(text(json, name));
    }

    private static boolean truth(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isBoolean()) {
            throw new Wrong(name + " is missing or neither true nor false");
        }
        return value.asBoolean();
    }
}
