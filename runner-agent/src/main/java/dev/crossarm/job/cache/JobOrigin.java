package dev.crossarm.job.cache;

import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.text.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whose code a job builds, as far as the event tells (GitHub's documentation, "Events that trigger workflows"): jobs of different
 * classes keep their compiled crates apart. A job that may check out a stranger's commit counts as one that does.
 *
 * @param trust whose code it is
 * @param group what is kept apart: nothing for the repository's own branches, else for example {@code pull-requests} or the name
 *     of a fork; absent where that cannot be told
 * @param because for people, why it is not the repository's own; empty where it is
 */
record JobOrigin(Trust trust, Optional<String> group, String because) {

    /** Whose code it is. */
    enum Trust {
        /** Of the repository, or of a build outside of jobs. */
        OWN,
        /** Of somebody who may not write to the repository, or of nobody knows whom. */
        FOREIGN
    }

    private static final JobOrigin BRANCH = new JobOrigin(Trust.OWN, Optional.of(""), "");

    /** Their code is that of the pull request's head. */
    private static final Set<String> PULL_REQUESTS =
            Set.of("pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment");

    /** An event's description has some ten kilobytes. */
    private static final long LARGEST = 8L << 20;

    static JobOrigin of(Surroundings job) {
        if (job.variable("GITHUB_ACTIONS").isEmpty()) {
            return BRANCH;
        }
        Optional<String> event = job.variable("GITHUB_EVENT_NAME");
        if (event.isEmpty()) {
            return unknown("the job does not say which event started it (GITHUB_EVENT_NAME)");
        }
        String name = event.get();
        boolean comment = name.equals("issue_comment");
        if (!PULL_REQUESTS.contains(name) && !name.equals("workflow_run") && !comment) {
            return BRANCH;
        }
        Optional<JsonTree> described = described(job);
        if (described.isEmpty()) {
            return unknown("what started it cannot be read (" + name + ", GITHUB_EVENT_PATH)");
        }
        JsonTree payload = described.get();
        if (comment) {
            return payload.at("issue").at("pull_request").value() == null
                    ? BRANCH
                    : foreign(name, "it was started by a comment on a pull request");
        }
        JsonTree head = name.equals("workflow_run")
                ? payload.at("workflow_run").at("head_repository")
                : payload.at("pull_request").at("head").at("repo");
        return ofHead(name, head.at("full_name").string(), job.variable("GITHUB_REPOSITORY"));
    }

    private static JobOrigin ofHead(String event, Optional<String> head, Optional<String> repository) {
        if (head.isEmpty()) {
            // GitHub leaves it out once the fork is deleted.
            return foreign(event, "it was started by " + event + " from a repository that is not named");
        }
        if (repository.isPresent() && repository.get().equalsIgnoreCase(head.get())) {
            return event.equals("workflow_run") ? BRANCH : new JobOrigin(Trust.OWN, Optional.of("pull-requests"), "");
        }
        return foreign(
                "fork-" + head.get().toLowerCase(Locale.ROOT),
                "it was started by " + event + " from " + printable(head.get()));
    }

    private static JobOrigin foreign(String group, String because) {
        return new JobOrigin(Trust.FOREIGN, Optional.of(group), because);
    }

    private static JobOrigin unknown(String because) {
        return new JobOrigin(Trust.FOREIGN, Optional.empty(), because);
    }

    private static Optional<JsonTree> described(Surroundings job) {
        Optional<Path> file = job.variable("GITHUB_EVENT_PATH").map(Path::of).filter(Files::isRegularFile);
        try {
            return file.isPresent() && Files.size(file.get()) <= LARGEST
                    ? Optional.of(JsonTree.parse(RegularFile.utf8(file.get(), RegularFile.GENERATED)))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String printable(String text) {
        return text.replaceAll("[^A-Za-z0-9._/-]", "?");
    }
}
