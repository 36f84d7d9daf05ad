package dev.crossarm.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The REST calls about self-hosted runners, below {@code /orgs/O}, {@code /repos/O/R} and {@code /enterprises/E}. */
final class RestCalls {
    private final StandInFleet fleet;
    private final StandInSettings settings;

    RestCalls(StandInFleet fleet, StandInSettings settings) {
        this.fleet = fleet;
        this.settings = settings;
    }

    /** @param rest what follows the scope in the path, {@code actions} first */
    void answer(Exchange exchange, List<String> rest, boolean repository) throws IOException {
        String call = exchange.method() + " " + String.join("/", rest);
        if (call.equals("GET actions/runners")) {
            list(exchange);
        } else if (call.equals("POST actions/runners/registration-token")) {
            token(exchange, "registration");
        } else if (call.equals("POST actions/runners/remove-token")) {
            token(exchange, "remove");
        } else if (call.equals("POST actions/runners/generate-jitconfig")) {
            jit(exchange);
        } else if (call.equals("GET actions/runners/downloads")) {
            exchange.answer(200, settings.downloads());
        } else if (call.startsWith("GET actions/runners/deprecations/")) {
            dates(exchange, rest.get(rest.size() - 1));
        } else if (call.equals("GET actions/runner-groups") && !repository) {
            groups(exchange);
        } else if (call.matches("(GET|DELETE) actions/runners/\\d+")) {
            one(exchange, Long.parseLong(rest.get(2)));
        } else if (call.matches("(GET|PUT) actions/runners/\\d+/labels")) {
            labels(exchange, Long.parseLong(rest.get(2)));
        } else {
            exchange.refuse(404, "Not Found");
        }
    }

    private void list(Exchange exchange) throws IOException {
        Optional<String> name = exchange.query("name");
        List<StandInRunner> all = fleet.all().stream()
                .filter(runner -> name.map(runner.name::equalsIgnoreCase).orElse(true))
                .toList();
        int size = Math.min(100, exchange.number("per_page", 30));
        int page = exchange.number("page", 1);
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("total_count", all.size());
        ArrayNode runners = json.putArray("runners");
        all.stream().skip((long) size * (page - 1)).limit(size).forEach(runner -> runners.add(json(runner)));
        if ((long) size * page < all.size()) {
            exchange.header(
                    "Link",
                    "<" + settings.api(exchange.path().substring("/api/v3".length())) + "?per_page=" + size + "&page="
                            + (page + 1) + ">; rel=\"next\"");
        }
        exchange.answer(200, json);
    }

    private ObjectNode json(StandInRunner runner) {
        return runner.json(fleet.online(runner), fleet.shownBusy(runner));
    }

    private void token(Exchange exchange, String kind) throws IOException {
        exchange.answer(
                201,
                Exchange.MAPPER
                        .createObjectNode()
                        .put("token", fleet.token(kind, Duration.ofHours(1)))
                        .put(
                                "expires_at",
                                Instant.now()
                                        .plus(Duration.ofHours(1))
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString()));
    }

    private void jit(Exchange exchange) throws IOException {
        String name = exchange.body().path("name").asText();
        Optional<StandInRunner> made = fleet.register(
                name,
                exchange.texts("labels"),
                false,
                true,
                false,
                exchange.body().path("runner_group_id").asLong(StandInFleet.DEFAULT_GROUP));
        if (made.isEmpty()) {
            exchange.refuse(409, "Already exists - A runner with the name *** already exists.");
            return;
        }
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.set("runner", json(made.get()));
        json.put("encoded_jit_config", encoded(made.get()));
        exchange.answer(201, json);
    }

    /** Base64 of a map from file names to their contents in base64: what a listener writes into its root before it starts. */
    private String encoded(StandInRunner runner) {
        ObjectNode files = Exchange.MAPPER.createObjectNode();
        files.put(".runner", base64(settings.runnerFile(runner).toString()));
        files.put(".credentials", base64(settings.credentialsFile(runner).toString()));
        files.put(".credentials_rsaparams", base64("{ \"standin\": \"" + runner.secret + "\" }"));
        return base64(files.toString());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void dates(Exchange exchange, String version) throws IOException {
        Optional<String> runtime = settings.runtimeDate(version);
        if (runtime.isEmpty()) {
            exchange.refuse(404, "Not Found");
            return;
        }
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("runner_version", version);
        if (runtime.get().isEmpty()) {
            json.putNull("runtime_deprecates_at");
        } else {
            json.put("runtime_deprecates_at", runtime.get());
        }
        exchange.answer(200, json);
    }

    private void groups(Exchange exchange) throws IOException {
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("total_count", 1);
        ObjectNode group = json.putArray("runner_groups").addObject();
        String self = settings.api("/orgs/ACME/actions/runner-groups/1");
        group.put("id", StandInFleet.DEFAULT_GROUP);
        group.put("name", "Default");
        group.put("visibility", "all");
        group.put("default", true);
        group.put("inherited", false);
        group.put("allows_public_repositories", settings.open());
        group.put("runners_url", self + "/runners");
        exchange.answer(200, json);
    }

    private void one(Exchange exchange, long id) throws IOException {
        Optional<StandInRunner> runner = fleet.of(id);
        if (runner.isEmpty()) {
            exchange.refuse(404, "Not Found");
        } else if (exchange.method().equals("GET")) {
            exchange.answer(200, json(runner.get()));
        } else if (fleet.delete(runner.get())) {
            exchange.nothing(204);
        } else {
            exchange.refuse(
                    422, "Runner \"" + runner.get().name + "\" is currently running a job and cannot be deleted.");
        }
    }

    private void labels(Exchange exchange, long id) throws IOException {
        Optional<StandInRunner> runner = fleet.of(id);
        if (runner.isEmpty()) {
            exchange.refuse(404, "Not Found");
            return;
        }
        if (exchange.method().equals("PUT")) {
            fleet.labels(runner.get(), exchange.texts("labels"));
        }
        ArrayNode labels = runner.get().labels();
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("total_count", labels.size());
        json.set("labels", labels);
        exchange.answer(200, json);
    }
}
