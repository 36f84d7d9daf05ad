package dev.crossarm.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.cli.TestProgram;
import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.host.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the action's inputs mean, and what is said of those that are wrong. */
class ActionInputsTest {
    private static final String HOSTILE = "$(touch x)`touch x`;touch x";

    @TempDir
    Path workspace;

    @BeforeEach
    void project() throws IOException {
        Files.createFile(workspace.resolve("Cargo.toml"));
        Files.createDirectories(workspace.resolve("my project/config"));
        Files.createFile(workspace.resolve("my project/Cargo.toml"));
        Files.createFile(workspace.resolve("my project/read me.txt"));
        Files.createFile(workspace.resolve("my project/config/it's $(here).toml"));
    }

    /** As a runner sets them: every input of action.yml, those given and the defaults of the others. */
    private Surroundings job(String... inputs) {
        Map<String, String> all = new TreeMap<>(
                Map.of("GITHUB_WORKSPACE", workspace.toString(), "GITHUB_ACTIONS", "true", "PATH", "/usr/bin:/bin"));
        for (String name : List.of("WORKSPACE", "LAMBDA", "ARCHIVE", "TEST", "RUN", "CPP")) {
            all.put("CROSSARM_INPUT_" + name, "false");
        }
        for (String name :
                List.of("PACKAGE", "BIN", "FEATURES", "ARGS", "TARGET", "TOOLCHAIN", "INCLUDE", "CPU", "STRIP")) {
            all.put("CROSSARM_INPUT_" + name, "");
        }
        all.put("CROSSARM_INPUT_WORKING_DIRECTORY", "");
        all.putAll(Map.of(
                "CROSSARM_INPUT_PROFILE", "release", "CROSSARM_INPUT_CHECKS", "fail", "CROSSARM_INPUT_CACHE", "auto"));
        for (String input : inputs) {
            String[] pair = input.split("=", 2);
            all.put("CROSSARM_INPUT_" + pair[0].toUpperCase(Locale.ROOT).replace('-', '_'), pair[1]);
        }
        return new Surroundings(all, "ci", false, Path.of("/home/ci"), workspace, false, 80);
    }

    /** What these inputs stand for, besides what always does. */
    private List<String> arguments(String... inputs) {
        return ActionInputs.arguments(job(inputs), "1.2.3").stream()
                .filter(word -> !List.of("--checks=fail", "--directory=" + workspace, "--release")
                        .contains(word))
                .toList();
    }

    private String refusal(String... inputs) {
        return catchThrowableOfType(ActionInputs.Refused.class, () -> ActionInputs.arguments(job(inputs), "1.2.3"))
                .command();
    }

    @Test
    void without_inputs_it_is_a_release_build_of_the_workspace() {
        assertThat(ActionInputs.arguments(job(), "1.2.3"))
                .containsExactly("--release", "--directory=" + workspace, "--checks=fail");
    }

    @Test
    void programs_and_packages_stand_one_per_line() {
        assertThat(arguments("bin=a\n\n  \nb-c\r\n", "package=one\ntwo@1.0.0"))
                .containsExactly("--package=one", "--package=two@1.0.0", "--bin=a", "--bin=b-c");
        assertThat(arguments("bin=größe")).containsExactly("--bin=größe");
    }

    @Test
    void features_are_separated_by_commas_blanks_and_lines() {
        assertThat(arguments("features=a, b/c dep:d\ne\n")).containsExactly("--features=a,b/c,dep:d,e");
    }

    @Test
    void switches_are_options() {
        assertThat(arguments(
                        "workspace=True",
                        "lambda=TRUE",
                        "archive=true",
                        "test=true",
                        "run=true",
                        "cpu=x86-64-v3",
                        "strip=debug-file",
                        "cache=true"))
                .containsExactly(
                        "--workspace",
                        "--lambda=function",
                        "--archive",
                        "--test",
                        "--run",
                        "--cpu=x86-64-v3",
                        "--strip=yes",
                        "--debug-file",
                        "--cache=on");
        assertThat(arguments("lambda=extension", "strip=false", "cache=off", "checks=off"))
                .containsExactly("--lambda=extension", "--checks=off", "--strip=no", "--cache=off");
        assertThat(arguments("checks=false")).containsExactly("--checks=off");
        assertThat(arguments("target=x86_64-unknown-linux-musl", "toolchain=1.85.1"))
                .containsExactly("--target=x86_64-unknown-linux-musl", "--toolchain=1.85.1");
        assertThat(arguments("profile=small")).containsExactly("--profile=small");
        assertThat(arguments("profile=debug")).containsExactly("--profile=dev");
    }

    @Test
    void arguments_for_cargo_arrive_as_they_are() {
        assertThat(arguments("args=--config=a.b=\"c d\"\n--locked\n-vv\n'quoted' $HOME *"))
                .containsExactly("--locked", "--", "--config=a.b=\"c d\"", "-vv", "'quoted' $HOME *");
        assertThat(arguments("args=" + HOSTILE)).containsExactly("--", HOSTILE);
        assertThat(arguments("run=" + HOSTILE)).containsExactly("--run=" + HOSTILE);
    }

    @Test
    void names_of_files_may_hold_anything_but_a_line_end() {
        assertThat(arguments(
                        "working-directory=my project",
                        "archive=true",
                        "include=read me.txt\n./config/it's $(here).toml"))
                .containsExactly(
                        "--directory=" + workspace.resolve("my project"),
                        "--archive",
                        "--include=read me.txt",
                        "--include=config/it's $(here).toml");
    }

    @Test
    void a_folder_may_have_a_line_end_in_its_name() throws IOException {
        Path odd = Files.createDirectories(workspace.resolve("line\nend"));
        Files.createFile(odd.resolve("Cargo.toml"));

        assertThat(arguments("working-directory=line\nend")).containsExactly("--directory=" + odd);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bin=" + HOSTILE + "|bin|program names",
                "bin=--release|bin|program names",
                "bin=a, b|bin|one per line",
                "package=" + HOSTILE + "|package|package names",
                "test=yes|test|must be true or false; got 'yes'",
                "cpp=yes|cpp|must be true or false",
                "lambda=layer|lambda|true, false, function or extension",
                "cpu=x86-64-v5|cpu|x86-64, x86-64-v2, x86-64-v3 or x86-64-v4",
                "checks=maybe|checks|fail, warn or off",
                "features=" + HOSTILE + "|features|feature names",
                "features=--all-features|features|not options",
                "toolchain=../stable|toolchain|name that rustup knows",
                "args=--locked --offline|args|one argument per line",
                "args=--|args|arguments of cargo build",
                "working-directory=elsewhere|working-directory|is not one",
                "working-directory=my project/config|working-directory|no Cargo.toml",
                "include=Cargo.toml|include|lambda: true",
                "shape=round|shape|is not known to crossarm 1.2.3"
            })
    void refuses_what_is_wrong_by_the_input_s_name(String input, String name, String text) {
        assertThat(refusal(input))
                .startsWith("::error title=crossarm%3A input " + name + "::input '" + name + "' ")
                .contains(text)
                .doesNotContain("\n");
    }

    @Test
    void refuses_files_that_are_not_in_the_project() {
        assertThat(refusal("lambda=true", "include=../secret")).contains("inside the project");
        assertThat(refusal("lambda=true", "include=/etc/passwd")).contains("inside the project");
        assertThat(refusal("lambda=true", "include=nothing")).contains("which is not in");
    }

    @Test
    void a_workflow_command_in_a_value_stays_one_line() {
        assertThat(refusal("profile=x\n::set-output name=binary::y\n::error::z"))
                .contains("name of a cargo profile")
                .doesNotContain("\n");
    }

    @Test
    void a_wrong_input_ends_with_64_and_one_line_before_anything_is_done() {
        TestConsole console = new TestConsole();
        TestProgram program = new TestProgram()
                .variable("GITHUB_WORKSPACE", workspace.toString())
                .variable("CROSSARM_INPUT_TEST", "maybe");

        assertThat(program.run(console, "build", "--inputs-from-env")).isEqualTo(64);
        assertThat(console.out())
                .startsWith("::error title=crossarm%3A input test::")
                .hasLineCount(1);
        assertThat(console.err()).isEmpty();
    }

    @Test
    void the_build_is_the_one_the_inputs_stand_for_and_nothing_is_said_about_them() {
        TestConsole console = new TestConsole();
        TestProgram program = new TestProgram()
                .variable("GITHUB_WORKSPACE", workspace.toString())
                .variable("CROSSARM_INPUT_BIN", "a\nb")
                .variable("CROSSARM_INPUT_ARGS", "--timings")
                .variable("CROSSARM_INPUT_CACHE", "false");

        program.run(console, "build", "--inputs-from-env");

        assertThat(program.asked()).hasValueSatisfying(request -> {
            assertThat(request.directory()).isEqualTo(workspace);
            assertThat(request.cargo().bins()).containsExactly("a", "b");
            assertThat(request.cargo().profile()).isEqualTo("release");
            assertThat(request.cargo().arguments()).containsExactly("--timings");
            assertThat(request.cache().wanted()).contains(false);
        });
        assertThat(console.err()).doesNotContain("CROSSARM_INPUT");
    }

    @Test
    void inputs_can_be_checked_without_a_build() {
        TestProgram program = new TestProgram().variable("GITHUB_WORKSPACE", workspace.toString());

        assertThat(program.run(new TestConsole(), "build", "--inputs-from-env=check"))
                .isZero();
    }
}
