package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.provision.ProvisionOptions;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Layout;
import dev.crossarm.health.Finding;
import dev.crossarm.health.Severity;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Stamps;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.UpToDate;
import dev.crossarm.provision.proof.SelfTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {
    @TempDir
    Path folder;

    private Site site() {
        Surroundings surroundings = new Surroundings(Map.of(), "ada", false, folder, folder, false, 80);
        Wiring wiring =
                new Wiring(surroundings, "crossarm", "1", new UpToDate(Path.of("/nowhere/up-to-date"), () -> ""));
        return wiring.site(wiring.load(
                Map.of(
                        ConfigKey.SCOPE, List.of("user"),
                        ConfigKey.STATE_DIRECTORY, List.of(folder + "/state"),
                        ConfigKey.PREFIX, List.of(folder + "/prefix")),
                Optional.empty()));
    }

    @Test
    void carries_over_what_the_job_users_cargo_configuration_says_and_not_roots() {
        Surroundings sudo = new Surroundings(
                Map.of("SUDO_USER", "somebody-else", "CARGO_HOME", folder + "/roots"),
                "made-up",
                true,
                folder,
                folder,
                false,
                80);
        Wiring wiring = new Wiring(sudo, "crossarm", "1", new UpToDate(Path.of("/nowhere/up-to-date"), () -> ""));
        Site site = wiring.site(wiring.load(
                Map.of(
                        ConfigKey.SCOPE, List.of("system"),
                        ConfigKey.JOB_USER, List.of("root"),
                        ConfigKey.STATE_DIRECTORY, List.of(folder + "/state"),
                        ConfigKey.PREFIX, List.of(folder + "/prefix")),
                Optional.empty()));
        HostFacts debian = new HostFacts("debian", "13", "Debian 13", "aarch64", "6", 1, 1);

        Step step = new ProvisioningSteps(HostPorts.of(sudo), site, debian)
                .graph(Optional.empty()).steps().stream()
                        .filter(one -> one.id().value().equals("cargo-config"))
                        .findFirst()
                        .orElseThrow();

        Path home = new Accounts().byName("root").orElseThrow().home();
        assertThat(Stamps.of(step.inputs().orElseThrow()).orElseThrow().lines())
                .anyMatch(line -> line.contains(home + "/.cargo/config.toml"))
                .noneMatch(line -> line.contains(folder + "/roots") || line.contains(folder + "/.cargo"));
    }

    @Test
    void leaves_the_rust_homes_with_the_account_that_has_them_whoever_types_sudo() throws IOException {
        Path cargo = Files.createDirectories(folder.resolve("state/rust/cargo"));
        if (Files.getOwner(cargo).getName().equals("root")) {
            Files.setOwner(
                    cargo, cargo.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("daemon"));
        }
        Surroundings sudo =
                new Surroundings(Map.of("SUDO_USER", "somebody-else"), "made-up", true, folder, folder, false, 80);
        Wiring wiring = new Wiring(sudo, "crossarm", "1", new UpToDate(Path.of("/nowhere/up-to-date"), () -> ""));
        Site site = wiring.site(wiring.load(
                Map.of(
                        ConfigKey.SCOPE, List.of("system"),
                        ConfigKey.STATE_DIRECTORY, List.of(folder + "/state"),
                        ConfigKey.PREFIX, List.of(folder + "/prefix")),
                Optional.empty()));

        assertThat(site.layout().owner())
                .contains(Files.getOwner(cargo).getName())
                .isNotEqualTo(Optional.of("somebody-else"));
    }

    @Test
    void joins_every_step_that_can_be_named_on_the_command_line() {
        Site site = site();
        HostFacts debian = new HostFacts("debian", "13", "Debian 13", "aarch64", "6", 1, 1);

        assertThat(new ProvisioningSteps(
                                HostPorts.of(new Surroundings(Map.of(), "ada", false, folder, folder, false, 80)),
                                site,
                                debian)
                        .graph(Optional.empty()).ids().stream().map(StepId::value))
                .containsExactlyInAnyOrderElementsOf(ProvisionOptions.STEPS);
    }

    @Test
    void doctor_tells_of_a_runner_that_cannot_be_found_and_goes_on() throws IOException {
        Surroundings surroundings = new Surroundings(Map.of(), "ada", false, folder, folder, false, 80);
        Wiring wiring =
                new Wiring(surroundings, "crossarm", "1", new UpToDate(Path.of("/nowhere/up-to-date"), () -> ""));
        Site system = wiring.site(wiring.load(
                Map.of(
                        ConfigKey.SCOPE, List.of("system"),
                        ConfigKey.STATE_DIRECTORY, List.of(folder + "/state"),
                        ConfigKey.PREFIX, List.of(folder + "/prefix"),
                        ConfigKey.RUNNERS, List.of(folder + "/no-runner")),
                Optional.empty()));

        Files.createDirectories(folder.resolve("prefix/bin"));

        List<Finding> findings = system.doctor(true).findings();

        assertThat(findings)
                .anyMatch(finding -> finding.id().equals("runners") && finding.severity() == Severity.ERROR);
        assertThat(findings).anyMatch(finding -> finding.id().equals("architecture"));
    }

    @Test
    void a_build_tells_of_what_a_projects_cargo_config_sets() throws IOException {
        Path config = Files.createDirectories(folder.resolve("project/.cargo")).resolve("config.toml");
        Files.writeString(config, """
                [target.x86_64-unknown-linux-musl]
                linker = "lld"
                [env]
                CC = { value = "clang", force = true }
                """);

        assertThat(site().buildConflicts(folder.resolve("project")))
                .extracting(Finding::summary)
                .containsExactlyInAnyOrder(
                        "target.x86_64-unknown-linux-musl.linker in " + config
                                + ": Crossarm's wins, through CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER",
                        "env.CC in " + config + ": Crossarm's wins for the target; builds for this machine use it");
    }

    @Test
    void writes_nothing_while_it_is_only_put_together() throws IOException {
        site().layout();

        try (var content = Files.list(folder)) {
            assertThat(content).isEmpty();
        }
    }

    @Test
    void leaves_nothing_of_ours_and_everything_of_others_when_it_says_farewell() throws IOException {
        Site site = site();
        Layout layout = site.layout();
        site.hold("test", waiting -> {}).close();
        Files.createDirectories(layout.receipts());
        Files.writeString(layout.receipts().resolve(SelfTest.ID + ".json"), "{}");
        Files.writeString(layout.journal(), "{}");
        Path killed = Files.createDirectories(SelfTest.folder(layout).resolve("work-1-2/src"));
        Files.writeString(killed.resolve("main.rs"), "");
        Files.createDirectories(layout.bin());
        Path foreign = Files.writeString(Files.createDirectories(layout.etc()).resolve("mine"), "kept");

        new RemoveState(new DurableFiles(Checkpoint.NONE), layout).carryOut();

        assertThat(layout.state()).doesNotExist();
        assertThat(layout.bin()).doesNotExist();
        assertThat(foreign).hasContent("kept");
    }

    @Test
    void takes_stamps_where_a_later_run_looks_for_them_and_is_not_stopped_by_a_step_that_throws() {
        Surroundings surroundings = new Surroundings(
                Map.of("CROSSARM_STATE_DIRECTORY", folder + "/state", "CROSSARM_PREFIX", folder + "/prefix"),
                "ada",
                false,
                folder,
                folder,
                false,
                80);
        Wiring wiring = new Wiring(
                surroundings,
                "crossarm",
                "1",
                new UpToDate(folder.resolve("state").resolve(UpToDate.NAME), () -> "me"));
        Site site = wiring.site(wiring.load(Map.of(), Optional.empty()));

        assertThat(site.stamps(StepGraph.of(List.of(step(() -> Optional.of(new Inputs()))))))
                .isPresent();
        assertThat(site.stamps(StepGraph.of(List.of(step(Optional::empty))))).isEmpty();
        assertThat(site.stamps(StepGraph.of(List.of(step(() -> {
                    throw new IllegalStateException("unreadable");
                })))))
                .isEmpty();
        assertThat(site().stamps(StepGraph.of(List.of())))
                .as("state elsewhere than is looked for")
                .isEmpty();
    }

    private static Step step(Supplier<Optional<Inputs>> inputs) {
        return new Step() {
            @Override
            public StepId id() {
                return StepId.of("one");
            }

            @Override
            public String summary() {
                return "one";
            }

            @Override
            public Set<StepId> requires() {
                return Set.of();
            }

            @Override
            public Observation check() {
                return Observation.Satisfied.of("fine");
            }

            @Override
            public Optional<Inputs> inputs() {
                return inputs.get();
            }

            @Override
            public void apply(Fix fix, Progress progress) {}

            @Override
            public List<Repair> planRemoval() {
                return List.of();
            }
        };
    }
}
