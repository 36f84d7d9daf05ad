package dev.crossarm.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a one-job runner is to be.
 *
 * @param name at most 64 characters, not in use in the scope
 * @param group id of a runner group; 1 is the default of every scope
 * @param labels 1 to 100, all that it is to have: GitHub adds none
 * @param workFolder relative to the runner's root
 */
public record JitRequest(String name, long group, List<String> labels, String workFolder) {

    public JitRequest {
        labels = List.copyOf(labels);
        if (name.isBlank() || name.length() > 64) {
            throw new IllegalArgumentException("a runner's name has 1 to 64 characters: " + name);
        }
        if (labels.isEmpty() || labels.size() > 100) {
            throw new IllegalArgumentException("a runner has 1 to 100 labels, not " + labels.size());
        }
    }

    String json() {
        ObjectNode body = Fields.MAPPER.createObjectNode();
        body.put("name", name);
        body.put("runner_group_id", group);
        labels.forEach(body.putArray("labels")::add);
        body.put("work_folder", workFolder);
        return body.toString();
    }
}
