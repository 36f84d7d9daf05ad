package dev.crossarm.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.config.Settings.RustupSource;
import dev.crossarm.download.DownloadLimits;
import dev.crossarm.download.Downloader;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.FaultyMirror.Fault;
import dev.crossarm.provision.packages.PackageInstaller;
import dev.crossarm.provision.rust.RustFixture;
import dev.crossarm.provision.rust.RustToolchainStep;
import dev.crossarm.provision.rust.RustupStep;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Rust steps with the real rustup, cargo and rustc, fed by a mirror, natively on this machine. */
@Tag("rust")
class RealRustTest {
    private static final CommandRunner COMMANDS = RealCommands.create();
    private static final String TARGET = Target.X86_64_MUSL.triple();

    @TempDir
    static Path whole;

    @TempDir
    Path root;

    private FaultyMirror mirror;

    @BeforeEach
    void serve() throws IOException {
        mirror = FaultyMirror.beforeTheServedOne();
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    @Test
    void installs_everything_and_asks_nobody_the_second_time() throws IOException {
        RustFixture fixture = fixture();
        RustFixture.apply(rustup(fixture));
        RustFixture.apply(toolchain(fixture));

        mirror.mended();
        assertThat(RustFixture.evidence(rustup(fixture)).get(0)).startsWith("rustup 1.");
        assertThat(String.join("\n", RustFixture.evidence(toolchain(fixture)))).contains("rustc 1.", TARGET, "clippy");
        assertThat(mirror.asked()).isEmpty();

        Path hello = root.resolve("hello.rs");
        Files.writeString(hello, "fn main() { println!(\"built\"); }\n");
        COMMANDS.run(fixture.place()
                        .command(
                                fixture.place().layout().cargoBin().resolve("rustc"),
                                List.of(
                                        "--target",
                                        TARGET,
                                        "-o",
                                        root.resolve("hello").toString(),
                                        hello.toString())))
                .orThrow("test", "rustc fails");
        assertThat(COMMANDS.run(Command.of(root.resolve("hello").toString()))
                        .out()
                        .whole())
                .isEqualTo("built\n");

        List<Repair> removal = new ArrayList<>(toolchain(fixture).planRemoval());
        removal.forEach(repair -> toolchain(fixture).apply(repair.fix(), Progress.NONE));
        rustup(fixture).planRemoval().forEach(repair -> rustup(fixture).apply(repair.fix(), Progress.NONE));
        assertThat(root.resolve("rust")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void runs_no_rustup_that_came_spoilt_and_converges_when_the_mirror_is_mended(Fault fault) {
        RustFixture fixture = fixture();
        mirror.spoil("/rustup-init", fault);

        Problem problem = failure(() -> RustFixture.apply(rustup(fixture)));

        assertThat(problem.summary() + problem.detail()).contains(mirror.address());
        assertThat(String.join("\n", problem.remedies())).contains("RUSTUP_UPDATE_ROOT");
        assertThat(fixture.place().rustup()).doesNotExist();
        assertThat(root.resolve("state/downloads/rustup-init")).doesNotExist();

        mirror.mended();
        RustFixture.apply(rustup(fixture));
        assertThat(rustup(fixture).check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void takes_the_newest_when_a_mirror_has_no_release_file() {
        mirror.spoil("/release-stable.toml", Fault.NOT_FOUND);
        RustFixture fixture = fixture();

        RustFixture.apply(rustup(fixture));

        assertThat(rustup(fixture).check()).isInstanceOf(Observation.Satisfied.class);
        assertThat(mirror.asked()).contains("/rustup/dist/x86_64-unknown-linux-gnu/rustup-init");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void names_the_server_when_the_channel_comes_spoilt(Fault fault) {
        RustFixture fixture = fixture();
        RustFixture.apply(rustup(fixture));
        mirror.spoil("/channel-rust-stable.toml", fault);

        Problem problem = failure(() -> RustFixture.apply(impatient(fixture, fault)));

        assertThat(problem.code()).isNotEqualTo("rustup-failed");
        assertThat(problem.summary() + problem.detail()).contains(mirror.address());
        assertThat(String.join("\n", problem.remedies())).contains("RUSTUP_DIST_SERVER");
        assertThat(toolchain(fixture).check()).isInstanceOf(Observation.Drifted.class);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void adds_the_target_once_the_mirror_is_mended(Fault fault) throws IOException {
        RustFixture fixture = installed();
        COMMANDS.run(fixture.place().rustup(List.of("target", "remove", TARGET)))
                .orThrow("test", "target stays");
        String file = "-" + TARGET + ".tar.xz";
        mirror.spoil(file, fault);

        Problem problem = failure(() -> RustFixture.apply(impatient(fixture, fault)));

        assertThat(problem.code()).isNotEqualTo("rustup-failed");
        assertThat(problem.summary() + problem.detail()).contains(mirror.address());
        assertThat(toolchain(fixture).check()).isInstanceOf(Observation.Drifted.class);

        mirror.mended();
        RustFixture.apply(toolchain(fixture));
        assertThat(toolchain(fixture).check()).isInstanceOf(Observation.Satisfied.class);
        assertThat(mirror.asked())
                .as("a plain run does not ask where the channel stands")
                .noneMatch(path -> path.contains("channel-rust"));
    }

    @Test
    void starts_anew_when_left_over_files_stand_in_the_way() throws IOException {
        RustFixture fixture = installed();
        Path library = fixture.place().toolchainDirectory().resolve("lib/rustlib/" + TARGET + "/lib");
        Path inTheWay = FileState.children(library).stream()
                .filter(file -> file.toString().endsWith(".rlib"))
                .findFirst()
                .orElseThrow();
        COMMANDS.run(fixture.place().rustup(List.of("target", "remove", TARGET)))
                .orThrow("test", "target stays");
        Files.createDirectories(library);
        Files.writeString(inTheWay, "half a file");

        RustFixture.apply(toolchain(fixture));

        assertThat(toolchain(fixture).check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void converges_after_rustup_was_killed_while_it_unpacked() throws IOException {
        RustFixture fixture = fixture();
        RustFixture.apply(rustup(fixture));
        Killer killer = new Killer(COMMANDS, new AtomicBoolean());
        RustToolchainStep killed = toolchain(fixture, killer, Optional.empty());
        assertThatThrownBy(() -> RustFixture.apply(killed)).isInstanceOf(CrossarmException.class);
        assertThat(killer.struck()).isTrue();
        assertThat(fixture.place().toolchainDirectory()).exists();

        RustFixture.apply(toolchain(fixture));

        assertThat(toolchain(fixture).check()).isInstanceOf(Observation.Satisfied.class);
        assertThat(FileState.children(root.resolve("rust/rustup/tmp"))).isEmpty();
    }

    @Test
    void asks_where_the_channel_stands_when_an_upgrade_is_wanted() throws IOException {
        RustFixture fixture = installed();
        RustToolchainStep upgrade = toolchain(fixture, COMMANDS, Optional.of(RustFixture.NOW));

        RustFixture.apply(upgrade);

        assertThat(mirror.asked()).contains("/dist/channel-rust-stable.toml.sha256");
        assertThat(upgrade.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void says_what_is_not_offered_when_a_version_or_component_does_not_exist() throws IOException {
        RustFixture fixture = installed();

        Problem version = failure(() -> RustFixture.apply(toolchain(fixture.withChannel("1.2.3"))));
        Problem component = failure(() -> RustFixture.apply(toolchain(fixture.withComponents("nonsense"))));

        assertThat(version.code()).isEqualTo("toolchain-not-offered");
        assertThat(component.code()).isEqualTo("component-not-offered");
    }

    @Test
    void gives_the_homes_to_the_job_user() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        RustFixture fixture = fixture().ownedBy("nobody");

        RustFixture.apply(rustup(fixture));

        assertThat(FileState.owner(fixture.place().rustup())).isEqualTo("nobody");
        assertThat(FileState.owner(root.resolve("rust/rustup/settings.toml"))).isEqualTo("nobody");
        assertThat(rustup(fixture).check()).isInstanceOf(Observation.Satisfied.class);
    }

    /** Toolchain and target, installed once for all tests and copied for each. */
    private RustFixture installed() throws IOException {
        Path kept = whole.resolve("rust");
        if (!Files.exists(kept)) {
            RustFixture first = RustFixture.in(whole).from(mirror.address());
            RustFixture.apply(rustup(first));
            RustFixture.apply(toolchain(first));
            mirror.mended();
        }
        COMMANDS.run(Command.of("cp", "-a", kept.toString(), root.toString())).orThrow("test", "no copy");
        RustFixture fixture = fixture();
        RustFixture.evidence(toolchain(fixture));
        return fixture;
    }

    private RustFixture fixture() {
        return RustFixture.in(root).from(mirror.address()).with(RustupSource.OFFICIAL);
    }

    private static Problem failure(Runnable action) {
        try {
            action.run();
        } catch (CrossarmException failure) {
            return failure.problem();
        }
        throw new AssertionError("nothing failed");
    }

    private static RustupStep rustup(RustFixture fixture) {
        DownloadLimits limits =
                new DownloadLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(20), 1, 1L << 28);
        Downloader downloader = new Downloader(
                Map.of(), new DurableFiles(Checkpoint.NONE), InstantSource.system(), wait -> {}, new Random(1), limits);
        Surroundings surroundings = new Surroundings(Map.of(), "root", true, fixture.root(), Path.of("/"), false, 80);
        StepPorts ports = fixture.ports(COMMANDS, Checkpoint.NONE);
        PackageInstaller installer = PackageInstaller.of(
                fixture.root(),
                fixture.place().host(),
                surroundings,
                COMMANDS,
                ports.receipts(),
                InstantSource.system(),
                wait -> {},
                Duration.ofSeconds(10));
        return RustupStep.of(
                fixture.root(),
                fixture.place(),
                ports,
                downloader,
                installer,
                InstantSource.fixed(RustFixture.NOW),
                Optional.empty());
    }

    private static RustToolchainStep toolchain(RustFixture fixture) {
        return toolchain(fixture, COMMANDS, Optional.empty());
    }

    /** rustup waits long for a silent server; what we make of it in the end is the same after seconds. */
    private static RustToolchainStep impatient(RustFixture fixture, Fault fault) {
        CommandRunner commands = (command, lines) ->
                COMMANDS.run(fault == Fault.HANG ? command.within(Duration.ofSeconds(8)) : command, lines);
        return toolchain(fixture, commands, Optional.empty());
    }

    private static RustToolchainStep toolchain(
            RustFixture fixture, CommandRunner commands, Optional<Instant> upgradeSince) {
        return new RustToolchainStep(
                fixture.place(),
                Target.X86_64_MUSL,
                fixture.ports(commands, Checkpoint.NONE),
                InstantSource.fixed(RustFixture.NOW),
                upgradeSince);
    }

    /** Kills rustup, and nothing else, when it says that it unpacks the compiler. */
    private record Killer(CommandRunner real, AtomicBoolean struck) implements CommandRunner {
        @Override
        public CommandResult run(Command command, Consumer<String> lines) {
            return real.run(command, line -> {
                if (line.contains("installing component 'rustc'")) {
                    ProcessHandle.current()
                            .descendants()
                            .filter(child -> child.info()
                                    .arguments()
                                    .map(Arrays::asList)
                                    .map(arguments -> arguments.containsAll(List.of("toolchain", "install")))
                                    .orElse(false))
                            .forEach(child -> struck.set(child.destroyForcibly()));
                }
                lines.accept(line);
            });
        }
    }
}
