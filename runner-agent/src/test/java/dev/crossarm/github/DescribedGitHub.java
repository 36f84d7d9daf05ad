package dev.crossarm.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.ByteString;

/** Answers as GitHub describes that it does, and notes each request that is not as GitHub describes it. */
final class DescribedGitHub extends Dispatcher {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PREFIX = "/api/v3";

    private final OpenApi description;
    private final SchemaCheck check;
    private final TestGitHub github;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private SchemaSample.Fill fill = SchemaSample.Fill.ALL;
    private int status;

    /** What neither 32 bits nor JavaScript can hold. */
    private long smallest = 9_007_199_254_740_993L;

    private long seed;

    DescribedGitHub(OpenApi description, TestGitHub github) {
        this.description = description;
        this.check = new SchemaCheck(description);
        this.github = github;
        github.server.setDispatcher(this);
    }

    /**
     * How the next requests are answered.
     *
     * @param newStatus 0 for that of success
     */
    synchronized void answering(int newStatus, SchemaSample.Fill newFill) {
        status = newStatus;
        fill = newFill;
    }

    synchronized void withSmallNumbers() {
        smallest = 0;
    }

    /** What was wrong with the requests up to now. */
    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Method and described path of every request up to now. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        HttpUrl url = request.getUrl();
        String path = url.encodedPath().substring(PREFIX.length());
        Optional<OpenApi.Operation> found = description.operation(request.getMethod(), path);
        if (found.isEmpty()) {
            wrong.add("nothing is described for " + request.getMethod() + " " + path);
            return github.answer(404).build();
        }
        OpenApi.Operation operation = found.get();
        asked.add(request.getMethod() + " " + operation.path());
        check(request, operation);
        return answer(operation);
    }

    private MockResponse answer(OpenApi.Operation operation) {
        int answered = status != 0
                ? status
                : operation.statuses().stream()
                        .filter(one -> one < 300)
                        .findFirst()
                        .orElseThrow();
        MockResponse.Builder answer = github.answer(answered);
        description.answer(operation, answered).ifPresent(schema -> {
            JsonNode body = new SchemaSample(description, fill, smallest, seed++).of(schema);
            List<String> faults = check.of(body, schema);
            faults.forEach(fault -> wrong.add("the test's own answer to " + operation.path() + ": " + fault));
            answer.addHeader("Content-Type", "application/json; charset=utf-8").body(body.toString());
        });
        return answer.build();
    }

    private void check(RecordedRequest request, OpenApi.Operation operation) {
        String shown = request.getMethod() + " " + operation.path();
        Map<String, JsonNode> described = new TreeMap<>();
        for (JsonNode one : operation.node().path("parameters")) {
            JsonNode parameter = description.resolved(one);
            described.put(
                    parameter.path("in").asText() + " " + parameter.path("name").asText(), parameter);
        }
        operation.parameters().forEach((name, value) -> parameter(shown, described.get("path " + name), name, value));
        HttpUrl url = request.getUrl();
        for (String name : url.queryParameterNames()) {
            parameter(shown, described.get("query " + name), name, String.valueOf(url.queryParameter(name)));
        }
        described.forEach((key, parameter) -> {
            boolean given = !key.startsWith("query ")
                    || url.queryParameterNames().contains(parameter.path("name").asText());
            if (!given && parameter.path("required").asBoolean()) {
                wrong.add(shown + " lacks " + key);
            }
        });
        body(shown, request, description.resolved(operation.node().path("requestBody")));
    }

    private void parameter(
            String shown, @org.jspecify.annotations.Nullable JsonNode parameter, String name, String value) {
        if (parameter == null) {
            wrong.add(shown + " has no parameter " + name);
            return;
        }
        JsonNode schema = description.resolved(parameter.path("schema"));
        boolean number = schema.path("type").asText().equals("integer");
        JsonNode node = number && value.matches("-?\\d{1,18}")
                ? MAPPER.getNodeFactory().numberNode(Long.parseLong(value))
                : MAPPER.getNodeFactory().textNode(value);
        check.of(node, schema).forEach(fault -> wrong.add(shown + " " + name + fault));
    }

    private void body(String shown, RecordedRequest request, JsonNode described) {
        ByteString body = request.getBody();
        boolean none = body == null || body.size() == 0;
        JsonNode content = described.path("content").path("application/json").path("schema");
        if (none) {
            if (described.path("required").asBoolean()) {
                wrong.add(shown + " needs a body");
            }
            return;
        }
        if (content.isMissingNode()) {
            wrong.add(shown + " has no body in the description");
            return;
        }
        if (!String.valueOf(request.getHeaders().get("Content-Type")).startsWith("application/json")) {
            wrong.add(shown + " sends no JSON");
        }
        try {
            check.of(MAPPER.readTree(body.utf8()), content).forEach(fault -> wrong.add(shown + " body" + fault));
        } catch (JsonProcessingException notJson) {
            wrong.add(shown + " sends no JSON: " + notJson.getOriginalMessage());
        }
    }
}
