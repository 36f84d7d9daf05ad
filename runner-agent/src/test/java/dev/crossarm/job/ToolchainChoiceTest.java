package dev.crossarm.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crossarm.job.cargo.ActiveToolchain;
import dev.crossarm.job.prepare.CpuFlags;
import dev.crossarm.job.request.CpuLevel;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.provision.compiler.CargoSetting;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which toolchain rustup will take, and where cargo's flags come from. */
class ToolchainChoiceTest {
    private static final String HOST = "aarch64-unknown-linux-gnu";

    @TempDir
    Path folder;

    private Path rustup;
    private Path project;

    @BeforeEach
    void homes() throws IOException {
        rustup = Files.createDirectories(folder.resolve("rustup"));
        project = Files.createDirectories(folder.resolve("work/project/inner"));
        Files.writeString(
                rustup.resolve("settings.toml"), "version = \"12\"\ndefault_toolchain = \"stable-" + HOST + "\"\n");
    }

    private ActiveToolchain find(Optional<String> given) {
        return ActiveToolchain.find(given, project, rustup, HOST).orElseThrow();
    }

    @Test
    void is_the_default_where_nothing_else_is_said() {
        assertThat(find(Optional.empty()).name()).isEqualTo("stable-" + HOST);
    }

    @Test
    void is_the_nearest_file_s_in_its_new_and_its_old_form() throws IOException {
        Files.writeString(folder.resolve("work/rust-toolchain.toml"), "[toolchain]\nchannel = \"1.80\" # pinned\n");
        assertThat(find(Optional.empty()))
                .matches(found ->
                        found.name().equals("1.80") && found.directory().endsWith("toolchains/1.80-" + HOST));

        Files.writeString(project.resolve("rust-toolchain"), "1.75.0\n");
        assertThat(find(Optional.empty()).name()).isEqualTo("1.75.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust-toolchain", "rust-toolchain.toml"})
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void does_not_wait_for_a_pipe_in_the_place_of_its_file(String name) throws Exception {
        Path pipe = project.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> find(Optional.empty()))
                .satisfies(e -> assertThat(e.problem().summary()).contains(pipe.toString()));
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void does_not_wait_for_a_pipe_in_the_place_of_cargo_s_configuration() throws Exception {
        Path pipe = Files.createDirectories(project.resolve(".cargo")).resolve("config.toml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(CargoSetting.inForce(project, rustup, Target.X86_64_MUSL))
                .anyMatch(setting ->
                        setting.file().equals(pipe) && setting.value().contains("something other"));
    }

    @Test
    void is_a_directory_override_s_before_a_file_further_up() throws IOException {
        Files.writeString(folder.resolve("work/rust-toolchain"), "1.75.0\n");
        Files.writeString(
                rustup.resolve("settings.toml"),
                "default_toolchain = \"stable\"\n\n[overrides]\n\"" + project + "\" = \"beta-" + HOST + "\"\n");

        assertThat(find(Optional.empty()).name()).isEqualTo("beta-" + HOST);
    }

    @Test
    void is_what_was_asked_for_before_all() throws IOException {
        Files.writeString(project.resolve("rust-toolchain"), "1.75.0\n");

        assertThat(find(Optional.of("nightly")).name()).isEqualTo("nightly");
    }

    @Test
    void has_the_target_when_its_standard_library_is_there() throws IOException {
        assertThat(find(Optional.empty()).has(Target.X86_64_MUSL.triple())).isFalse();
        Files.createDirectories(
                rustup.resolve("toolchains/stable-" + HOST + "/lib/rustlib/x86_64-unknown-linux-musl/lib"));

        assertThat(find(Optional.empty()).has(Target.X86_64_MUSL.triple())).isTrue();
        assertThat(find(Optional.empty()).installed()).isTrue();
    }

    private List<String> flags(Map<String, String> variables) {
        return CpuFlags.apply(CpuLevel.V3, variables, project, folder.resolve("cargo"), Target.X86_64_MUSL);
    }

    @Test
    void adds_the_level_where_cargo_takes_its_flags_from() throws IOException {
        Map<String, String> encoded = new TreeMap<>(Map.of("CARGO_ENCODED_RUSTFLAGS", "-Ca", "RUSTFLAGS", "-Cb"));
        assertThat(flags(encoded)).isEmpty();
        assertThat(encoded).containsEntry("CARGO_ENCODED_RUSTFLAGS", "-Ca\u001f-C\u001ftarget-cpu=x86-64-v3");

        Map<String, String> plain = new TreeMap<>(Map.of("RUSTFLAGS", "-Cb"));
        assertThat(flags(plain)).isEmpty();
        assertThat(plain).containsEntry("RUSTFLAGS", "-Cb -C target-cpu=x86-64-v3");

        assertThat(flags(new TreeMap<>()))
                .containsExactly(
                        "--config", "target.x86_64-unknown-linux-musl.rustflags=[\"-C\",\"target-cpu=x86-64-v3\"]");

        Files.createDirectories(project.resolve(".cargo"));
        Files.writeString(project.resolve(".cargo/config.toml"), "[build]\nrustflags = [\"-Cc\"]\n");
        assertThat(flags(new TreeMap<>()))
                .containsExactly("--config", "build.rustflags=[\"-C\",\"target-cpu=x86-64-v3\"]");
    }
}
