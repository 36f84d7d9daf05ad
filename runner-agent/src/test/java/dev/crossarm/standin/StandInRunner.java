package dev.crossarm.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runner's record on the server. Guarded by its {@link StandInFleet}. */
final class StandInRunner {
    final long id;
    final String name;
    final String secret;
    final boolean ephemeral;
    final long group;
    final List<String> given = new ArrayList<>();
    final List<String> own = new ArrayList<>();

    @Nullable
    String version;

    long lastSeenNanos;
    boolean polling;
    boolean seen;

    /** Whether a listener has opened a session and not closed it. */
    boolean session;

    /** Handed out with an answer to a poll, and not acknowledged yet. */
    @Nullable
    StandInJob offered;

    /** Acknowledged: from here on, and not before, the server calls the runner busy. */
    @Nullable
    StandInJob running;

    StandInRunner(long id, String name, String secret, boolean ephemeral, long group) {
        this.id = id;
        this.name = name;
        this.secret = secret;
        this.ephemeral = ephemeral;
        this.group = group;
    }

    boolean has(List<String> wanted) {
        return wanted.stream()
                .allMatch(label -> own.stream().anyMatch(label::equalsIgnoreCase)
                        || given.stream().anyMatch(label::equalsIgnoreCase));
    }

    ObjectNode json(boolean online, boolean shownBusy) {
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("id", id);
        json.put("runner_group_id", group);
        json.put("name", name);
        json.put("os", "linux");
        json.put("status", online ? "online" : "offline");
        json.put("busy", shownBusy);
        json.put("ephemeral", ephemeral);
        if (version != null) {
            json.put("version", version);
        }
        json.set("labels", labels());
        return json;
    }

    ArrayNode labels() {
        ArrayNode all = Exchange.MAPPER.createArrayNode();
        given.forEach(label -> all.addObject().put("name", label).put("type", "read-only"));
        own.forEach(label -> all.addObject().put("name", label).put("type", "custom"));
        return all;
    }
}
