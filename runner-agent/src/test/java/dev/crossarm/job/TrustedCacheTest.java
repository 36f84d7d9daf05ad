package dev.crossarm.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.job.cache.BuildCache;
import dev.crossarm.job.request.BuildRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which jobs find what other jobs have left in the build cache. */
class TrustedCacheTest {
    @TempDir
    Path root;

    private ScriptedCargo cargo;

    @BeforeEach
    void machine() {
        cargo = new ScriptedCargo(root);
        cargo.answering(
                "build",
                ScriptedCargo.builds("demo", "/bin/true") + "ls \"${CARGO_TARGET_DIR:-target}\" >'" + root
                        + "/seen'; : >\"${CARGO_TARGET_DIR:-target}/left\"\n");
        cargo.variable("GITHUB_ACTIONS", "true")
                .variable("GITHUB_REPOSITORY", "acme/demo")
                .variable("GITHUB_EVENT_NAME", "push");
    }

    private BuildRun.Ended build(Optional<Boolean> wanted) {
        BuildRequest plain = cargo.request();
        return cargo.build(new BuildRequest(
                plain.directory(),
                plain.cargo(),
                plain.cpu(),
                plain.checks(),
                plain.trial(),
                plain.packing(),
                new BuildRequest.Cache(wanted, root.resolve("cache"), 1L << 40)));
    }

    private boolean sawWhatWasLeft() throws IOException {
        return Files.readString(root.resolve("seen")).contains("left");
    }

    private void pullRequestFrom(String head) throws IOException {
        Path event = Files.writeString(
                root.resolve("event.json"),
                "{\"pull_request\": {\"head\": {\"repo\": {\"full_name\": \"" + head + "\"}}}}");
        cargo.variable("GITHUB_EVENT_NAME", "pull_request").variable("GITHUB_EVENT_PATH", event.toString());
    }

    @Test
    void a_fork_s_pull_request_gets_no_cache_by_default_and_is_told_why() throws IOException {
        build(Optional.empty());
        pullRequestFrom("mallory/demo");

        BuildRun.Ended ended = build(Optional.empty());

        assertThat(ended.exit()).isZero();
        assertThat(ended.summary().cache().kind()).isEqualTo(BuildCache.State.Kind.OFF);
        assertThat(ended.summary().notes())
                .anyMatch(note -> note.contains("pull_request from mallory/demo") && note.contains("cache: true"));
        assertThat(sawWhatWasLeft()).isFalse();
    }

    @Test
    void each_fork_gets_a_cache_of_its_own_where_the_cache_is_switched_on() throws IOException {
        build(Optional.of(true));
        pullRequestFrom("mallory/demo");
        build(Optional.of(true));
        assertThat(sawWhatWasLeft()).isFalse();
        build(Optional.of(true));
        assertThat(sawWhatWasLeft()).isTrue();
        pullRequestFrom("eve/demo");
        build(Optional.of(true));
        assertThat(sawWhatWasLeft()).isFalse();
        cargo.variable("GITHUB_EVENT_NAME", "push");
        build(Optional.of(true));
        assertThat(sawWhatWasLeft()).isTrue();
    }

    @Test
    void the_repository_s_own_pull_requests_have_a_cache_that_branches_do_not_read() throws IOException {
        pullRequestFrom("acme/demo");
        build(Optional.empty());
        build(Optional.empty());
        assertThat(sawWhatWasLeft()).isTrue();
        cargo.variable("GITHUB_EVENT_NAME", "push");
        build(Optional.empty());
        assertThat(sawWhatWasLeft()).isFalse();
    }

    @Test
    void a_job_that_may_only_read_uses_what_is_there_and_leaves_nothing() throws IOException {
        build(Optional.empty());
        Files.delete(slot().resolve("target/left"));
        Files.createFile(slot().resolve("target/before"));
        cargo.variable("ACTIONS_CACHE_MODE", "read");

        BuildRun.Ended ended = build(Optional.empty());

        assertThat(ended.exit()).isZero();
        assertThat(ended.summary().cache().kind()).isEqualTo(BuildCache.State.Kind.WARM);
        assertThat(root.resolve("seen")).content().contains("before");
        assertThat(slot().resolve("target/left")).doesNotExist();
        assertThat(ended.summary().programs().get(0).program().file())
                .isEqualTo(cargo.project.resolve("target/x86_64-unknown-linux-musl/debug/demo"))
                .exists();
        try (var kept = Files.walk(root.resolve("cache"))) {
            assertThat(kept.filter(file -> file.endsWith("target"))).containsExactly(slot().resolve("target"));
        }
    }

    @Test
    void a_job_that_may_only_write_replaces_what_is_there() throws IOException {
        build(Optional.empty());
        cargo.variable("ACTIONS_CACHE_MODE", "write-only");

        BuildRun.Ended ended = build(Optional.empty());

        assertThat(ended.summary().cache().kind()).isEqualTo(BuildCache.State.Kind.COLD);
        assertThat(sawWhatWasLeft()).isFalse();
        assertThat(slot().resolve("target/left")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "something-new"})
    void a_job_that_may_do_neither_builds_without(String mode) throws IOException {
        cargo.variable("ACTIONS_CACHE_MODE", mode);

        BuildRun.Ended ended = build(Optional.of(true));

        assertThat(ended.summary().cache().kind()).isEqualTo(BuildCache.State.Kind.OFF);
        assertThat(ended.summary().notes()).contains("cache off: ACTIONS_CACHE_MODE of this job is " + mode);
        try (var all = Files.walk(root.resolve("cache"))) {
            assertThat(all.filter(file -> file.endsWith("slot-0"))).isEmpty();
        }
    }

    private Path slot() throws IOException {
        try (var all = Files.walk(root.resolve("cache"))) {
            return all.filter(one -> one.endsWith("slot-0") && !one.toString().contains(".copies"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
