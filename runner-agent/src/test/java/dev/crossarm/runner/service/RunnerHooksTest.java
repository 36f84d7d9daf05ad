package dev.crossarm.runner.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.TestSurroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.text.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Run as the runner runs them: {@code bash -e FILE}. */
@Timeout(120)
final class RunnerHooksTest {
    @TempDir
    Path temporary;

    private RunnerHooks hooks;
    private Path records;
    private Path dropIns;

    private record Ran(int status, String said) {}

    @BeforeEach
    void install() throws IOException {
        Path folder = temporary.toRealPath();
        hooks = new RunnerHooks(folder.resolve("hooks of ours"));
        hooks.install(new DurableFiles(Checkpoint.NONE));
        records = folder.resolve("records");
        dropIns = Files.createDirectories(folder.resolve("etc/hooks/job-started.d"));
    }

    private Ran run(String script, Map<String, String> more) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/bash", "-e", hooks.folder().resolve(script).toString());
        builder.redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "CROSSARM_JOB_RECORDS", records.toString(),
                        "CROSSARM_HOOKS",
                                temporary.toRealPath().resolve("etc/hooks").toString(),
                        "GITHUB_JOB", "build",
                        "GITHUB_REPOSITORY", "acme/tools",
                        "GITHUB_RUN_ID", "12",
                        "GITHUB_RUN_ATTEMPT", "2"));
        builder.environment()
                .put(
                        "CROSSARM_HOOKS_OWNER",
                        Files.getAttribute(temporary, "unix:uid").toString());
        builder.environment().putAll(more);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), said);
    }

    private void dropIn(String name, String text, String mode) throws IOException {
        Path file = dropIns.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private List<JsonTree> written() throws IOException {
        try (Stream<Path> files = Files.list(records)) {
            return files.sorted().map(RunnerHooksTest::parsed).toList();
        }
    }

    private static JsonTree parsed(Path file) {
        try {
            return JsonTree.parse(Files.readString(file));
        } catch (IOException error) {
            throw new AssertionError(file + " is no JSON", error);
        }
    }

    @Test
    void writes_a_record_of_each_start_and_end() throws Exception {
        assertThat(run("job-started.sh", Map.of("GITHUB_WORKFLOW", "a \"quoted\"\n\\name\u0001")))
                .isEqualTo(new Ran(0, ""));
        assertThat(run("job-completed.sh", Map.of())).isEqualTo(new Ran(0, ""));
        assertThat(written()).hasSize(2);
        JsonTree first = written().get(0);
        assertThat(first.at("event").text()).isEqualTo("started");
        assertThat(first.at("job").text()).isEqualTo("build");
        assertThat(first.at("repository").text()).isEqualTo("acme/tools");
        assertThat(first.at("run").text()).isEqualTo("12");
        assertThat(first.at("attempt").text()).isEqualTo("2");
        assertThat(first.at("workflow").text()).isEqualTo("a \"quoted\" \\name ");
        assertThat(written().get(1).at("event").text()).isEqualTo("completed");
    }

    @Test
    void ends_with_0_when_its_record_cannot_be_written() throws Exception {
        Files.writeString(records, "a file in the folder's place");
        assertThat(run("job-started.sh", Map.of()).status()).isZero();
        assertThat(run("job-started.sh", Map.of("CROSSARM_JOB_RECORDS", "")).status())
                .isZero();
    }

    @Test
    void runs_the_administrators_hooks_in_order_with_the_jobs_variables() throws Exception {
        dropIn("20-second", "echo second $GITHUB_JOB\n", "rwxr-xr-x");
        dropIn("10-first", "echo first\n", "rwxr-xr-x");
        Ran ran = run("job-started.sh", Map.of());
        assertThat(ran).isEqualTo(new Ran(0, "first\nsecond build\n"));
    }

    @Test
    void a_hook_that_fails_is_told_and_the_job_goes_on() throws Exception {
        dropIn("10-bad", "exit 3\n", "rwxr-xr-x");
        dropIn("20-good", "echo still run\n", "rwxr-xr-x");
        Ran ran = run("job-started.sh", Map.of());
        assertThat(ran.status()).isZero();
        assertThat(ran.said()).contains("::warning", "10-bad ended with status 3", "still run");
    }

    @Test
    void a_hook_that_says_so_fails_the_job() throws Exception {
        dropIn("10-guard", "# crossarm: on-failure=fail-job\nexit 3\n", "rwxr-xr-x");
        Ran ran = run("job-started.sh", Map.of());
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.said()).contains("::error", "which fails this job");
    }

    @Test
    void a_hook_that_hangs_is_ended_at_its_deadline() throws Exception {
        dropIn("10-hangs", "# crossarm: deadline=1\ntrap '' TERM\nwhile :; do sleep 0.1; done\n", "rwxr-xr-x");
        Ran ran = run("job-started.sh", Map.of());
        assertThat(ran.status()).isZero();
        assertThat(ran.said()).contains("10-hangs did not end within 1 s");
    }

    @Test
    void runs_nothing_that_somebody_else_can_change() throws Exception {
        dropIn("10-open", "echo open\n", "rwxrwxrwx");
        dropIn("20-group", "echo group\n", "rwxrwxr-x");
        Files.createSymbolicLink(dropIns.resolve("30-link"), Path.of("/bin/echo"));
        dropIn("40-no-program", "echo none\n", "rw-r--r--");
        dropIn("50-old.bak", "echo backup\n", "rwxr-xr-x");
        Ran ran = run("job-started.sh", Map.of());
        assertThat(ran.status()).isZero();
        assertThat(ran.said().lines()).hasSize(4).allMatch(line -> line.startsWith("::warning"));

        Files.setPosixFilePermissions(dropIns, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(run("job-started.sh", Map.of()).said()).contains("so nothing in it is run");
    }

    @Test
    void keeps_the_newest_records_and_deletes_the_oldest() throws IOException {
        Files.createDirectories(records);
        for (int i = 0; i < JobRecords.KEPT + 5; i++) {
            Files.writeString(records.resolve("2026%06d.json".formatted(i)), "{}");
        }
        new JobRecords(records).keepNewest(new DurableFiles(Checkpoint.NONE));
        try (Stream<Path> left = Files.list(records)) {
            assertThat(left.map(file -> file.getFileName().toString()).sorted())
                    .hasSize(JobRecords.KEPT)
                    .startsWith("2026000005.json");
        }
    }

    @Test
    void go_as_they_came() {
        assertThat(hooks.files()).allSatisfy(file -> assertThat(file).isExecutable());
        hooks.remove(new DurableFiles(Checkpoint.NONE));
        assertThat(hooks.folder()).doesNotExist();
        assertThat(TestSurroundings.user()).isNotEmpty();
    }
}
