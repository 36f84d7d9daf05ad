package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.Cli;
import dev.crossarm.cli.display.Console;
import dev.crossarm.host.Surroundings;
import dev.crossarm.plan.UpToDate;
import dev.crossarm.text.Mask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code crossarm build} as it is wired, with the real cargo, on this machine. Wants the toolchain the Rust steps' tests want. */
@Tag("rust")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealBuildTest {
    private static final String TRIPLE = "x86_64-unknown-linux-musl";

    @TempDir
    static Path root;

    private final Map<String, String> environment = new TreeMap<>();
    private int counter;
    private Path project = Path.of("/");

    /** One run of the command line. */
    private final class Run {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private int exit = -1;

        Run of(String... arguments) {
            Surroundings surroundings =
                    new Surroundings(environment, System.getProperty("user.name"), false, root, project, false, 80);
            Console console = new Console(
                    Mask.FORMS,
                    false,
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    new ByteArrayInputStream(new byte[0]),
                    false,
                    false,
                    false,
                    () -> 80);
            exit = new Cli(
                            new Wiring(
                                    surroundings, "crossarm", "1", new UpToDate(root.resolve("up-to-date"), () -> "")),
                            console)
                    .run(arguments);
            return this;
        }

        String shown() {
            return err.toString(StandardCharsets.UTF_8);
        }

        String results() {
            return out.toString(StandardCharsets.UTF_8).strip();
        }
    }

    @BeforeAll
    void provision() {
        Path rust = Path.of(Objects.requireNonNull(
                System.getenv("CROSSARM_TEST_RUST"),
                "CROSSARM_TEST_RUST is not set; ./scripts/test --only rust sets it"));
        environment.put("PATH", rust + "/cargo/bin:" + System.getenv("PATH"));
        environment.put("RUSTUP_HOME", rust + "/rustup");
        environment.put("CARGO_HOME", rust + "/cargo");
        environment.put("CROSSARM_SCOPE", "user");
        environment.put("CROSSARM_PREFIX", root + "/prefix");
        environment.put("CROSSARM_STATE_DIRECTORY", root + "/state");
        environment.put("CROSSARM_COMPILER", "gnu");
        environment.put("CROSSARM_BUILD_CACHE_DIRECTORY", root + "/cache");
        Run run = new Run().of("provision", "--here", "--yes", "--only", "compilers");
        assertThat(run.exit).as(run.shown()).isZero();
    }

    @BeforeEach
    void folder() throws IOException {
        environment.keySet().removeIf(name -> name.startsWith("GITHUB_"));
        project = Files.createDirectories(root.resolve("a project " + ++counter));
    }

    private void file(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private void hello(String name) throws IOException {
        file(
                "Cargo.toml",
                "[package]\nname = \"" + name + "\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n"
                        + "[profile.small]\ninherits = \"release\"\nopt-level = \"z\"\n\n[workspace]\n");
        file("src/main.rs", "fn main() { println!(\"hello\"); }\n#[test]\nfn works() {}\n");
    }

    @Test
    void builds_tests_runs_and_packs_a_project_without_a_lock_file() throws IOException {
        hello("demo");
        file("notes.txt", "kept");

        Run run = new Run()
                .of("build", "--release", "--test", "--run", "--lambda", "--archive", "--include", "notes.txt");

        assertThat(run.exit).as(run.shown()).isZero();
        assertThat(run.results().lines())
                .containsExactly(
                        project.resolve("target/" + TRIPLE + "/release/demo").toString(),
                        project.resolve("target/crossarm/" + TRIPLE + "/demo.zip")
                                .toString(),
                        project.resolve("target/crossarm/" + TRIPLE + "/demo-" + TRIPLE + ".tar.gz")
                                .toString());
        assertThat(run.shown()).contains("(stripped, was ", "proven static", "test result: ok. 1 passed");
        assertThat(run.shown()).as("what is there is not asked for").doesNotContain("needs:");
        assertThat(project.resolve("Cargo.lock")).exists();
        assertThat(project.resolve("target/crossarm/" + TRIPLE + "/demo.zip")).exists();
        assertThat(project.resolve("target/crossarm/" + TRIPLE + "/demo-" + TRIPLE + ".tar.gz.sha256"))
                .exists();
    }

    @Test
    void says_that_its_linker_and_compiler_win_over_those_of_a_cargo_config() throws IOException {
        hello("demo");
        file(".cargo/config.toml", """
                [target.x86_64-unknown-linux-musl]
                linker = "/nowhere/ld"
                [env]
                CC = "/nowhere/cc"
                """);

        Run run = new Run().of("build");

        assertThat(run.exit).as(run.shown()).isZero();
        assertThat(run.shown().lines())
                .filteredOn(line -> line.contains("/nowhere"))
                .hasSize(2)
                .allMatch(line -> line.contains("config.toml: Crossarm's wins"));
        assertThat(new Run().of("build", "--quiet").shown()).doesNotContain("/nowhere");
    }

    @Test
    void says_it_all_as_json() throws IOException {
        hello("demo");

        Run run = new Run().of("build", "--json");

        assertThat(run.exit).as(run.shown()).isZero();
        assertThat(run.results()).startsWith("{").contains("\"schemaVersion\"", "\"static\" : true", "\"preflight\"");
    }

    @Test
    void keeps_the_status_of_a_compile_error_and_annotates_its_place() throws IOException {
        hello("demo");
        file("src/main.rs", "fn main() {\n    let x: u32 = \"a\";\n}\n");
        environment.put("GITHUB_ACTIONS", "true");
        environment.put("GITHUB_WORKSPACE", root.toString());

        Run run = new Run().of("build", "--cache", "off");

        assertThat(run.exit).isEqualTo(101);
        assertThat(run.shown())
                .contains("::error file=" + root.relativize(project)
                        + "/src/main.rs,line=2,endLine=2,col=18,endColumn=21,"
                        + "title=error[E0308]::mismatched types: expected `u32`, found `&str`\n");
    }

    @Test
    void names_the_missing_library_of_c() throws IOException {
        hello("demo");
        file(
                "src/main.rs",
                "#[link(name = \"nosuchlibrary\")]\nextern \"C\" { fn f(); }\nfn main() { unsafe { f() } }\n");

        Run run = new Run().of("build");

        assertThat(run.exit).isEqualTo(101);
        assertThat(run.shown()).contains("nosuchlibrary").contains("error: ");
    }

    @Test
    void builds_every_program_of_a_workspace_from_a_folder_in_it() throws IOException {
        file("Cargo.toml", "[workspace]\nmembers = [\"one\", \"two\"]\nresolver = \"2\"\n");
        for (String name : List.of("one", "two")) {
            file(name + "/Cargo.toml", "[package]\nname = \"" + name + "\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
            file(name + "/src/main.rs", "fn main() {}\n");
            file(name + "/src/bin/" + name + "-more.rs", "fn main() {}\n");
        }

        Run inner = new Run().of("build", "--directory", "one", "--profile", "release");
        Run all = new Run().of("build", "-C", "two", "--workspace", "--bin", "one-more", "--bin", "two");

        assertThat(inner.results()
                        .lines()
                        .map(line -> Path.of(line).getFileName().toString()))
                .as(inner.shown())
                .containsExactlyInAnyOrder("one", "one-more");
        assertThat(all.results().lines().map(line -> Path.of(line).getFileName().toString()))
                .as(all.shown())
                .containsExactlyInAnyOrder("one-more", "two");
    }

    @Test
    void builds_in_a_profile_of_the_project_s_own() throws IOException {
        hello("demo");

        Run run = new Run().of("build", "--profile", "small");

        assertThat(run.results()).as(run.shown()).endsWith("/" + TRIPLE + "/small/demo");
    }

    @Test
    void refuses_a_shared_library_before_it_compiles() throws IOException {
        hello("demo");
        Files.delete(project.resolve("src/main.rs"));
        file("src/lib.rs", "");
        file(
                "Cargo.toml",
                "[package]\nname = \"demo\"\nversion = \"0.1.0\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n");

        Run run = new Run().of("build");

        assertThat(run.exit).isEqualTo(65);
        assertThat(run.shown()).contains("only a shared library").doesNotContain("Compiling");
    }

    @Test
    void names_the_toolchain_that_a_file_asks_for_when_it_may_not_be_fetched() throws IOException {
        hello("demo");
        file("rust-toolchain.toml", "[toolchain]\nchannel = \"1.70.0\"\n");

        Run run = new Run().of("build", "--offline");

        assertThat(run.exit).isEqualTo(78);
        assertThat(run.shown()).contains("1.70.0 is not installed", "rust-toolchain.toml selects it");
    }

    @Test
    void lets_no_build_script_command_the_runner() throws IOException {
        hello("demo");
        file(
                "build.rs",
                "fn main() { eprintln!(\"::error::from a build script\"); println!(\"::set-output name=a::b\"); panic!() }\n");
        environment.put("GITHUB_ACTIONS", "true");

        Run run = new Run().of("build", "--cache", "off");

        List<String> lines = run.shown().lines().toList();
        String stop = lines.stream()
                .filter(line -> line.startsWith("::stop-commands::"))
                .findFirst()
                .orElseThrow();
        int resumed = lines.indexOf("::" + stop.substring("::stop-commands::".length()) + "::");
        assertThat(run.exit).isEqualTo(101);
        assertThat(lines.subList(resumed, lines.size()))
                .noneMatch(line ->
                        line.strip().startsWith("::set-output") || line.strip().startsWith("::error::from"));
        assertThat(run.shown()).contains("from a build script");
    }

    @Test
    void lets_two_builds_at_once_have_a_target_directory_each() throws Exception {
        hello("demo");
        file("build.rs", "fn main() { std::thread::sleep(std::time::Duration::from_secs(2)) }\n");
        environment.put("GITHUB_REPOSITORY", "acme/both");
        List<Process> builds = List.of(process("first"), process("second"));
        for (Process build : builds) {
            assertThat(build.waitFor()).as(shownBy("first") + shownBy("second")).isZero();
        }

        assertThat(shownBy("first") + shownBy("second"))
                .doesNotContain("Blocking waiting for file lock on build directory");
        try (Stream<Path> repositories = Files.list(root.resolve("cache"))) {
            Path both = repositories
                    .filter(folder -> String.valueOf(folder.getFileName()).startsWith("acme-both-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(both.resolve("slot-0/target")).exists();
            assertThat(both.resolve("slot-1/target")).exists();
        }
    }

    /** Two jobs are two processes, each with locks and temporary files of its own. */
    private Process process(String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.crossarm.Main",
                "build",
                "--cache",
                "on");
        builder.environment().putAll(environment);
        return builder.directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve(name + ".log").toFile())
                .start();
    }

    private String shownBy(String name) throws IOException {
        return Files.readString(project.resolve(name + ".log"));
    }

    @Test
    void leaves_no_process_when_told_to_stop_in_mid_build() throws Exception {
        hello("demo");
        file(
                "build.rs",
                "fn main() { eprintln!(\"{}\", std::process::id()); std::fs::write(\"started\", \"\").unwrap();"
                        + " std::thread::sleep(std::time::Duration::from_secs(600)) }\n");
        Run run = new Run();
        Thread build = new Thread(() -> run.of("build"));
        build.start();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(project.resolve("started")));
        build.interrupt();
        build.join(60_000);

        assertThat(build.isAlive()).isFalse();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().command().orElse(""))
                        .filter(command -> command.startsWith(project.toString())))
                .isEmpty();
    }

    @Test
    void proves_the_level_by_a_run_on_such_a_processor() throws IOException {
        hello("demo");
        file("src/main.rs", """
                #[target_feature(enable = "avx2")]
                unsafe fn wide() -> i32 {
                    use std::arch::x86_64::*;
                    let x = _mm256_set1_epi32(std::env::args().count() as i32);
                    _mm256_extract_epi32::<3>(_mm256_add_epi32(x, x))
                }
                fn main() { println!("{}", unsafe { wide() }) }
                """);

        Run low = new Run().of("build", "--cpu", "x86-64-v2", "--run");
        Run high = new Run().of("build", "--cpu", "x86-64-v3", "--run");

        assertThat(low.exit).as(low.shown()).isEqualTo(1);
        assertThat(low.shown()).contains("illegal instruction", "x86-64-v2");
        assertThat(high.exit).as(high.shown()).isZero();
    }
}
