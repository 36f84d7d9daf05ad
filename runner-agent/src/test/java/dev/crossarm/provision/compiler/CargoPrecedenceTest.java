package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.provision.rust.TestRust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of who wins, asked of the real cargo: linkers write down that it was they who were called. */
@Tag("rust")
final class CargoPrecedenceTest {
    private static final String LINKER = "CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER";

    @TempDir
    Path root;

    private final Map<String, String> variables = new TreeMap<>();
    private Path project;
    private Path ours;
    private Path theirs;

    @BeforeEach
    void prepare() throws IOException {
        project = Files.createDirectories(root.resolve("work/project"));
        Files.createDirectories(project.resolve("src"));
        Files.writeString(
                project.resolve("Cargo.toml"), "[package]\nname = \"probe\"\nedition = \"2021\"\n[workspace]\n");
        Files.writeString(project.resolve("src/main.rs"), "fn main() { println!(\"{}\", env!(\"WHO\")); }\n");
        ours = linker("ours");
        theirs = linker("theirs");
        TestRust rust = TestRust.require();
        variables.put("HOME", root.toString());
        variables.put("PATH", rust.cargoHome().resolve("bin") + ":/usr/bin:/bin");
        variables.put("RUSTUP_HOME", rust.rustupHome().toString());
        variables.put(
                "CARGO_HOME",
                Files.createDirectories(root.resolve("cargo-home")).toString());
        variables.put("WHO", "environment");
    }

    @Test
    void our_variable_wins_over_a_linker_in_a_config() throws Exception {
        config(project, "[target.x86_64-unknown-linux-musl]\nlinker = \"" + theirs + "\"\n");
        variables.put(LINKER, ours.toString());

        assertThat(calledLinker()).isEqualTo("ours");
    }

    @Test
    void a_linker_in_rustflags_wins_over_our_variable() throws Exception {
        variables.put(LINKER, ours.toString());
        variables.put("RUSTFLAGS", "-C linker=" + theirs);

        assertThat(calledLinker()).isEqualTo("theirs");
    }

    @Test
    void a_linker_in_a_configs_rustflags_wins_until_rustflags_are_set() throws Exception {
        config(project, "[build]\nrustflags = [\"-Clinker=" + theirs + "\"]\n");
        variables.put(LINKER, ours.toString());
        assertThat(calledLinker()).isEqualTo("theirs");

        variables.put("RUSTFLAGS", "-C debuginfo=0");
        assertThat(calledLinker()).isEqualTo("ours");
    }

    @Test
    void the_nearest_config_wins_and_the_one_without_toml_in_its_name() throws Exception {
        config(root, "[target.x86_64-unknown-linux-musl]\nlinker = \"" + theirs + "\"\n");
        config(project, "[target.x86_64-unknown-linux-musl]\nlinker = \"" + ours + "\"\n");
        assertThat(calledLinker()).isEqualTo("ours");

        Files.writeString(
                project.resolve(".cargo/config"), "[target.x86_64-unknown-linux-musl]\nlinker = \"" + theirs + "\"\n");
        assertThat(calledLinker()).isEqualTo("theirs");
    }

    @Test
    void a_configs_env_wins_over_the_environment_only_when_forced() throws Exception {
        config(project, "[env]\nWHO = \"config\"\n");
        assertThat(cargo("run", "--offline", "--quiet").strip()).isEqualTo("environment");

        config(project, "[env]\nWHO = { value = \"config\", force = true }\n");
        assertThat(cargo("run", "--offline", "--quiet").strip()).isEqualTo("config");
    }

    @Test
    void a_configs_env_gives_way_to_a_variable_that_is_set_to_nothing() throws Exception {
        variables.put("WHO", "");
        config(project, "[env]\nWHO = \"config\"\n");

        assertThat(cargo("run", "--offline", "--quiet")).isEqualTo("\n");
    }

    @Test
    void what_cargo_itself_reads_has_no_say_in_a_configs_env() throws Exception {
        config(
                project,
                "[env]\n" + LINKER + " = { value = \"" + theirs + "\", force = true }\nRUSTFLAGS = \"-Clinker=" + theirs
                        + "\"\n");
        variables.put(LINKER, ours.toString());

        assertThat(calledLinker()).isEqualTo("ours");
    }

    @Test
    void cargo_refuses_a_configs_env_that_sets_its_homes_or_the_toolchain() throws Exception {
        for (String name : java.util.List.of("CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN")) {
            config(project, "[env]\n" + name + " = \"x\"\n");

            assertThat(cargo("build", "--offline")).contains("error: setting the `" + name + "`");
        }
    }

    @Test
    void minus_crt_static_makes_the_program_other_than_static() throws Exception {
        variables.put("RUSTFLAGS", "-C target-feature=-crt-static -C linker=" + ours);
        calledLinker();

        assertThat(Files.readString(root.resolve("arguments")))
                .doesNotContain("-static-pie")
                .contains("-lc");
    }

    private static void config(Path folder, String text) throws IOException {
        Files.createDirectories(folder.resolve(".cargo"));
        Files.writeString(folder.resolve(".cargo/config.toml"), text);
    }

    private Path linker(String name) throws IOException {
        String text =
                "#!/bin/sh\necho " + name + " >'" + root + "/called'\necho \"$@\" >'" + root + "/arguments'\nexit 1\n";
        return Files.setPosixFilePermissions(
                Files.writeString(root.resolve(name), text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String calledLinker() throws IOException, InterruptedException {
        Files.deleteIfExists(root.resolve("called"));
        String output = cargo("build", "--offline", "--target", "x86_64-unknown-linux-musl");
        assertThat(root.resolve("called")).as(output).exists();
        return Files.readString(root.resolve("called")).strip();
    }

    private String cargo(String... arguments) throws IOException, InterruptedException {
        java.util.List<String> line = new java.util.ArrayList<>(java.util.List.of("cargo"));
        line.addAll(java.util.List.of(arguments));
        Path errors = root.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(project.toFile()).redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.command()
                .set(0, TestRust.require().cargoHome().resolve("bin/cargo").toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out.isEmpty() ? Files.readString(errors) : out;
    }
}
