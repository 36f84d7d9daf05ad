package dev.crossarm.job.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as GitHub describes them, cut down to what is read. */
class JobOriginTest {
    private static final Path WORKSPACE = Path.of("/home/demo");

    @TempDir
    Path folder;

    private Surroundings job(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "GITHUB_ACTIONS", "true", "GITHUB_REPOSITORY", "acme/demo", "GITHUB_SERVER_URL", "https://github.com"));
        all.putAll(variables);
        return new Surroundings(all, "ci", false, Path.of("/home/ci"), WORKSPACE, false, 80);
    }

    private JobOrigin origin(String event, String payload) throws IOException {
        Path file = Files.writeString(folder.resolve("event.json"), payload);
        return JobOrigin.of(job(Map.of("GITHUB_EVENT_NAME", event, "GITHUB_EVENT_PATH", file.toString())));
    }

    private static String pullRequest(String head) {
        return "{\"number\": 7, \"pull_request\": {\"base\": {\"repo\": {\"full_name\": \"acme/demo\"}}, \"head\": {\"repo\": "
                + (head.isEmpty() ? "null" : "{\"full_name\": \"" + head + "\", \"fork\": true}") + "}}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "schedule", "workflow_dispatch", "release", "merge_group", "repository_dispatch"})
    void trusts_what_is_on_the_repository_s_own_branches(String event) throws IOException {
        JobOrigin origin = origin(event, "{}");

        assertThat(origin.trust()).isEqualTo(JobOrigin.Trust.OWN);
        assertThat(origin.group()).contains("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"})
    void knows_a_fork_whatever_a_pull_request_s_event_is(String event) throws IOException {
        JobOrigin origin = origin(event, pullRequest("Mallory/demo"));

        assertThat(origin.trust()).isEqualTo(JobOrigin.Trust.FOREIGN);
        assertThat(origin.group()).contains("fork-mallory/demo");
        assertThat(origin.because()).isEqualTo("it was started by " + event + " from Mallory/demo");
    }

    @Test
    void trusts_the_repository_s_own_pull_requests_though_it_is_a_fork_itself_and_keeps_them_apart()
            throws IOException {
        JobOrigin origin = origin("pull_request", pullRequest("Acme/Demo"));

        assertThat(origin.trust()).isEqualTo(JobOrigin.Trust.OWN);
        assertThat(origin.group()).contains("pull-requests");
    }

    @Test
    void a_head_that_is_not_named_is_foreign_as_after_its_deletion() throws IOException {
        assertThat(origin("pull_request", pullRequest("")).trust()).isEqualTo(JobOrigin.Trust.FOREIGN);
    }

    @ParameterizedTest
    @CsvSource({"acme/demo,OWN", "mallory/demo,FOREIGN"})
    void goes_by_the_head_of_the_run_that_a_workflow_run_follows(String head, JobOrigin.Trust trust)
            throws IOException {
        assertThat(origin(
                                "workflow_run",
                                "{\"workflow_run\": {\"head_repository\": {\"full_name\": \"" + head + "\"}}}")
                        .trust())
                .isEqualTo(trust);
    }

    @Test
    void a_comment_is_foreign_where_it_is_on_a_pull_request() throws IOException {
        assertThat(origin("issue_comment", "{\"issue\": {\"number\": 1}}").trust())
                .isEqualTo(JobOrigin.Trust.OWN);
        assertThat(origin("issue_comment", "{\"issue\": {\"pull_request\": {\"url\": \"x\"}}}")
                        .trust())
                .isEqualTo(JobOrigin.Trust.FOREIGN);
    }

    @Test
    void an_event_that_cannot_be_read_is_foreign_where_it_could_be() throws IOException {
        List<JobOrigin> origins = List.of(
                JobOrigin.of(job(Map.of())),
                JobOrigin.of(job(Map.of("GITHUB_EVENT_NAME", "pull_request"))),
                JobOrigin.of(job(Map.of(
                        "GITHUB_EVENT_NAME",
                        "pull_request",
                        "GITHUB_EVENT_PATH",
                        folder.resolve("none").toString()))),
                origin("pull_request", "{\"pull_request\": [["),
                JobOrigin.of(job(Map.of("GITHUB_EVENT_NAME", "workflow_run", "GITHUB_EVENT_PATH", "/dev/zero"))));

        assertThat(origins).allMatch(origin -> origin.trust() == JobOrigin.Trust.FOREIGN);
        assertThat(origins).allMatch(origin -> origin.group().isEmpty());
    }

    @Test
    void a_build_outside_of_jobs_is_the_caller_s_own() {
        Surroundings shell = new Surroundings(Map.of(), "ada", false, folder, folder, false, 80);

        assertThat(JobOrigin.of(shell).trust()).isEqualTo(JobOrigin.Trust.OWN);
    }

    @Test
    void every_repository_and_every_class_has_a_folder_of_its_own_also_where_their_names_look_alike() {
        assertThat(List.of(
                        key("acme/demo", ""),
                        key("acme-demo", ""),
                        key("acme/../demo", ""),
                        key("other/demo", ""),
                        key("acme/demo", "pull-requests"),
                        key("acme/demo-pull-requests", ""),
                        key("acme/demo", "fork-mallory/demo"),
                        key("acme/demo", "fork-mallory-demo")))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[A-Za-z0-9][A-Za-z0-9._-]*"));
    }

    private String key(String repository, String group) {
        return JobCache.key(
                job(Map.of("GITHUB_REPOSITORY", repository)),
                new JobOrigin(JobOrigin.Trust.OWN, Optional.of(group), ""),
                WORKSPACE);
    }
}
