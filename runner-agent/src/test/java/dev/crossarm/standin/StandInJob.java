package dev.crossarm.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A job on the server. Guarded by its {@link StandInFleet}. */
final class StandInJob {
    /** Where it stands. */
    enum State {
        QUEUED,
        OFFERED,
        RUNNING,
        DONE
    }

    final long id;
    final String name;
    final List<String> labels;
    final String script;
    State state = State.QUEUED;
    String result = "";
    String runner = "";
    long offeredNanos;
    int offers;
    boolean cancelled;

    /** Whether the listener that runs it has been told so. */
    boolean cancelTold;

    StandInJob(long id, String name, List<String> labels, String script) {
        this.id = id;
        this.name = name;
        this.labels = List.copyOf(labels);
        this.script = script;
    }

    ObjectNode json() {
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("id", id);
        json.put("name", name);
        json.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
        json.put("result", result);
        json.put("runner", runner);
        json.put("offers", offers);
        json.put("cancelled", cancelled);
        return json;
    }
}
