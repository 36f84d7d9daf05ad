package dev.crossarm.provision.rust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.StepContract;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.RealCommands;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class RustToolchainStepTest {
    private static final CommandRunner COMMANDS = RealCommands.create();
    private static final String STABLE = "rust/rustup/toolchains/stable-x86_64-unknown-linux-gnu";

    @TempDir
    Path root;

    @TestFactory
    Stream<DynamicTest> keeps_the_contract_in_homes_of_ours() {
        return StepContract.of((host, checkpoint) -> step(RustFixture.in(host), checkpoint, Optional.empty()))
                .startingFrom(host -> withRustup(RustFixture.in(host)))
                .leaving("state", "state/**", "rust/rustup/toolchains", "rust/rustup/settings.toml")
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_contract_in_homes_of_the_user() {
        return StepContract.of((host, checkpoint) ->
                        step(RustFixture.in(host).inHomesOfTheUser(), checkpoint, Optional.empty()))
                .startingFrom(host -> {
                    withRustup(RustFixture.in(host));
                    apply(step(
                            RustFixture.in(host).inHomesOfTheUser().withComponents(),
                            Checkpoint.NONE,
                            Optional.empty()));
                    new ToolchainCommands(
                                    RustFixture.in(host).place(),
                                    Target.X86_64_MUSL,
                                    RustFixture.in(host).ports(COMMANDS, Checkpoint.NONE))
                            .takeAway(
                                    "target",
                                    "stable-x86_64-unknown-linux-gnu",
                                    "x86_64-unknown-linux-musl",
                                    Progress.NONE);
                    Files.delete(host.resolve("state/receipts/rust-toolchain.json"));
                })
                .leaving("state", "state/**")
                // Between adding the target and the component both are as they should be then.
                .varying(
                        "state/receipts/rust-toolchain.json",
                        STABLE + "/lib/rustlib/components",
                        STABLE + "/lib/rustlib/multirust-config.toml")
                .tests();
    }

    @Test
    void installs_toolchain_target_and_components_and_makes_it_the_default() throws IOException {
        RustToolchainStep step = provisioned();

        assertThat(String.join("\n", RustFixture.evidence(step)))
                .contains("rustc 1.96.0 (scripted)", "x86_64-unknown-linux-musl", "clippy");
        assertThat(Files.readString(root.resolve("rust/rustup/settings.toml")))
                .contains("default_toolchain = \"stable-x86_64-unknown-linux-gnu\"");
    }

    @Test
    void adds_only_the_target_when_only_that_is_missing() throws IOException {
        RustToolchainStep step = provisioned();
        new ToolchainCommands(
                        RustFixture.in(root).place(),
                        Target.X86_64_MUSL,
                        RustFixture.in(root).ports(COMMANDS, Checkpoint.NONE))
                .takeAway("target", "stable-x86_64-unknown-linux-gnu", "x86_64-unknown-linux-musl", Progress.NONE);

        assertThat(((Observation.Drifted) step.check()).changes())
                .extracting(Change::target)
                .containsExactly("target x86_64-unknown-linux-musl");
    }

    @Test
    void starts_anew_when_parts_of_a_toolchain_of_ours_are_gone() throws IOException {
        RustToolchainStep step = provisioned();
        Files.delete(root.resolve(STABLE + "/parts/rustc-x86_64-unknown-linux-gnu"));

        List<Repair> changes = ((Observation.Drifted) step.check()).repairs();
        assertThat(changes)
                .extracting(Repair::change)
                .extracting(Change::kind)
                .containsExactly(Change.Kind.DELETE, Change.Kind.RUN);
        changes.forEach(repair -> step.apply(repair.fix(), Progress.NONE));

        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void starts_anew_when_rustup_s_own_lists_contradict_each_other() throws IOException {
        RustToolchainStep step = provisioned();
        Files.delete(root.resolve(STABLE + "/lib/rustlib/multirust-config.toml"));

        assertThat(((Observation.Drifted) step.check()).changes())
                .extracting(Change::kind)
                .containsExactly(Change.Kind.DELETE, Change.Kind.RUN);
        apply(step);

        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void takes_nothing_away_when_a_user_s_toolchain_is_damaged() throws IOException {
        provisioned();
        Files.delete(root.resolve(STABLE + "/parts/rustc-x86_64-unknown-linux-gnu"));
        RustToolchainStep step = step(RustFixture.in(root).inHomesOfTheUser(), Checkpoint.NONE, Optional.empty());

        Observation.Unknown unknown = (Observation.Unknown) step.check();

        assertThat(unknown.problem().code()).isEqualTo("toolchain-damaged");
        assertThat(unknown.problem().remedies().get(0)).contains("rustup toolchain uninstall");
    }

    @Test
    void moves_the_channel_once_when_asked_to_and_never_otherwise() throws IOException {
        RustToolchainStep plain = provisioned();
        RustToolchainStep upgrade = step(RustFixture.in(root), Checkpoint.NONE, Optional.of(RustFixture.NOW));

        assertThat(plain.check()).isInstanceOf(Observation.Satisfied.class);
        assertThat(((Observation.Drifted) upgrade.check()).changes())
                .extracting(Change::target)
                .containsExactly("channel stable");
        apply(upgrade);
        assertThat(upgrade.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void leaves_other_toolchains_alone_when_a_version_is_pinned() throws IOException {
        provisioned();
        RustToolchainStep pinned = step(RustFixture.in(root).withChannel("1.95.0"), Checkpoint.NONE, Optional.empty());

        apply(pinned);

        assertThat(root.resolve(STABLE)).isDirectory();
        assertThat(root.resolve("rust/rustup/toolchains/1.95.0-x86_64-unknown-linux-gnu"))
                .isDirectory();
        assertThat(pinned.check()).isInstanceOf(Observation.Satisfied.class);
    }

    private RustToolchainStep provisioned() throws IOException {
        withRustup(RustFixture.in(root));
        RustToolchainStep step = step(RustFixture.in(root), Checkpoint.NONE, Optional.empty());
        apply(step);
        return step;
    }

    private static void apply(RustToolchainStep step) {
        RustFixture.apply(step);
    }

    private static void withRustup(RustFixture fixture) {
        RustFixture.apply(new RustupStep(
                fixture.place(),
                fixture.ports(COMMANDS, Checkpoint.NONE),
                new ScriptedRustup(new DurableFiles(Checkpoint.NONE)),
                new RustFixture.NoPackage(Problem.of(ExitStatus.UNAVAILABLE, "none", "none")),
                InstantSource.fixed(RustFixture.NOW),
                Optional.empty()));
    }

    private static RustToolchainStep step(RustFixture fixture, Checkpoint checkpoint, Optional<Instant> upgradeSince) {
        return new RustToolchainStep(
                fixture.place(),
                Target.X86_64_MUSL,
                fixture.ports(COMMANDS, checkpoint),
                InstantSource.fixed(RustFixture.NOW),
                upgradeSince);
    }
}
