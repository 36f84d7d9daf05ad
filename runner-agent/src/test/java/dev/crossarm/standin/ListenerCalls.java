package dev.crossarm.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What stand-in listeners say and hear, in place of GitHub's own protocol, of which only the outcomes are documented: a
 * registration, a long poll, the acknowledgement that makes a runner busy, the end of a job.
 */
final class ListenerCalls {
    private final StandInFleet fleet;
    private final Duration poll;

    ListenerCalls(StandInFleet fleet, Duration poll) {
        this.fleet = fleet;
        this.poll = poll;
    }

    /** @return whether it was one of these calls */
    boolean answer(Exchange exchange, List<String> parts) throws IOException {
        String call = exchange.method() + " " + String.join("/", parts);
        switch (call) {
            case "POST register" -> register(exchange);
            case "POST remove" -> remove(exchange);
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
        Optional<StandInRunner> made = fleet.register(
                exchange.body().path("name").asText(),
                exchange.texts("labels"),
                !exchange.body().path("noDefaultLabels").asBoolean(false),
                exchange.body().path("ephemeral").asBoolean(false),
                exchange.body().path("replace").asBoolean(false),
                StandInFleet.DEFAULT_GROUP);
        if (made.isEmpty()) {
            exchange.refuse(409, "A runner exists with the same name");
            return;
        }
        made.get().version = exchange.body().path("version").asText();
        exchange.answer(
                201, Exchange.MAPPER.createObjectNode().put("id", made.get().id).put("secret", made.get().secret));
    }

    private void remove(Exchange exchange) throws IOException {
        Optional<StandInRunner> runner = fleet.of(exchange.body().path("id").asLong());
        if (!fleet.accepts("remove", exchange.token()) || runner.isEmpty()) {
            exchange.refuse(404, "Not Found");
        } else if (fleet.delete(runner.get())) {
            exchange.nothing(204);
        } else {
            exchange.refuse(422, "The runner is running a job");
        }
    }

    private void message(Exchange exchange) throws IOException {
        Optional<StandInRunner> runner = runner(exchange);
        if (runner.isEmpty()) {
            exchange.refuse(404, "The runner registration has been deleted from the server");
            return;
        }
        try {
            StandInJob job = fleet.poll(runner.get(), poll);
            if (job == null) {
                exchange.nothing(202);
            } else {
                exchange.answer(
                        200,
                        Exchange.MAPPER.createObjectNode().put("job", job.id).put("name", job.name));
            }
        } catch (StandInFleet.Gone deleted) {
            exchange.refuse(404, "The runner registration has been deleted from the server");
        } catch (InterruptedException stop) {
            exchange.hangUp();
            Thread.currentThread().interrupt();
        }
    }

    private void acknowledge(Exchange exchange) throws IOException {
        Optional<StandInRunner> runner = runner(exchange);
        Optional<StandInJob> job = job(exchange);
        if (runner.isPresent() && job.isPresent() && fleet.acknowledge(runner.get(), job.get())) {
            ObjectNode json = job.get().json();
            json.put("script", job.get().script);
            exchange.answer(200, json);
        } else {
            exchange.refuse(404, "job not found");
        }
    }

    private void finish(Exchange exchange) throws IOException {
        Optional<StandInRunner> runner = runner(exchange);
        Optional<StandInJob> job = job(exchange);
        String result = exchange.body().path("result").asText("Succeeded");
        boolean taken = runner.isPresent() && job.isPresent() && fleet.finished(runner.get(), job.get(), result);
        exchange.nothing(taken ? 204 : 404);
    }

    private Optional<StandInRunner> runner(Exchange exchange) {
        return fleet.of(exchange.number("id", 0)).filter(runner -> runner.secret.equals(exchange.token()));
    }

    private Optional<StandInJob> job(Exchange exchange) {
        return fleet.job(exchange.number("job", 0));
    }
}
