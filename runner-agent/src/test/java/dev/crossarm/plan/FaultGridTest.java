package dev.crossarm.plan;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.crossarm.host.files.TestMount;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault a step must stand, on one step that writes files and one that runs a child, with nothing pretended. */
@Timeout(value = 10, unit = MINUTES)
class FaultGridTest {

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> writing_files_keeps_the_contract() {
        return StepContract.of(ModelSteps.FILE::create)
                .startingFrom(ModelSteps.FILE::prepare)
                .sharing(FileModelStep.SHARED)
                .withSecrets(FileModelStep.TOKEN)
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> running_a_child_keeps_the_contract() {
        return StepContract.of(ModelSteps.CHILD::create)
                .startingFrom(ModelSteps.CHILD::prepare)
                .tests();
    }

    @Test
    void converges_after_the_child_was_killed_at_any_place_inside_it() throws IOException {
        for (int place = 1; place < 100; place++) {
            Path host = Files.createDirectory(directory.resolve("host-" + place));
            ModelSteps.CHILD.prepare(host);
            Path killAt = host.resolve(ChildModelStep.SCRIPT + ".kill-at");
            Files.writeString(killAt, String.valueOf(place));

            RunReport report = run(ModelSteps.CHILD, host);
            if (report.good()) {
                assertThat(place).as("places inside the script").isEqualTo(7);
                return;
            }

            assertThat(problem(report).detail()).contains("ended with status 137");
            Files.delete(killAt);
            assertMendedBy(run(ModelSteps.CHILD, host), host);
        }
        fail("the script never came to its end");
    }

    @ParameterizedTest
    @EnumSource
    void names_the_full_disk_and_converges_when_there_is_room_again(ModelSteps step) throws IOException {
        Path host = directory.resolve("host");
        try (TestMount disk = TestMount.tmpfs(host, "size=128k")) {
            step.prepare(host);
            Path filler = host.resolve("filler");
            fill(filler);

            RunReport report = run(step, host);

            assertThat(report.good()).isFalse();
            assertThat(problem(report).remedies()).isNotEmpty();
            if (step == ModelSteps.FILE) {
                assertThat(problem(report).code()).isEqualTo("no-space");
                assertThat(report.exit()).isEqualTo(ExitStatus.CANNOT_CREATE);
            } else {
                assertThat(problem(report).detail()).contains("No space left on device");
            }
            Files.delete(filler);
            assertMendedBy(run(step, host), host);
            assertThat(disk).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void names_the_read_only_file_system_and_converges_when_it_is_writable(ModelSteps step) throws IOException {
        Path host = directory.resolve("host");
        try (TestMount disk = TestMount.tmpfs(host, "size=1m")) {
            step.prepare(host);
            TreeSnapshot before = TreeSnapshot.of(host);
            disk.remountReadOnly();

            RunReport report = run(step, host);

            assertThat(report.good()).isFalse();
            if (step == ModelSteps.FILE) {
                assertThat(problem(report).code()).isEqualTo("read-only-file-system");
                assertThat(report.exit()).isEqualTo(ExitStatus.CANNOT_CREATE);
            } else {
                assertThat(problem(report).detail()).contains("Read-only file system");
            }
            assertThat(TreeSnapshot.of(host).touchedSince(before)).isEmpty();
            disk.remountWritable();
            assertMendedBy(run(step, host), host);
        }
    }

    @ParameterizedTest
    @EnumSource
    void names_the_missing_right_and_converges_when_it_is_granted(ModelSteps step) throws Exception {
        Path host = Files.createDirectory(directory.resolve("host"));
        step.prepare(host);
        Path guarded = host.resolve("opt");
        Files.setPosixFilePermissions(guarded, java.nio.file.attribute.PosixFilePermissions.fromString("r-xr-xr-x"));
        TreeSnapshot before = TreeSnapshot.of(host);

        ForkedStep.Ended ended = ForkedStep.withoutPrivileges(step, host).end();

        assertThat(ended.status()).as(ended.output()).isNotZero();
        assertThat(ended.output()).containsIgnoringCase("permission denied");
        if (step == ModelSteps.FILE) {
            assertThat(ended.output()).contains("\"code\":\"no-permission\"");
            assertThat(ended.status()).isEqualTo(ExitStatus.NO_PERMISSION.code());
        }
        assertThat(TreeSnapshot.of(host).touchedSince(before).stream().filter(line -> line.startsWith("opt")))
                .isEmpty();
        Files.setPosixFilePermissions(guarded, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(ForkedStep.withoutPrivileges(step, host).end().status()).isZero();
        assertMendedBy(run(step, host), host);
    }

    @Test
    void shows_what_a_failing_child_said_and_converges_when_it_works() throws IOException {
        Path host = Files.createDirectory(directory.resolve("host"));
        ModelSteps.CHILD.prepare(host);
        ChildModelStep.putScript(host, "#!/bin/sh\nmkdir \"$1.part\"\necho 'E: mirror is broken' >&2\nexit 100\n");

        RunReport report = run(ModelSteps.CHILD, host);

        assertThat(problem(report).code()).isEqualTo("tools-not-made");
        assertThat(problem(report).detail()).contains("ended with status 100").contains("E: mirror is broken");
        assertThat(report.exit()).isEqualTo(ExitStatus.STEP_FAILED);
        ChildModelStep.putScript(host, ChildModelStep.GOOD_SCRIPT);
        assertMendedBy(run(ModelSteps.CHILD, host), host);
    }

    @Test
    void ends_a_hanging_child_with_all_its_own_and_converges_when_it_works() throws IOException {
        Path host = Files.createDirectory(directory.resolve("host"));
        ModelSteps.CHILD.prepare(host);
        ChildModelStep.putScript(
                host,
                "#!/bin/sh\ntrap '' TERM\nsleep 1000 & echo $! > \"$0.pid\"\necho waiting\nsleep 1000\nsleep 1000\n");

        RunReport report = new ContractRun(
                        (root, checkpoint) -> ModelSteps.withDeadline(root, checkpoint, Duration.ofSeconds(1)),
                        host,
                        Set.of())
                .carryOut(Plan.Action.PROVISION, FaultAt.never(), FaultAt.never())
                .orElseThrow();

        assertThat(problem(report).detail()).contains("did not end within 1 s").contains("waiting");
        long grandchild = Long.parseLong(
                Files.readString(host.resolve(ChildModelStep.SCRIPT + ".pid")).strip());
        assertThat(runs(grandchild)).as("the hanging child's own child runs").isFalse();
        ChildModelStep.putScript(host, ChildModelStep.GOOD_SCRIPT);
        assertMendedBy(run(ModelSteps.CHILD, host), host);
    }

    @ParameterizedTest
    @CsvSource({"FILE, 2", "FILE, 9", "CHILD, 1", "CHILD, 2"})
    void converges_after_a_real_sigkill(ModelSteps step, int checkpoint) throws Exception {
        Path host = Files.createDirectory(directory.resolve("host"));
        step.prepare(host);

        ForkedStep fork = ForkedStep.restingAt(step, host, checkpoint);
        assertThat(fork.firstLine()).startsWith("reached ");
        fork.kill();

        assertThat(fork.end().status()).as("128 + SIGKILL").isEqualTo(137);
        assertMendedBy(run(step, host), host);
        try (Stream<Path> all = Files.walk(host)) {
            assertThat(all.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    /** A process that ended and that nobody has collected yet does not run. */
    private static boolean runs(long pid) throws IOException {
        Path stat = Path.of("/proc", String.valueOf(pid), "stat");
        return Files.exists(stat) && !Files.readString(stat).matches("(?s).*\\) [ZX] .*");
    }

    private static RunReport run(ModelSteps step, Path host) {
        return new ContractRun(step::create, host, Set.of(FileModelStep.TOKEN))
                .carryOut(Plan.Action.PROVISION, FaultAt.never(), FaultAt.never())
                .orElseThrow();
    }

    private static void assertMendedBy(RunReport report, Path host) {
        assertThat(report.good()).as(() -> RunJson.of(report).toPrettyString()).isTrue();
        assertThat(host.resolve("opt/tools.part")).doesNotExist();
    }

    private static Problem problem(RunReport report) {
        return report.firstFailure().orElseThrow().problem();
    }

    private static void fill(Path filler) throws IOException {
        try (var stream = Files.newOutputStream(filler)) {
            byte[] block = new byte[4096];
            for (int i = 0; i < 1000; i++) {
                stream.write(block);
            }
            fail("the disk of the test is larger than it should be");
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }
}
