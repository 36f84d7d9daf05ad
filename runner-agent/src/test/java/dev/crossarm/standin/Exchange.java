package dev.crossarm.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
final class Exchange {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpExchange http;
    private final String text;

    Exchange(HttpExchange http) throws IOException {
        this.http = http;
        this.text = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    String method() {
        return http.getRequestMethod();
    }

    String path() {
        return http.getRequestURI().getPath();
    }

    /** The path's parts, the empty first one left out. */
    List<String> parts() {
        return Arrays.asList(path().substring(1).split("/", -1));
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(pairs(http.getRequestURI().getRawQuery()).get(name));
    }

    int number(String name, int otherwise) {
        return query(name).map(Integer::parseInt).orElse(otherwise);
    }

    /** A field of the form that is the body; empty text when it is not there. */
    String field(String name) {
        return pairs(text).getOrDefault(name, "");
    }

    private static Map<String, String> pairs(@Nullable String query) {
        Map<String, String> all = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                String[] halves = pair.split("=", 2);
                all.put(
                        URLDecoder.decode(halves[0], StandardCharsets.UTF_8),
                        halves.length > 1 ? URLDecoder.decode(halves[1], StandardCharsets.UTF_8) : "");
            }
        }
        return all;
    }

    /** The body as JSON; an empty object without one. */
    JsonNode body() throws IOException {
        return text.isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(text);
    }

    List<String> texts(String name) throws IOException {
        List<String> texts = new ArrayList<>();
        body().path(name).forEach(one -> texts.add(one.asText()));
        return texts;
    }

    /** What came as {@code Authorization: Bearer} or {@code token}; empty when nothing did. */
    String token() {
        String header = http.getRequestHeaders().getFirst("Authorization");
        return header == null ? "" : header.replaceFirst("(?i)^(bearer|token|remoteauth)\\s+", "");
    }

    void answer(int status, JsonNode json) throws IOException {
        send(status, json.toString().getBytes(StandardCharsets.UTF_8), "application/json; charset=utf-8");
    }

    /** An error as GitHub words it: a message, and where to read on. */
    void refuse(int status, String message) throws IOException {
        answer(
                status,
                MAPPER.createObjectNode()
                        .put("message", message)
                        .put("documentation_url", "https://docs.github.com/rest")
                        .put("status", Integer.toString(status)));
    }

    void nothing(int status) throws IOException {
        head();
        http.sendResponseHeaders(status, -1);
        http.close();
    }

    void header(String name, String value) {
        http.getResponseHeaders().set(name, value);
    }

    void send(int status, byte[] content, String type) throws IOException {
        head();
        http.getResponseHeaders().set("Content-Type", type);
        http.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            http.getResponseBody().write(content);
        }
        http.close();
    }

    /** Lines of {@code key=value}, as stand-in listeners read them. */
    void lines(int status, Map<String, String> pairs) throws IOException {
        StringBuilder lines = new StringBuilder();
        pairs.forEach(
                (key, value) -> lines.append(key).append('=').append(value).append('\n'));
        send(status, lines.toString().getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }

    /** Ends the connection without an answer. */
    void hangUp() {
        http.close();
    }

    private void head() {
        http.getResponseHeaders()
                .set("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }
}
