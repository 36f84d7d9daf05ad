package dev.crossarm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.crossarm.cli.display.TestConsole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets a real bash, and zsh where there is one, complete command lines with the scripts we print. */
class CompletionTest {
    /** What {@code cargo metadata --no-deps} says of two packages, shortened. */
    private static final String METADATA =
            "{\"packages\":[{\"name\":\"alpha\",\"version\":\"0.1.0\",\"id\":\"a\",\"dependencies\":[{\"name\":\"serde\","
                    + "\"source\":null,\"features\":[\"derive\"]}],\"targets\":[{\"kind\":[\"bin\"],\"crate_types\":[\"bin\"],"
                    + "\"name\":\"alpha-server\",\"src_path\":\"/a\"},{\"kind\":[\"test\"],\"crate_types\":[\"bin\"],"
                    + "\"name\":\"alpha-test\"}],\"features\":{\"default\":[\"tls\"],\"tls\":[],\"trace\":[\"dep:x\"]}},"
                    + "{\"name\":\"beta\",\"version\":\"1.0.0\",\"id\":\"b\",\"targets\":[{\"kind\":[\"lib\"],"
                    + "\"crate_types\":[\"lib\"],\"name\":\"beta\"}],\"features\":{}}]}";

    @TempDir
    Path folder;

    @BeforeEach
    void write_the_scripts_and_a_cargo() throws IOException {
        for (String shell : List.of("bash", "zsh")) {
            TestConsole console = new TestConsole();
            assertThat(new TestProgram().run(console, "completion", shell)).isZero();
            Files.writeString(folder.resolve("crossarm." + shell), console.out());
        }
        Path cargo = Files.createDirectory(folder.resolve("bin")).resolve("cargo");
        Files.writeString(cargo, "#!/bin/sh\n[ \"$1\" = metadata ] && cat <<'TEXT'\n" + METADATA + "\nTEXT\n");
        Files.setPosixFilePermissions(cargo, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What bash offers after these words, cut as bash cuts them, the last of which is half typed. */
    private List<String> offers(String... words) throws IOException, InterruptedException {
        return run(
                "bash",
                "source \"$0\"; compopt() { :; }; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1));"
                        + " function=$(complete -p crossarm | sed 's/.*-F \\([^ ]*\\).*/\\1/');"
                        + " \"$function\" crossarm; printf '%s\\n' \"${COMPREPLY[@]}\"",
                words);
    }

    /** The same in zsh, where its own way of adding what fits only prints it. */
    private List<String> offersInZsh(String... words) throws IOException, InterruptedException {
        return run(
                "zsh",
                "compdef() { :; }; compadd() { shift; print -rl -- \"$@\"; }; source \"$0\"; words=(\"$@\"); CURRENT=$#; _crossarm",
                words);
    }

    private List<String> run(String shell, String line, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(shell));
        command.addAll(shell.equals("bash") ? List.of("--norc") : List.of("-f"));
        command.addAll(List.of("-c", line, folder.resolve("crossarm." + shell).toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().merge("PATH", folder + "/bin", (path, bin) -> bin + ":" + path);
        Process process = builder.start();
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer.lines().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    @Test
    void completes_commands() throws Exception {
        assertThat(offers("crossarm", "pro")).containsExactly("provision");
        assertThat(offers("crossarm", ""))
                .contains("provision", "check", "env", "inspect", "config", "completion", "help", "version");
        assertThat(offers("crossarm", "config", "s")).containsExactly("show");
        assertThat(offers("crossarm", "help", "prov")).containsExactly("provision");
        assertThat(offers("crossarm", "completion", "")).containsExactly("bash", "zsh");
    }

    @Test
    void completes_options_and_their_values() throws Exception {
        assertThat(offers("crossarm", "provision", "--dry")).containsExactly("--dry-run");
        assertThat(offers("crossarm", "cache", "--cl")).containsExactly("--clear");
        assertThat(offers("crossarm", "provision", "--sc")).containsExactly("--scope");
        assertThat(offers("crossarm", "provision", "--scope", "")).containsExactlyInAnyOrder("system", "user");
        assertThat(offers("crossarm", "env", "--format", "d")).containsExactly("dotenv");
        assertThat(offers("crossarm", "provision", "--only", "rust")).contains("rustup", "rust-toolchain");
        assertThat(offers("crossarm", "provision", "--channel", "--")).isEmpty();
    }

    @Test
    void completes_a_value_behind_an_equals_sign_where_bash_cuts_the_words() throws Exception {
        assertThat(offers("crossarm", "provision", "--scope", "=", "us")).containsExactly("user");
        assertThat(offers("crossarm", "provision", "--scope", "=")).containsExactlyInAnyOrder("system", "user");
        assertThat(offers("crossarm", "provision", "--only", "=", "packages,rustu"))
                .containsExactly("packages,rustup");
        assertThat(offers("crossarm", "provision", "--scope=us")).containsExactly("--scope=user");
        assertThat(offers("crossarm", "build", "--lambda", "=", "ext")).containsExactly("extension");
    }

    @Test
    void completes_the_last_of_a_list_with_what_is_not_in_it_yet() throws Exception {
        assertThat(offers("crossarm", "provision", "--only", "rustup,rust")).containsExactly("rustup,rust-toolchain");
        assertThat(offers("crossarm", "build", "-F", "tls,")).containsExactly("tls,default", "tls,trace");
    }

    @Test
    void completes_the_packages_programs_and_features_of_the_project() throws Exception {
        assertThat(offers("crossarm", "build", "-p", "")).containsExactly("alpha", "beta");
        assertThat(offers("crossarm", "build", "--package", "b")).containsExactly("beta");
        assertThat(offers("crossarm", "build", "--bin", "")).containsExactly("alpha-server");
        assertThat(offers("crossarm", "build", "--features", "=", "tr")).containsExactly("trace");
        assertThat(offers("crossarm", "build", "-C", "/nowhere/at/all", "--bin", ""))
                .isEmpty();
        assertThat(offers("crossarm", "build", "--", "--ti")).isEmpty();
    }

    @Test
    void completes_files_and_folders() throws Exception {
        Files.createDirectory(folder.resolve("logs of today"));
        Files.writeString(folder.resolve("logs.txt"), "");

        assertThat(offers("crossarm", "explain", "lo")).containsExactlyInAnyOrder("logs of today", "logs.txt");
        assertThat(offers("crossarm", "check", "--prefix", "lo")).containsExactly("logs of today");
    }

    @Test
    void does_the_same_in_zsh() throws Exception {
        assumeThat(List.of("/usr/bin/zsh", "/bin/zsh"))
                .as("there is a zsh")
                .anyMatch(place -> Files.isExecutable(Path.of(place)));

        assertThat(Files.readString(folder.resolve("crossarm.zsh"))).startsWith("#compdef crossarm\n");
        assertThat(offersInZsh("crossarm", "pro")).containsExactly("provision");
        assertThat(offersInZsh("crossarm", "provision", "--scope=us")).containsExactly("--scope=user");
        assertThat(offersInZsh("crossarm", "provision", "--only", "rustup,rust"))
                .containsExactly("rustup,rust-toolchain");
        assertThat(offersInZsh("crossarm", "build", "--bin", "")).containsExactly("alpha-server");
        assertThat(offersInZsh("crossarm", "build", "-F", "tls,")).containsExactly("tls,default", "tls,trace");
    }

    @Test
    void has_no_script_for_other_shells() {
        assertThat(new TestProgram().run(new TestConsole(), "completion", "fish"))
                .isEqualTo(64);
    }
}
