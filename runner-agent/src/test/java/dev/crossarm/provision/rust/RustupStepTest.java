package dev.crossarm.provision.rust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.config.Settings.RustupSource;
import dev.crossarm.download.DownloadLimits;
import dev.crossarm.download.Downloader;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.TestSurroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.StepContract;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.RealCommands;
import dev.crossarm.provision.packages.PackageInstaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class RustupStepTest {
    private static final CommandRunner COMMANDS = RealCommands.create();
    private static final Problem NO_PACKAGE =
            Problem.of(ExitStatus.UNAVAILABLE, "no-package", "no rustup here", "apt-cache policy rustup");

    @TempDir
    Path root;

    @TestFactory
    Stream<DynamicTest> keeps_the_contract() {
        return StepContract.of((host, checkpoint) -> scripted(RustFixture.in(host), checkpoint))
                .leaving("state", "state/**")
                .passing("state/downloads/rustup-init")
                .tests();
    }

    @Test
    void installs_from_the_official_layout_and_is_content_then() {
        RustFixture fixture = RustFixture.in(root).from("http://mirror.example");
        ScriptedRustup site = new ScriptedRustup(new DurableFiles(Checkpoint.NONE));
        RustupStep step = step(fixture, site, new RustFixture.NoPackage(NO_PACKAGE), Optional.empty());

        RustFixture.apply(step);

        assertThat(RustFixture.evidence(step).get(0)).contains("rustup 1.29.0");
        assertThat(site.asked())
                .containsExactly(
                        "http://mirror.example/rustup/release-stable.toml",
                        "http://mirror.example/rustup/archive/1.29.0/x86_64-unknown-linux-gnu/rustup-init.sha256",
                        "http://mirror.example/rustup/archive/1.29.0/x86_64-unknown-linux-gnu/rustup-init");
        assertThat(root.resolve("state/downloads/rustup-init")).doesNotExist();
    }

    @Test
    void puts_a_rustup_in_order_that_was_cut_off_while_it_was_copied() throws IOException {
        RustupStep step = scripted(RustFixture.in(root), Checkpoint.NONE);
        RustFixture.apply(step);
        Path rustup = root.resolve("rust/cargo/bin/rustup");
        Files.write(rustup, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});

        assertThat(step.check()).isInstanceOf(Observation.Drifted.class);
        RustFixture.apply(step);

        assertThat(RustFixture.evidence(step).get(0)).contains("1.29.0");
    }

    @Test
    void uses_the_distribution_s_package_when_the_site_does_not_answer_and_says_so() {
        PackageInFolder packaged = new PackageInFolder(root.resolve("usr/bin"));
        RustupStep step = step(RustFixture.in(root), new SilentSite(), packaged, Optional.empty());
        List<String> lines = new ArrayList<>();

        for (Repair repair : ((Observation.Drifted) step.check()).repairs()) {
            step.apply(repair.fix(), listening(lines));
        }

        assertThat(RustFixture.evidence(step).get(0)).contains("1.29.0");
        assertThat(String.join("\n", lines)).contains("does not answer", "the distribution's rustup package");
        assertThat(Files.isSymbolicLink(root.resolve("rust/cargo/bin/cargo"))).isTrue();
    }

    @Test
    void names_both_causes_when_neither_site_nor_package_can_be_had() {
        RustupStep step =
                step(RustFixture.in(root), new SilentSite(), new RustFixture.NoPackage(NO_PACKAGE), Optional.empty());

        assertThatThrownBy(() -> RustFixture.apply(step)).isInstanceOfSatisfying(CrossarmException.class, failure -> {
            assertThat(failure.problem().exit()).isEqualTo(ExitStatus.UNAVAILABLE);
            assertThat(failure.problem().detail()).contains("no rustup here");
            assertThat(failure.problem().remedies()).contains("curl it", "apt-cache policy rustup");
        });
    }

    @Test
    void asks_no_package_manager_when_only_the_official_rustup_is_wanted() {
        RustupStep step = step(
                RustFixture.in(root).with(RustupSource.OFFICIAL),
                new SilentSite(),
                new PackageInFolder(root.resolve("usr/bin")),
                Optional.empty());

        assertThatThrownBy(() -> RustFixture.apply(step)).hasMessageContaining("silent");
        assertThat(root.resolve("usr/bin")).doesNotExist();
    }

    @Test
    void looks_for_rustup_in_a_folder_when_the_update_root_is_a_file_address() {
        RustFixture fixture = RustFixture.in(root).with(RustupSource.OFFICIAL).from("file://" + root.resolve("mirror"));
        StepPorts ports = fixture.ports(COMMANDS, Checkpoint.NONE);
        Surroundings here = TestSurroundings.real();
        InstantSource clock = InstantSource.fixed(RustFixture.NOW);
        RustupStep step = RustupStep.of(
                root,
                fixture.place(),
                ports,
                new Downloader(
                        Map.of(),
                        new DurableFiles(Checkpoint.NONE),
                        clock,
                        pause -> {},
                        new SplittableRandom(1),
                        DownloadLimits.USUAL),
                PackageInstaller.of(
                        root,
                        new HostFacts("debian", "13", "Debian 13", "x86_64", "6.12", 4L << 30, 2),
                        here,
                        COMMANDS,
                        ports.receipts(),
                        clock,
                        pause -> {},
                        Duration.ofSeconds(1)),
                clock,
                Optional.empty());

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> RustFixture.apply(step))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("rustup-not-offered"));
    }

    @Test
    void requires_the_packages_when_rustup_is_one_of_them() {
        assertThat(scripted(RustFixture.in(root).with(RustupSource.DISTRIBUTION), Checkpoint.NONE)
                        .requires())
                .containsExactly(StepId.of("packages"));
        assertThat(scripted(RustFixture.in(root).from("http://plain.example"), Checkpoint.NONE)
                        .requires())
                .isEmpty();
    }

    @Test
    void updates_rustup_once_when_asked_to() {
        RustFixture fixture = RustFixture.in(root);
        RustFixture.apply(scripted(fixture, Checkpoint.NONE));
        RustupStep upgrade = step(
                fixture,
                new ScriptedRustup(new DurableFiles(Checkpoint.NONE)),
                new RustFixture.NoPackage(NO_PACKAGE),
                Optional.of(RustFixture.NOW));

        List<Repair> changes = ((Observation.Drifted) upgrade.check()).repairs();
        assertThat(changes)
                .extracting(Repair::change)
                .extracting(Change::target)
                .containsExactly("rustup self update");
        changes.forEach(repair -> upgrade.apply(repair.fix(), Progress.NONE));

        assertThat(upgrade.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void takes_only_its_own_programs_out_of_a_home_of_the_user_s() throws IOException {
        Path bin = Files.createDirectories(root.resolve("rust/cargo/bin"));
        Files.createDirectories(root.resolve("rust/rustup/toolchains"));
        Files.writeString(bin.resolve("cargo-edit"), "the user's");
        RustupStep step = scripted(RustFixture.in(root).inHomesOfTheUser(), Checkpoint.NONE);
        RustFixture.apply(step);
        assertThat(bin.resolve("cargo")).exists();

        step.planRemoval().forEach(repair -> step.apply(repair.fix(), Progress.NONE));

        assertThat(FileState.children(bin)).containsExactly(bin.resolve("cargo-edit"));
        assertThat(root.resolve("rust/rustup/toolchains")).exists();
    }

    private static Progress listening(List<String> lines) {
        return new Progress() {
            @Override
            public void line(String text) {
                lines.add(text);
            }

            @Override
            public void waiting(String reason) {}
        };
    }

    private static RustupStep scripted(RustFixture fixture, Checkpoint checkpoint) {
        ScriptedRustup site = new ScriptedRustup(new DurableFiles(checkpoint));
        return new RustupStep(
                fixture.place(),
                fixture.ports(COMMANDS, checkpoint),
                site,
                new RustFixture.NoPackage(NO_PACKAGE),
                InstantSource.fixed(RustFixture.NOW),
                Optional.empty());
    }

    private static RustupStep step(
            RustFixture fixture, RustupSite site, RustupPackage packaged, Optional<java.time.Instant> upgradeSince) {
        return new RustupStep(
                fixture.place(),
                fixture.ports(COMMANDS, Checkpoint.NONE),
                site,
                packaged,
                InstantSource.fixed(RustFixture.NOW),
                upgradeSince);
    }

    /** A site that cannot be reached. */
    private static final class SilentSite implements RustupSite {
        @Override
        public Optional<String> text(String address) {
            throw Problem.of(ExitStatus.UNAVAILABLE, "unreachable", "the site is silent", "curl it")
                    .asException();
        }

        @Override
        public void program(String address, String sha256, Path target, Progress progress) {
            throw new AssertionError("not reached");
        }
    }

    /** A distribution that installs the scripted rustup into a folder of its own. */
    private record PackageInFolder(Path folder, Path lists) implements RustupPackage {
        PackageInFolder(Path folder) {
            this(folder, folder.resolveSibling("lists"));
        }

        /** Known only once there are package lists, as on a fresh machine. */
        @Override
        public Optional<Problem> refusal() {
            return Files.exists(lists) ? Optional.empty() : Optional.of(NO_PACKAGE);
        }

        @Override
        public void refresh(Progress progress) {
            try {
                Files.createDirectories(lists);
            } catch (IOException error) {
                throw new AssertionError(error);
            }
        }

        @Override
        public void install(Progress progress) {
            try {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve("rustup"), ScriptedRustup.SCRIPT);
                Files.setPosixFilePermissions(folder.resolve("rustup"), PosixFilePermissions.fromString("rwxr-xr-x"));
                for (String name : List.of("cargo", "rustc", "rustdoc")) {
                    Files.createSymbolicLink(folder.resolve(name), Path.of("rustup"));
                }
            } catch (IOException error) {
                throw new AssertionError(error);
            }
        }

        @Override
        public List<Path> programs() {
            return FileState.children(folder);
        }
    }
}
