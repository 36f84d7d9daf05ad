package dev.crossarm.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.files.TestMount;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds whose workspace is full, or may not be written: on file systems that really are. */
@SuppressWarnings("try") // what is held or mounted for a while is not named again
class FullDiskTest {
    private static final String PLACE = "x86_64-unknown-linux-musl/debug/demo";

    @TempDir
    Path root;

    private ScriptedCargo cargo;

    @BeforeEach
    void machine() throws IOException {
        cargo = new ScriptedCargo(root);
        Files.write(root.resolve("large"), new byte[200_000]);
        cargo.answering("build", ScriptedCargo.builds("demo", "'" + root.resolve("large") + "'"));
    }

    @Test
    void a_program_that_does_not_fit_fails_the_build_and_leaves_no_older_one() throws IOException {
        Path target = cargo.project.resolve("target");
        try (TestMount full = TestMount.tmpfs(target, "size=64k")) {
            Path old = older(target);

            BuildRun.Ended ended = cargo.build(cached());

            Problem failure = ended.summary().failure().orElseThrow();
            assertThat(ended.exit()).isEqualTo(ExitStatus.CANNOT_CREATE.code());
            assertThat(failure.summary()).isEqualTo("cannot write " + old + ": no space left");
            assertThat(failure.detail()).contains("No space left on device", root.resolve("cache") + "/");
            assertThat(failure.remedies().get(0)).contains("df -h");
            assertThat(old).doesNotExist();
            assertThat(names(Objects.requireNonNull(target.resolve(PLACE).getParent())))
                    .isEmpty();
        }
    }

    @Test
    void a_program_takes_the_room_of_the_older_one() throws IOException {
        Path target = cargo.project.resolve("target");
        try (TestMount small = TestMount.tmpfs(target, "size=300k")) {
            Files.createDirectories(target.resolve(PLACE).getParent());
            Files.write(target.resolve(PLACE), new byte[180_000]);

            assertThat(cargo.build(cached()).summary().failure())
                    .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("not-elf"));
            assertThat(target.resolve(PLACE)).hasSameBinaryContentAs(root.resolve("large"));
        }
    }

    @Test
    void a_read_only_workspace_keeps_its_programs_in_the_cache_and_says_where() throws IOException {
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/true"));
        Path target = cargo.project.resolve("target");
        try (TestMount mount = TestMount.tmpfs(target, "size=64k")) {
            Path old = older(target);
            mount.remountReadOnly();

            BuildRun.Ended ended = cargo.build(cached());

            Path program = ended.summary().programs().get(0).program().file();
            assertThat(ended.exit()).isZero();
            assertThat(program).startsWith(root.resolve("cache")).hasSameBinaryContentAs(Path.of("/bin/true"));
            assertThat(ended.summary().warnings())
                    .singleElement()
                    .asString()
                    .contains("read-only", root.resolve("cache").toString(), old + " is from an earlier build");
        }
    }

    @Test
    void an_archive_that_does_not_fit_fails_the_build_with_the_reason() throws IOException {
        Path output = root.resolve("out");
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/bash"));
        try (TestMount full = TestMount.tmpfs(output, "size=64k")) {
            BuildRun.Ended ended = cargo.build(cached(archive(output)));

            assertThat(ended.summary().failure().orElseThrow().code()).isEqualTo("no-space");
            assertThat(ended.exit()).isEqualTo(ExitStatus.CANNOT_CREATE.code());
        }
    }

    @Test
    void a_failure_is_told_also_where_the_job_s_files_cannot_be_written() throws IOException {
        Path files = root.resolve("files");
        try (TestMount full = TestMount.tmpfs(files, "size=4k")) {
            Files.write(files.resolve("output"), new byte[4096]);
            cargo.variable("GITHUB_OUTPUT", files.resolve("output").toString())
                    .answering("build", "echo 'error: odd' >&2; exit 101");

            BuildRun.Ended ended = cargo.build(cargo.request());

            assertThat(ended.exit()).isEqualTo(101);
            assertThat(cargo.shown()).contains("warning: cannot append to");
        }
    }

    private static Path older(Path target) throws IOException {
        Files.createDirectories(target.resolve(PLACE).getParent());
        return Files.writeString(target.resolve(PLACE), "yesterday's");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(Path::toString).toList();
        }
    }

    private static BuildRequest.Packing archive(Path output) {
        return new BuildRequest.Packing(
                Optional.empty(), List.of(), true, Optional.of(output), Optional.of(false), false);
    }

    private BuildRequest cached() {
        return cached(cargo.request().packing());
    }

    private BuildRequest cached(BuildRequest.Packing packing) {
        BuildRequest plain = cargo.request();
        return new BuildRequest(
                plain.directory(),
                plain.cargo(),
                plain.cpu(),
                plain.checks(),
                plain.trial(),
                packing,
                new BuildRequest.Cache(Optional.of(true), root.resolve("cache"), 1L << 40));
    }
}
