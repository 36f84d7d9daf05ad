package dev.crossarm.provision.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.CheckpointedCommands;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.StepContract;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.NeededPackages;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackagesStepTest {
    private static final NeededPackages NEEDED =
            new NeededPackages(List.of("build-essential", "cmake", "gcc-x86-64-linux-gnu"), List.of("git"));
    private static final HostFacts FACTS = new HostFacts("debian", "13", "Debian 13", "aarch64", "6.12", 8L << 30, 4);

    @TempDir
    Path tools;

    @TempDir
    Path root;

    private final List<String> waits = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private final Progress progress = new Progress() {
        @Override
        public void line(String text) {
            lines.add(text);
        }

        @Override
        public void waiting(String reason) {
            waits.add(reason);
        }
    };

    @BeforeEach
    void prepare() throws IOException {
        ScriptedApt.prepare(root, List.of("base-files", "make"));
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_contract() {
        return StepContract.of((host, checkpoint) -> {
                    ScriptedApt apt = new ScriptedApt(host, tools).working();
                    return step(host, apt.surroundings(true), checkpoint);
                })
                .startingFrom(host -> ScriptedApt.prepare(host, List.of("base-files")))
                .leaving("var/lib/dpkg/status", "state", "state/receipts")
                // The receipt has a third whole state on purpose: an installation has begun.
                .passing("state/receipts/packages.json")
                .tests();
    }

    @Test
    void installs_only_what_is_missing() throws IOException {
        ScriptedApt.prepare(root, List.of("build-essential"));
        PackagesStep step = working();

        assertThat(drift(step).changes())
                .extracting(Change::summary)
                .containsExactly("install 2 packages: cmake gcc-x86-64-linux-gnu");
    }

    @Test
    void counts_a_package_that_another_one_provides() throws IOException {
        Files.writeString(
                root.resolve("var/lib/dpkg/status"),
                ScriptedApt.stanza("build-essential", "install ok installed")
                        + "Package: cmake-bin\nStatus: install ok installed\nArchitecture: all\n"
                        + "Provides: cmake (= 3), something-else\n\n");

        assertThat(drift(working()).changes()).extracting(Change::target).containsExactly("gcc-x86-64-linux-gnu");
    }

    @Test
    void does_not_count_a_package_of_another_architecture_or_a_removed_one() throws IOException {
        Files.writeString(
                root.resolve("var/lib/dpkg/status"),
                "Package: cmake\nStatus: install ok installed\nArchitecture: amd64\n\n"
                        + ScriptedApt.stanza("build-essential", "deinstall ok config-files"));

        assertThat(drift(working()).changes())
                .extracting(Change::target)
                .containsExactly("build-essential cmake gcc-x86-64-linux-gnu");
    }

    @Test
    void mends_an_interrupted_dpkg_before_it_installs() throws IOException {
        Files.writeString(
                root.resolve("var/lib/dpkg/status"),
                Files.readString(root.resolve("var/lib/dpkg/status"))
                        + ScriptedApt.stanza("half-done", "install ok unpacked"));
        Files.writeString(root.resolve("var/lib/dpkg/updates/0001"), "");
        PackagesStep step = working();

        List<Repair> changes = drift(step).repairs();
        assertThat(changes)
                .extracting(Repair::change)
                .extracting(Change::target)
                .startsWith("dpkg --configure -a");
        changes.forEach(repair -> step.apply(repair.fix(), progress));

        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void fetches_the_lists_again_when_the_mirror_was_updated_under_a_repair() throws IOException {
        Files.writeString(root.resolve("var/lib/dpkg/updates/0001"), "");

        assertReadsTheIndexAgainWhenRefused("install --fix-broken");
    }

    @Test
    void waits_for_a_lock_and_says_who_holds_it() throws IOException {
        Path lock = root.resolve("var/lib/dpkg/lock-frontend");
        PackagesStep step = working();
        List<Repair> changes = drift(step).repairs();
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();

            Problem problem = problemOf(step, changes.get(0));

            assertThat(problem.code()).isEqualTo("apt-locked");
            assertThat(problem.exit()).isEqualTo(ExitStatus.TRY_LATER);
            assertThat(problem.summary())
                    .contains("(pid " + ProcessHandle.current().pid() + ")", "600 s");
            assertThat(waits).isNotEmpty().allMatch(reason -> reason.startsWith("apt is locked by "));
        }
        step.apply(changes.get(0).fix(), progress);
        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void goes_on_when_apt_loses_the_race_for_the_lock() {
        PackagesStep step =
                step(root, new ScriptedApt(root, tools).refusedLock(3).surroundings(true), Checkpoint.NONE);

        step.apply(drift(step).repairs().get(0).fix(), progress);

        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
        assertThat(waits).hasSize(3);
    }

    @Test
    void fetches_the_lists_again_when_the_mirror_was_updated_under_the_installation() {
        assertReadsTheIndexAgainWhenRefused("install");
    }

    private void assertReadsTheIndexAgainWhenRefused(String command) {
        PackagesStep step = step(
                root,
                new ScriptedApt(root, tools)
                        .refused(command, 2, "E: Failed to fetch http://m/x.deb  404  Not Found")
                        .surroundings(true),
                Checkpoint.NONE);

        drift(step).repairs().forEach(repair -> step.apply(repair.fix(), progress));

        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
        assertThat(lines).contains("a package mirror is being updated: reading its index again in 5 s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "E: Unable to locate package gcc-x86-64-linux-gnu|package-unknown|UNAVAILABLE",
                "E: Package 'cmake' has no installation candidate|package-unknown|UNAVAILABLE",
                "E: Failed to fetch http://m/x.deb  404  Not Found|mirror-unreachable|UNAVAILABLE",
                "W: Temporary failure resolving 'mirror.example'|mirror-unreachable|UNAVAILABLE",
                "E: Failed to fetch http://m/x.deb  Hash Sum mismatch|package-digest|DATA",
                "E: The repository 'http://m trixie InRelease' is not signed.|index-unsigned|DATA",
                "W: GPG error: x InRelease: The following signatures were invalid: EXPKEYSIG 1234567890ABCDEF|index-unsigned|DATA",
                "W: x: signatures were invalid: BADSIG 12 E: The repository 'x' is not signed.|package-digest|DATA",
                "E: Release file for http://m/InRelease is not valid yet (invalid for another 3h 1min 2s).|index-untimely|DATA",
                "E: Release file for http://m/InRelease is expired (invalid since 3d 1h 2min 3s).|index-untimely|DATA",
                "dpkg: error: cannot copy: failed to write (No space left on device)|disk-full|CANNOT_CREATE",
                "E: You don't have enough free space in /var/cache/apt/archives/.|disk-full|CANNOT_CREATE",
                "E: Packages need to be removed but remove is disabled.|package-conflict|STEP_FAILED",
                "E: Unable to correct problems, you have held broken packages.|package-dependencies|STEP_FAILED",
                "E: dpkg was interrupted, you must manually run 'dpkg --configure -a'|dpkg-interrupted|STEP_FAILED",
                "E: Something nobody has seen before|apt-failed|STEP_FAILED"
            })
    void names_the_cause_when_apt_fails(String output, String code, ExitStatus exit) {
        PackagesStep step =
                step(root, new ScriptedApt(root, tools).failing(output).surroundings(true), Checkpoint.NONE);

        Problem problem = problemOf(step, drift(step).repairs().get(0));

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.exit()).isEqualTo(exit);
        assertThat(problem.detail()).contains("apt-get", output);
        assertThat(problem.remedies()).isNotEmpty();
    }

    @Test
    void prints_the_line_to_type_when_it_may_not_install() {
        PackagesStep step = step(root, new ScriptedApt(root, tools).working().surroundings(false), Checkpoint.NONE);

        Problem problem = problemOf(step, drift(step).repairs().get(0));

        assertThat(problem.exit()).isEqualTo(ExitStatus.NO_PERMISSION);
        assertThat(problem.remedies())
                .containsExactly(
                        "sudo apt-get install --no-install-recommends build-essential cmake gcc-x86-64-linux-gnu git");
    }

    @Test
    void remembers_what_it_added_with_dependencies_and_names_the_command_that_removes_it() {
        PackagesStep step = working();

        step.apply(drift(step).repairs().get(0).fix(), progress);

        assertThat(step.leftByRemoval())
                .singleElement()
                .asString()
                .endsWith("sudo apt-get purge build-essential cmake dep-of-build-essential dep-of-cmake"
                        + " dep-of-gcc-x86-64-linux-gnu gcc-x86-64-linux-gnu");
    }

    @Test
    void remembers_what_a_killed_run_added() throws IOException {
        PackagesStep first = step(
                root,
                new ScriptedApt(root, tools)
                        .failing("E: Something nobody has seen")
                        .surroundings(true),
                Checkpoint.NONE);
        problemOf(first, drift(first).repairs().get(0));
        Files.writeString(
                root.resolve("var/lib/dpkg/status"),
                Files.readString(root.resolve("var/lib/dpkg/status"))
                        + ScriptedApt.stanza("cmake", "install ok installed"));

        PackagesStep second = working();
        second.apply(drift(second).repairs().get(0).fix(), progress);

        assertThat(second.leftByRemoval()).singleElement().asString().contains(" cmake ");
    }

    @Test
    void does_not_count_as_ours_what_others_install_after_a_cut_off_installation_was_mended() throws IOException {
        PackagesStep first = working();
        Repair install = drift(first).repairs().get(0);
        PackagesStep cutOff = step(root, new ScriptedApt(root, tools).working().surroundings(true), place -> {
            if (place.equals("after-apt-get") && first.check() instanceof Observation.Drifted drifted) {
                cutOffOnceInstalled(drifted);
            }
        });
        assertThatThrownBy(() -> cutOff.apply(install.fix(), progress)).isInstanceOf(StackOverflowError.class);

        drift(first).repairs().forEach(repair -> first.apply(repair.fix(), progress));
        assertThat(first.check()).isInstanceOf(Observation.Satisfied.class);
        Files.writeString(
                root.resolve("var/lib/dpkg/status"),
                Files.readString(root.resolve("var/lib/dpkg/status"))
                        + ScriptedApt.stanza("editor", "install ok installed"));

        assertThat(first.leftByRemoval())
                .singleElement()
                .asString()
                .contains(" cmake ")
                .doesNotContain("editor");
    }

    /** Stands for a kill at the moment when all that is missing is the receipt. */
    private static void cutOffOnceInstalled(Observation.Drifted drift) {
        if (drift.differences().size() == 1) {
            throw new StackOverflowError("killed");
        }
    }

    @Test
    void says_that_it_cannot_know_when_there_is_no_dpkg() throws IOException {
        Files.delete(root.resolve("var/lib/dpkg/status"));

        assertThat(working().check())
                .isInstanceOfSatisfying(
                        Observation.Unknown.class,
                        unknown -> assertThat(unknown.problem().code()).isEqualTo("dpkg-unreadable"));
    }

    private PackagesStep working() {
        return step(root, new ScriptedApt(root, tools).working().surroundings(true), Checkpoint.NONE);
    }

    private PackagesStep step(Path host, Surroundings surroundings, Checkpoint checkpoint) {
        return PackagesStep.toolchain(NEEDED, installer(host, surroundings, checkpoint));
    }

    private PackageInstaller installer(Path host, Surroundings surroundings, Checkpoint checkpoint) {
        DurableFiles files = new DurableFiles(checkpoint);
        return PackageInstaller.of(
                host,
                FACTS,
                surroundings,
                new CheckpointedCommands(new ProcessCommandRunner(surroundings), checkpoint),
                new ReceiptStore(files, host.resolve("state/receipts")),
                () -> now,
                pause -> now = now.plus(pause),
                Duration.ofMinutes(10));
    }

    private static Observation.Drifted drift(PackagesStep step) {
        return (Observation.Drifted) step.check();
    }

    private Problem problemOf(PackagesStep step, Repair repair) {
        CrossarmException failure =
                catchThrowableOfType(CrossarmException.class, () -> step.apply(repair.fix(), progress));
        assertThat(failure).isNotNull();
        return failure.problem();
    }
}
