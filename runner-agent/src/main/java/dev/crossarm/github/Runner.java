package dev.crossarm.github;

import java.util.List;
import java.util.Optional;

/**
 * A runner's record with GitHub, as it was told.
 *
 * @param id never used again
 * @param name unique in its scope at one time
 * @param online whether it has a connection
 * @param busy what GitHub believes; false also while a job runs, so nothing may be ended because of it
 * @param version of the runner's package; empty before it first connects, and on older servers
 */
public record Runner(
        long id,
        String name,
        String os,
        boolean online,
        boolean busy,
        List<Label> labels,
        Optional<Long> group,
        Optional<Boolean> ephemeral,
        Optional<String> version) {

    /**
     * A label.
     *
     * @param readOnly whether GitHub gave it by itself: it cannot be taken away
     */
    public record Label(String name, boolean readOnly) {
        static Label of(Fields fields) {
            return new Label(
                    fields.text("name"), fields.optionalText("type").orElse("").equals("read-only"));
        }
    }

    public Runner {
        labels = List.copyOf(labels);
    }

    static Runner of(Fields fields) {
        return new Runner(
                fields.id("id"),
                fields.text("name"),
                fields.text("os"),
                fields.text("status").equals("online"),
                fields.flag("busy"),
                fields.list("labels", Label::of),
                fields.optionalId("runner_group_id"),
                fields.optionalFlag("ephemeral"),
                fields.optionalText("version"));
    }
}
