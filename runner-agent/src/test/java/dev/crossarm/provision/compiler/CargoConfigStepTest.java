package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.config.Layout;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.FileState;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.StepContract;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tomlj.Toml;

class CargoConfigStepTest {
    private static final String LINKER = "target.x86_64-unknown-linux-musl.linker";

    @TempDir
    Path root;

    private Path home;
    private Path config;

    @BeforeEach
    void places() throws IOException {
        home = Files.createDirectories(root.resolve("home/.cargo"));
        config = root.resolve("rust/cargo/config.toml");
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_contract_in_an_empty_home() {
        return StepContract.of((host, checkpoint) -> step(host, true, checkpoint))
                .startingFrom(host -> {
                    Files.createDirectories(host.resolve("rust/cargo"));
                    Files.createDirectories(host.resolve("home/.cargo"));
                    Files.writeString(
                            host.resolve("home/.cargo/config.toml"),
                            "[registries.team]\nindex = 'sparse+http://x/'\ntoken = 't0p-s3cret'\n");
                })
                .withSecrets("t0p-s3cret")
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> keeps_the_contract_beside_foreign_settings() {
        return StepContract.of((host, checkpoint) -> step(host, true, checkpoint))
                .startingFrom(host -> {
                    Files.createDirectories(host.resolve("rust/cargo"));
                    Files.writeString(
                            host.resolve("rust/cargo/config.toml"),
                            "# mine\r\n[target.x86_64-unknown-linux-musl]\nrunner = 'r'\n\n[build]\njobs = 2");
                })
                .sharing("rust/cargo/config.toml")
                .tests();
    }

    @Test
    void writes_the_linker_into_a_home_of_ours_and_is_content_then() {
        CargoConfigStep step = step(true);

        apply(step);

        assertThat(Toml.parse(text(config)).getString(LINKER)).isEqualTo("/usr/bin/x86_64-linux-gnu-gcc");
        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void leaves_a_home_of_the_user_s_alone() {
        CargoConfigStep step = step(false);

        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
        assertThat(step.planRemoval()).isEmpty();
    }

    @Test
    void carries_source_replacement_over_and_follows_when_it_changes() throws IOException {
        CargoConfigStep step = step(true);
        apply(step);
        Files.writeString(
                home.resolve("config.toml"),
                "[source.crates-io]\nreplace-with = 'in'\n[source.in]\nregistry" + " = 'sparse+http://x.example/'\n");

        apply(step);

        assertThat(Toml.parse(text(config)).getString("source.in.registry")).isEqualTo("sparse+http://x.example/");
        assertThat(step.check()).isInstanceOf(Observation.Satisfied.class);
    }

    @Test
    void reports_credentials_and_copies_none() throws IOException {
        Files.writeString(
                home.resolve("config.toml"), "[registries.team]\nindex = 'sparse+http://x/'\ntoken = 'hidden'\n");
        Files.writeString(home.resolve("credentials.toml"), "[registries.team]\ntoken = 'hidden'\n");
        CargoConfigStep step = step(true);

        apply(step);

        assertThat(text(config)).doesNotContain("hidden");
        assertThat(String.join("\n", evidence(step)))
                .contains("registries.team.token", "credentials.toml")
                .doesNotContain("hidden");
    }

    @Test
    void keeps_a_foreign_file_and_its_mode_and_takes_only_its_own_block_away() throws IOException {
        String foreign = "[build]\njobs = 2";
        Files.createDirectories(config.getParent());
        Files.writeString(config, foreign);
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        CargoConfigStep step = step(true);

        apply(step);
        assertThat(Toml.parse(text(config)).getString(LINKER)).isEqualTo("/usr/bin/x86_64-linux-gnu-gcc");
        assertThat(FileState.mode(config)).isEqualTo("rw-------");

        step.planRemoval().forEach(repair -> step.apply(repair.fix(), Progress.NONE));
        assertThat(text(config)).isEqualTo(foreign);
        assertThat(FileState.mode(config)).isEqualTo("rw-------");
    }

    @Test
    void names_the_linker_that_jobs_get_too() {
        CargoConfigStep musl = step(CompilerKind.of(Compiler.MUSL), root, true, Checkpoint.NONE);
        apply(musl);
        String linker = Toml.parse(text(config)).getString(LINKER);
        assertThat(linker)
                .isEqualTo(root.resolve("opt/compilers")
                        .resolve(CompilerKind.of(Compiler.MUSL).directory())
                        .resolve("x86_64-linux-musl-link")
                        .toString());
    }

    @Test
    void says_who_wins_when_a_foreign_file_names_another_linker() throws IOException {
        Files.createDirectories(config.getParent());
        Files.writeString(config, "[target.x86_64-unknown-linux-musl]\nlinker = \"lld\"\n");

        assertThat(String.join("\n", evidence(step(true)))).contains("another linker", "the environment's wins");
    }

    @Test
    void names_file_and_line_when_a_configuration_cannot_be_read() throws IOException {
        Files.writeString(home.resolve("config.toml"), "[net]\noffline = maybe s3cret\n");

        Observation.Unknown unknown = (Observation.Unknown) step(true).check();

        assertThat(unknown.problem().code()).isEqualTo("cargo-config-broken");
        assertThat(unknown.problem().summary())
                .contains(home.resolve("config.toml").toString());
        assertThat(unknown.problem().detail()).contains("line 2").doesNotContain("s3cret");
    }

    @Test
    void removes_the_file_that_is_ours() {
        CargoConfigStep step = step(true);
        apply(step);

        step.planRemoval().forEach(repair -> step.apply(repair.fix(), Progress.NONE));

        assertThat(config).doesNotExist();
        assertThat(step.planRemoval()).isEmpty();
    }

    private static void apply(CargoConfigStep step) {
        List<Repair> changes = ((Observation.Drifted) step.check()).repairs();
        assertThat(changes).hasSize(1);
        changes.forEach(repair -> step.apply(repair.fix(), Progress.NONE));
    }

    private static List<String> evidence(CargoConfigStep step) {
        return ((Observation.Satisfied) step.check()).evidence();
    }

    private CargoConfigStep step(boolean own) {
        return step(root, own, Checkpoint.NONE);
    }

    private static CargoConfigStep step(Path root, boolean own, Checkpoint checkpoint) {
        return step(CompilerKind.of(Compiler.GNU), root, own, checkpoint);
    }

    private static CargoConfigStep step(CompilerKind kind, Path root, boolean own, Checkpoint checkpoint) {
        Layout layout = new Layout(
                root.resolve("opt"),
                root.resolve("var"),
                root.resolve("rust/rustup"),
                root.resolve("rust/cargo"),
                own,
                Optional.empty());
        CompilerPlace place = new CompilerPlace(
                kind, CrossTools.of(Target.X86_64_MUSL), layout, root.resolve("rust/rustup/self-contained"));
        return new CargoConfigStep(place, root.resolve("home/.cargo"), new DurableFiles(checkpoint));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException error) {
            throw new AssertionError(error);
        }
    }
}
