package dev.crossarm.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What tests ask of the stand-in itself, and GitHub has not. */
final class ControlCalls {
    private final StandInFleet fleet;
    private final StandInSettings settings;
    private final Faults faults;
    private final List<String> requests;

    ControlCalls(StandInFleet fleet, StandInSettings settings, Faults faults, List<String> requests) {
        this.fleet = fleet;
        this.settings = settings;
        this.faults = faults;
        this.requests = requests;
    }

    void answer(Exchange exchange, List<String> parts) throws IOException {
        String call = exchange.method() + " " + String.join("/", parts);
        if (call.equals("POST jobs")) {
            StandInJob job = fleet.enqueue(
                    exchange.body().path("name").asText("job"),
                    exchange.texts("labels"),
                    exchange.body().path("script").asText("true"));
            exchange.answer(201, job.json());
        } else if (call.equals("GET state")) {
            exchange.answer(200, state());
        } else if (call.matches("POST jobs/\\d+/cancel")) {
            Optional<StandInJob> job = fleet.job(Long.parseLong(parts.get(1)));
            job.ifPresent(fleet::cancel);
            exchange.nothing(job.isPresent() ? 204 : 404);
        } else if (call.equals("POST settings")) {
            fleet.lieAboutBusy(exchange.body().path("lieAboutBusy").asBoolean(false));
            settings.open(exchange.body().path("public").asBoolean(false));
            exchange.nothing(204);
        } else if (call.equals("POST faults")) {
            faults.order(
                    exchange.body().path("calls").asText(),
                    exchange.body().path("status").asInt(),
                    exchange.body().path("message").asText("ordered by a test"),
                    exchange.body().path("times").asInt(1));
            exchange.nothing(204);
        } else {
            exchange.refuse(404, "the stand-in has no such control");
        }
    }

    private ObjectNode state() {
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        var runners = json.putArray("runners");
        fleet.all().forEach(runner -> runners.add(runner.json(fleet.online(runner), fleet.shownBusy(runner))));
        var jobs = json.putArray("jobs");
        fleet.jobs().forEach(job -> jobs.add(job.json()));
        json.put("registrations", fleet.registrations());
        var made = json.putArray("requests");
        requests.forEach(made::add);
        return json;
    }
}
