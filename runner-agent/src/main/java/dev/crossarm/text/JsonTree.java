package dev.crossarm.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text as maps, lists and texts. Made with the parser alone, because the data binding that is usual for this takes
 * longer to load than cargo takes to find that there is nothing to do.
 *
 * @param value a map, a list, a text (numbers are texts too), a truth value, or nothing
 */
public record JsonTree(@Nullable Object value) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** @throws IOException when the text is no JSON */
    public static JsonTree parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return new JsonTree(read(parser));
        }
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                map.put(name, read(parser));
            }
            return map;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(read(parser));
            }
            return list;
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        return token == JsonToken.VALUE_NULL ? null : parser.getText();
    }

    /** A member of an object; nothing where there is none. */
    public JsonTree at(String name) {
        return new JsonTree(value instanceof Map<?, ?> map ? map.get(name) : null);
    }

    /** The entries of a list; none where it is none. */
    public List<JsonTree> items() {
        List<JsonTree> all = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(one -> all.add(new JsonTree(one)));
        }
        return all;
    }

    /** The members of an object; none where it is none. */
    public Map<String, JsonTree> members() {
        Map<String, JsonTree> all = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, one) -> all.put(String.valueOf(name), new JsonTree(one)));
        }
        return all;
    }

    public Optional<String> string() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public String text() {
        return string().orElse("");
    }

    public int number() {
        return string().filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    public boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    public boolean isObject() {
        return value instanceof Map;
    }
}
