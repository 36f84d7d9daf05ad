package dev.crossarm.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the listeners of the stand-in for the runner's package say and hear, as {@code lab/stand-in-runner/README.md} describes it, in
 * place of GitHub's own protocol, of which only the outcomes are documented.
 */
final class ListenerCalls {
    private static final List<String> DEFAULTS = List.of("self-hosted", "Linux", "ARM64", "X64");
    private static final String DELETED = "The runner registration has been deleted from the server";

    private final StandInFleet fleet;
    private final Duration poll;

    ListenerCalls(StandInFleet fleet, Duration poll) {
        this.fleet = fleet;
        this.poll = poll;
    }

    /** @return whether it was one of these calls */
    boolean answer(Exchange exchange, List<String> parts) throws IOException {
        switch (exchange.method() + " " + String.join("/", parts)) {
            case "POST register" -> register(exchange);
            case "POST remove" -> remove(exchange);
            case "POST session" -> session(exchange);
            case "DELETE session" -> endSession(exchange);
            case "GET message" -> message(exchange);
            case "POST ack" -> acknowledge(exchange);
            case "POST finish" -> finish(exchange);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void register(Exchange exchange) throws IOException {
        if (!fleet.accepts("registration", exchange.token())) {
            exchange.refuse(404, "Not Found");
            return;
        }
        String group = exchange.field("group");
        if (!group.isEmpty() && !group.equals("Default")) {
            exchange.refuse(422, "no such group");
            return;
        }
        List<String> labels = Arrays.stream(exchange.field("labels").split(",", -1))
                .filter(label -> !label.isEmpty())
                .toList();
        boolean defaults = !exchange.field("noDefaultLabels").equals("true") && labels.contains("self-hosted");
        Optional<StandInRunner> made = fleet.register(
                exchange.field("name"),
                labels.stream()
                        .filter(label -> !defaults || !DEFAULTS.contains(label))
                        .toList(),
                defaults,
                exchange.field("ephemeral").equals("true"),
                exchange.field("replace").equals("true"),
                StandInFleet.DEFAULT_GROUP);
        if (made.isEmpty()) {
            exchange.refuse(409, "A runner exists with the same name");
            return;
        }
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("id", Long.toString(made.get().id));
        answer.put("secret", made.get().secret);
        answer.put("group", "Default");
        answer.put("groupId", Long.toString(StandInFleet.DEFAULT_GROUP));
        exchange.lines(201, answer);
    }

    private void remove(Exchange exchange) throws IOException {
        Optional<StandInRunner> runner = fleet.of(number(exchange.field("id")));
        if (!fleet.accepts("remove", exchange.token()) || runner.isEmpty()) {
            exchange.refuse(404, "Not Found");
        } else if (fleet.delete(runner.get())) {
            exchange.nothing(204);
        } else {
            exchange.refuse(422, "The runner is running a job");
        }
    }

    private void session(Exchange exchange) throws IOException {
        Optional<StandInRunner> runner = runner(exchange, exchange.field("id"));
        if (runner.isEmpty()) {
            exchange.refuse(404, DELETED);
        } else if (fleet.open(runner.get(), exchange.field("version"))) {
            exchange.nothing(201);
        } else {
            exchange.refuse(409, "A session for this runner already exists.");
        }
    }

    private void endSession(Exchange exchange) throws IOException {
        runner(exchange, exchange.query("id").orElse("")).ifPresent(fleet::closeSession);
        exchange.nothing(204);
    }

    private void message(Exchange exchange) throws IOException {
        Optional<StandInRunner> runner = runner(exchange, exchange.query("id").orElse(""));
        if (runner.isEmpty()) {
            exchange.refuse(404, DELETED);
            return;
        }
        try {
            StandInJob job = fleet.poll(runner.get(), poll);
            if (job == null) {
                exchange.nothing(202);
            } else {
                exchange.lines(200, message(job));
            }
        } catch (StandInFleet.Gone deleted) {
            exchange.refuse(404, DELETED);
        } catch (InterruptedException stop) {
            exchange.hangUp();
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> message(StandInJob job) {
        Map<String, String> message = new LinkedHashMap<>();
        if (job.cancelTold) {
            message.put("type", "cancel");
            message.put("jobId", Long.toString(job.id));
            return message;
        }
        message.put("type", "job");
        message.put("messageId", Long.toString(job.id));
        message.put("jobId", Long.toString(job.id));
        message.put("name", job.name);
        message.put("script", base64(job.script));
        message.put("repository", "ACME/app");
        message.put("runId", Long.toString(job.id));
        message.put("runAttempt", "1");
        message.put("workflow", "CI");
        return message;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void acknowledge(Exchange exchange) throws IOException {
        Optional<StandInRunner> runner = runner(exchange, exchange.field("id"));
        Optional<StandInJob> job = fleet.job(number(exchange.field("jobId")));
        if (runner.isPresent() && job.isPresent() && fleet.acknowledge(runner.get(), job.get())) {
            exchange.lines(200, Map.of());
        } else {
            exchange.refuse(404, "job not found");
        }
    }

    private void finish(Exchange exchange) throws IOException {
        Optional<StandInRunner> runner = runner(exchange, exchange.field("id"));
        Optional<StandInJob> job = fleet.job(number(exchange.field("jobId")));
        boolean taken = runner.isPresent()
                && job.isPresent()
                && fleet.finished(runner.get(), job.get(), exchange.field("result"));
        exchange.nothing(taken ? 204 : 404);
    }

    private Optional<StandInRunner> runner(Exchange exchange, String id) {
        return fleet.of(number(id)).filter(runner -> runner.secret.equals(exchange.token()));
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
