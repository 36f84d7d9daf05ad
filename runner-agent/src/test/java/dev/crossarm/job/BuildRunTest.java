package dev.crossarm.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.job.cache.BuildCache;
import dev.crossarm.job.report.BuildJson;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.job.request.CargoChoice;
import dev.crossarm.job.request.Remark;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

class BuildRunTest {
    @TempDir
    Path root;

    private ScriptedCargo cargo;

    @BeforeEach
    void machine() {
        cargo = new ScriptedCargo(root);
    }

    private static String message(String file, int line, String text) {
        return "echo '{\"reason\":\"compiler-message\",\"package_id\":\"path+file:///p#demo@1.0.0\",\"message\":{\"level\":\"error\","
                + "\"message\":\"" + text + "\",\"code\":{\"code\":\"E0308\"},\"rendered\":\"error[E0308]: " + text
                + "\\n\","
                + "\"spans\":[{\"is_primary\":true,\"file_name\":\"" + file + "\",\"line_start\":" + line
                + ",\"line_end\":" + line
                + ",\"column_start\":5,\"column_end\":9}]}}'\n";
    }

    @Test
    void keeps_cargo_s_status_and_shows_what_it_says() {
        cargo.answering("build", "echo 'error: something odd' >&2; exit 101");

        BuildRun.Ended ended = cargo.build(cargo.request());

        assertThat(ended.exit()).isEqualTo(101);
        assertThat(cargo.shown()).contains("error: something odd");
        assertThat(ended.summary().failure().orElseThrow().summary()).contains("cargo build ended with status 101");
        assertThat(BuildJson.of(ended.summary(), ended.exit())
                        .at("/problem/exit")
                        .asInt())
                .isEqualTo(101);
    }

    @Test
    void hands_the_choice_to_cargo_word_by_word() {
        cargo.answering("build", "printf '<%s>' \"$@\" >'" + root + "/words'");
        CargoChoice choice = new CargoChoice(
                List.of("demo"),
                List.of("a", "b"),
                true,
                "release",
                List.of("x,y"),
                true,
                true,
                true,
                true,
                true,
                Optional.empty(),
                List.of("--config", "a = 'b c'\nd"));
        BuildRequest plain = cargo.request();
        cargo.build(new BuildRequest(
                plain.directory(), choice, plain.cpu(), plain.checks(), plain.trial(), plain.packing(), plain.cache()));

        assertThat(root.resolve("words"))
                .hasContent(
                        "<build><--message-format=json><--target><x86_64-unknown-linux-musl><--package><demo><--workspace>"
                                + "<--features><x,y><--all-features><--no-default-features><--locked><--offline><--frozen><--release>"
                                + "<--bin><a><--bin><b><--config><a = 'b c'\nd>");
    }

    @Test
    void gives_an_old_bindgen_the_variable_it_reads_and_says_so() throws IOException {
        cargo.variable("BINDGEN_EXTRA_CLANG_ARGS_x86_64_unknown_linux_musl", "--target=x -isystem y");
        Files.writeString(
                cargo.project.resolve("Cargo.lock"), "[[package]]\nname = \"bindgen\"\nversion = \"0.56.0\"\n");
        cargo.answering("build", "printf '<%s>' \"$BINDGEN_EXTRA_CLANG_ARGS\" >'" + root + "/words'");

        cargo.build(cargo.request());

        assertThat(root.resolve("words")).hasContent("<--target=x -isystem y>");
        assertThat(cargo.shown())
                .contains("needs: BINDGEN_EXTRA_CLANG_ARGS without the target's name for bindgen 0.56.0");
    }

    @Test
    void annotates_errors_in_the_project_s_own_sources_by_place() {
        cargo.variable("GITHUB_ACTIONS", "true").variable("GITHUB_WORKSPACE", root.toString());
        cargo.answering("build", message("src/a,b.rs", 7, "mismatched types: 100%") + "exit 101");

        cargo.build(cargo.request());

        assertThat(cargo.shown())
                .contains("::error file=my project/src/a%2Cb.rs,line=7,endLine=7,col=5,endColumn=9,title=error[E0308]"
                        + "::mismatched types: 100%25\n");
    }

    @Test
    void shows_ten_annotations_of_many_and_counts_the_rest() {
        cargo.variable("GITHUB_ACTIONS", "true");
        StringBuilder many = new StringBuilder();
        for (int i = 1; i <= 25; i++) {
            many.append(message("src/main.rs", i, "no " + i));
        }
        cargo.answering("build", many + "exit 101");

        cargo.build(cargo.request());

        assertThat(cargo.shown().lines().filter(line -> line.startsWith("::error")))
                .hasSize(10);
        assertThat(cargo.shown()).contains("::error title=16 more errors::");
    }

    @Test
    void explains_a_known_failure_in_one_annotation() {
        cargo.variable("GITHUB_ACTIONS", "true");
        cargo.answering(
                "build",
                "echo \"error[E0463]: can't find crate for \\`std\\`\" >&2; echo 'error: could not compile `demo`' >&2; exit 101");

        BuildRun.Ended ended = cargo.build(cargo.request());

        assertThat(ended.summary().failure().orElseThrow().code()).isEqualTo("target-missing");
        assertThat(cargo.shown().lines().filter(line -> line.startsWith("::error")))
                .singleElement()
                .asString()
                .startsWith("::error title=crossarm%3A target-missing::")
                .contains("%0A-> rustup target add");
    }

    @Test
    void names_the_action_s_input_where_the_job_set_up_the_machine() {
        cargo.variable("GITHUB_ACTIONS", "true").variable("CROSSARM_SET_UP_BY_JOB", "1");
        cargo.answering("build", "echo \"a.cc:1:10: fatal error: vector: No such file or directory\" >&2; exit 101");

        cargo.build(cargo.request());

        assertThat(cargo.shown().lines().filter(line -> line.startsWith("::error")))
                .singleElement()
                .asString()
                .contains("with:': cpp: true%0A-> crossarm provision --cpp");
    }

    @Test
    void names_the_command_alone_where_somebody_else_did() {
        cargo.variable("GITHUB_ACTIONS", "true");
        cargo.answering("build", "echo \"a.cc:1:10: fatal error: vector: No such file or directory\" >&2; exit 101");

        BuildRun.Ended ended = cargo.build(cargo.request());

        assertThat(ended.summary().failure().orElseThrow().remedies())
                .contains("crossarm provision --cpp")
                .noneMatch(remedy -> remedy.contains("with:"));
    }

    @Test
    void a_warning_annotates_the_run_and_lets_it_succeed() {
        cargo.variable("GITHUB_ACTIONS", "true");
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/sh"));

        BuildRun.Ended ended = cargo.build(with(cargo.request(), BuildRequest.Checks.WARN));

        assertThat(ended.exit()).isZero();
        assertThat(cargo.shown().lines().filter(line -> line.startsWith("::")))
                .anyMatch(line -> line.startsWith("::warning title=crossarm::demo is "))
                .noneMatch(line -> line.startsWith("::error"));
    }

    @Test
    void keeps_the_runner_from_taking_output_for_commands() {
        cargo.variable("GITHUB_ACTIONS", "true");
        cargo.answering("build", "echo '::set-output name=x::y'; echo '::error::not ours' >&2; exit 101");

        cargo.build(cargo.request());

        List<String> lines = cargo.shown().lines().toList();
        int stopped = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("::stop-commands::"))
                .findFirst()
                .orElseThrow());
        String token = lines.get(stopped).substring("::stop-commands::".length());
        int resumed = lines.indexOf("::" + token + "::");
        assertThat(token).hasSizeGreaterThan(30);
        assertThat(lines.indexOf("::set-output name=x::y")).isBetween(stopped, resumed);
        assertThat(lines.indexOf("::error::not ours")).isBetween(stopped, resumed);
    }

    @Test
    void writes_outputs_and_a_summary_also_of_a_failure() throws IOException {
        Path outputs = root.resolve("outputs");
        Path summary = root.resolve("summary");
        cargo.variable("GITHUB_OUTPUT", outputs.toString()).variable("GITHUB_STEP_SUMMARY", summary.toString());
        cargo.answering("build", "echo 'error: no' >&2; exit 101");

        cargo.build(cargo.request());

        assertThat(Files.readString(outputs)).contains("binary<<", "static<<");
        assertThat(Files.readString(summary)).contains("Failed for", "status 101");
    }

    @Test
    void annotates_reports_and_sums_up_what_keeps_it_from_beginning() throws IOException {
        Path outputs = root.resolve("outputs");
        Path summary = root.resolve("summary");
        cargo.variable("GITHUB_ACTIONS", "true")
                .variable("GITHUB_OUTPUT", outputs.toString())
                .variable("GITHUB_STEP_SUMMARY", summary.toString());

        BuildRun.Ended ended = new BuildRun(cargo.host(), cargo.terminal(), cargo.request()).carryOut(() -> {
            throw Problem.of(ExitStatus.CONFIGURATION, "provisioned-elsewhere", "only elsewhere", "crossarm build --x")
                    .asException();
        });

        assertThat(ended.exit()).isEqualTo(78);
        assertThat(cargo.shown())
                .contains("::error title=crossarm%3A provisioned-elsewhere::only elsewhere%0A-> crossarm build --x");
        assertThat(Files.readString(outputs)).contains("binary<<", "static<<");
        assertThat(Files.readString(summary)).contains("Failed for", "only elsewhere");
    }

    @Test
    void writes_no_commands_outside_of_a_job() {
        cargo.answering("build", "echo 'error: no' >&2; exit 101");

        cargo.build(cargo.request());

        assertThat(cargo.shown()).doesNotContain("::stop-commands", "::error");
    }

    @Test
    void refuses_a_package_that_makes_a_shared_library_only() {
        cargo.makingOnly("cdylib").answering("build", "exit 0");
        BuildRequest strict = with(cargo.request(), BuildRequest.Checks.FAIL);

        BuildRun.Ended ended = cargo.build(strict);

        assertThat(ended.exit()).isEqualTo(65);
        assertThat(ended.summary().failure().orElseThrow().code()).isEqualTo("only-cdylib");
        assertThat(cargo.calls()).noneMatch(call -> call.startsWith("build"));
    }

    @Test
    void refuses_locked_without_a_lock_file() throws IOException {
        Files.delete(cargo.project.resolve("Cargo.lock"));
        BuildRequest plain = cargo.request();
        CargoChoice locked = new CargoChoice(
                List.of(),
                List.of(),
                false,
                "dev",
                List.of(),
                false,
                false,
                true,
                false,
                false,
                Optional.empty(),
                List.of());

        BuildRun.Ended ended = cargo.build(new BuildRequest(
                plain.directory(), locked, plain.cpu(), plain.checks(), plain.trial(), plain.packing(), plain.cache()));

        assertThat(ended.exit()).isEqualTo(65);
        assertThat(ended.summary().failure().orElseThrow().code()).isEqualTo("no-lock-file");
    }

    @Test
    void fails_before_compiling_where_a_crate_has_no_build_for_musl() {
        ScriptedCargo.write(
                cargo.project.resolve("Cargo.lock"),
                "version = 4\n[[package]]\nname = \"ort-sys\"\nversion = \"2.0.0-rc.9\"\n");
        cargo.answering("tree", "printf 'demo v1.0.0 (/p)\\t\\nort-sys v2.0.0-rc.9\\tdefault,download-binaries\\n'");
        cargo.answering("build", "exit 0");

        BuildRun.Ended ended = cargo.build(with(cargo.request(), BuildRequest.Checks.FAIL));

        assertThat(ended.exit()).isEqualTo(65);
        assertThat(ended.summary().failure().orElseThrow().summary()).contains("ort-sys 2.0.0-rc.9");
        assertThat(cargo.calls()).noneMatch(call -> call.startsWith("build"));
    }

    @Test
    void builds_on_where_such_a_crate_is_in_the_lock_but_not_in_the_build() {
        ScriptedCargo.write(
                cargo.project.resolve("Cargo.lock"),
                "version = 4\n[[package]]\nname = \"ort-sys\"\nversion = \"2.0.0-rc.9\"\n");
        cargo.answering("tree", "printf 'demo v1.0.0 (/p)\\t\\n'")
                .makingOnly("lib")
                .answering("build", "exit 0");

        BuildRun.Ended ended = cargo.build(with(cargo.request(), BuildRequest.Checks.FAIL));

        assertThat(ended.exit()).isZero();
        assertThat(ended.summary().warnings()).isEmpty();
    }

    @Test
    void only_warns_where_cargo_cannot_say_what_is_built() {
        ScriptedCargo.write(
                cargo.project.resolve("Cargo.lock"),
                "version = 4\n[[package]]\nname = \"ort-sys\"\nversion = \"2.0.0-rc.9\"\n");
        cargo.answering("tree", "exit 101").makingOnly("lib").answering("build", "exit 0");

        BuildRun.Ended ended = cargo.build(with(cargo.request(), BuildRequest.Checks.FAIL));

        assertThat(ended.exit()).isZero();
        assertThat(ended.summary().warnings()).singleElement().asString().contains("cargo could not say");
    }

    @Test
    void fails_with_1_when_a_program_does_not_run() {
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/false"));

        BuildRun.Ended ended = cargo.build(trying(List.of("--version"), Duration.ofSeconds(20)));

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.summary().failure().orElseThrow().summary()).isEqualTo("demo ended with status 1");
    }

    /** A whole static program: the headers it needs, and the one instruction no processor has. */
    private static byte[] undefinedInstruction() {
        ByteBuffer file = ByteBuffer.allocate(122).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        file.putShort((short) 2)
                .putShort((short) 62)
                .putInt(1)
                .putLong(0x400078)
                .putLong(64)
                .putLong(0)
                .putInt(0);
        file.putShort((short) 64)
                .putShort((short) 56)
                .putShort((short) 1)
                .putShort((short) 64)
                .putInt(0);
        file.putInt(1)
                .putInt(5)
                .putLong(0)
                .putLong(0x400000)
                .putLong(0x400000)
                .putLong(122)
                .putLong(122)
                .putLong(4096);
        return file.put((byte) 0x0f).put((byte) 0x0b).array();
    }

    @Test
    @EnabledOnOs(architectures = "amd64")
    void names_an_illegal_instruction() throws IOException {
        Files.write(root.resolve("ill"), undefinedInstruction());
        ScriptedCargo.executable(root.resolve("ill"));
        cargo.answering("build", ScriptedCargo.builds("demo", "'" + root.resolve("ill") + "'"));

        BuildRun.Ended ended = cargo.build(trying(List.of(), Duration.ofSeconds(20)));

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.summary().failure().orElseThrow().summary()).contains("illegal instruction");
        assertThat(ended.summary().failure().orElseThrow().remedies().get(0)).contains("target-cpu");
    }

    @Test
    void ends_a_program_that_does_not_end() {
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/sleep"));

        BuildRun.Ended ended = cargo.build(trying(List.of("600"), Duration.ofSeconds(1)));

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.summary().failure().orElseThrow().summary()).isEqualTo("demo did not end within 1 s");
    }

    @Test
    void finds_that_a_dynamic_program_is_not_static() {
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/true"));

        BuildRun.Ended ended = cargo.build(with(cargo.request(), BuildRequest.Checks.FAIL));

        assertThat(ended.exit()).isEqualTo(65);
        assertThat(ended.summary().programs())
                .singleElement()
                .matches(program -> !program.isStatic() && !program.findings().isEmpty());
    }

    @Test
    void keeps_the_status_of_tests_and_counts_them() {
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/true"))
                .answering(
                        "test",
                        "echo 'test tests::adds ... FAILED'; echo 'test tests::works ... ok';"
                                + " echo 'test odd - should panic ... FAILED'; echo 'test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out'; exit 101");
        BuildRequest plain = cargo.request();
        BuildRun.Ended ended = cargo.build(new BuildRequest(
                plain.directory(),
                plain.cargo(),
                plain.cpu(),
                plain.checks(),
                new BuildRequest.Trial(true, Optional.empty(), Duration.ofSeconds(9)),
                plain.packing(),
                plain.cache()));

        assertThat(ended.exit()).isEqualTo(101);
        assertThat(ended.summary().tests().orElseThrow())
                .matches(tests -> tests.passed() == 3 && tests.failed() == 2 && tests.ignored() == 1);
        assertThat(ended.summary().failure().orElseThrow().summary()).isEqualTo("2 tests failed");
        assertThat(ended.summary().failure().orElseThrow().detail())
                .isEqualTo("tests::adds, odd\ncargo test ended with status 101");
    }

    @Test
    void builds_in_the_cache_and_delivers_where_cargo_would_have_built() {
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/true"));
        BuildRequest plain = cargo.request();
        BuildRequest cached = new BuildRequest(
                plain.directory(),
                plain.cargo(),
                plain.cpu(),
                plain.checks(),
                plain.trial(),
                plain.packing(),
                new BuildRequest.Cache(Optional.of(true), root.resolve("cache"), 1L << 40));

        BuildRun.Ended cold = cargo.build(cached);
        BuildRun.Ended warm = cargo.build(cached);

        Path usual = cargo.project.resolve("target/x86_64-unknown-linux-musl/debug/demo");
        assertThat(cold.summary().cache().kind()).isEqualTo(BuildCache.State.Kind.COLD);
        assertThat(warm.summary().cache().kind()).isEqualTo(BuildCache.State.Kind.WARM);
        assertThat(warm.summary().programs().get(0).program().file()).isEqualTo(usual);
        assertThat(usual).hasSameBinaryContentAs(Path.of("/bin/true"));
    }

    @Test
    void ends_cargo_and_everything_below_it_when_told_to_stop() throws InterruptedException {
        cargo.answering("build", "sleep 654321 & echo started >&2; wait");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread build = new Thread(() -> {
            try {
                cargo.build(cargo.request());
            } catch (CrossarmException stopped) {
                thrown.set(stopped);
            }
        });
        build.start();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> cargo.shown().contains("started"));
        build.interrupt();
        build.join(60_000);

        assertThat(thrown.get()).isInstanceOf(CrossarmException.class);
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains("sleep 654321")))
                .isEmpty();
    }

    @Test
    void says_a_remark_and_annotates_the_run_with_warnings_alone() {
        cargo.variable("GITHUB_ACTIONS", "true");
        cargo.answering("build", "exit 1");

        BuildRun.Ended ended = new BuildRun(cargo.host(), cargo.terminal(), cargo.request())
                .carryOut(() -> List.of(new Remark(false, "ours wins"), new Remark(true, "theirs wins")));

        assertThat(ended.summary().notes()).contains("ours wins");
        assertThat(ended.summary().warnings()).contains("theirs wins");
        assertThat(cargo.shown().lines())
                .contains("ours wins", "warning: theirs wins", "::warning title=crossarm::theirs wins")
                .noneMatch(line -> line.startsWith("::") && line.contains("ours wins"));
    }

    private static CargoChoice naming(List<String> bins, List<String> arguments) {
        return new CargoChoice(
                List.of(),
                bins,
                false,
                "dev",
                List.of(),
                false,
                false,
                false,
                false,
                false,
                Optional.empty(),
                arguments);
    }

    private BuildRun.Ended build(CargoChoice choice) {
        BuildRequest plain = cargo.request();
        return cargo.build(new BuildRequest(
                plain.directory(), choice, plain.cpu(), plain.checks(), plain.trial(), plain.packing(), plain.cache()));
    }

    @Test
    void fails_where_cargo_ends_well_but_reports_none_of_the_package_s_programs() {
        cargo.answering("build", "exit 0");

        BuildRun.Ended ended = cargo.build(cargo.request());

        assertThat(ended.exit()).isEqualTo(65);
        assertThat(ended.summary().failure().orElseThrow().code()).isEqualTo("programs-not-named");
        assertThat(ended.summary().failure().orElseThrow().detail()).isEqualTo("missing: demo");
    }

    @Test
    void fails_where_one_of_the_programs_asked_for_is_not_reported() {
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/sh"));

        assertThat(build(naming(List.of("demo"), List.of())).exit()).isZero();
        BuildRun.Ended ended = build(naming(List.of("demo", "other"), List.of()));

        assertThat(ended.exit()).isEqualTo(65);
        assertThat(ended.summary().failure().orElseThrow().detail()).isEqualTo("missing: other");
    }

    @Test
    void expects_no_program_of_a_library_or_where_only_the_library_is_asked_for() {
        cargo.answering("build", "exit 0");

        assertThat(build(naming(List.of(), List.of("--lib"))).exit()).isZero();
        assertThat(build(naming(List.of(), List.of("--lib", "--bins"))).exit()).isEqualTo(65);
        cargo.makingOnly("lib");
        assertThat(cargo.build(cargo.request()).exit()).isZero();
    }

    @Test
    void finds_the_programs_of_a_workspace_of_many_members() {
        cargo.amongMembers(2000).answering("build", ScriptedCargo.builds("demo", "/bin/sh"));

        BuildRun.Ended ended = cargo.build(cargo.request());

        assertThat(ended.summary().failure()).isEmpty();
        assertThat(ended.exit()).isZero();
        assertThat(ended.summary().programs())
                .extracting(program -> program.program().name())
                .containsExactly("demo");
    }

    @Test
    void says_what_is_missing_on_a_machine_that_is_not_provisioned() {
        cargo.answering("build", "exit 0");
        BuildHost host = cargo.host();
        BuildHost bare = new BuildHost(
                host.surroundings(),
                host.facts(),
                host.settings(),
                host.layout(),
                new dev.crossarm.environment.JobEnvironment(
                        java.util.Map.of("CC_x86_64_unknown_linux_musl", "/nowhere/gcc"), List.of()),
                host.target(),
                host.streams(),
                host.commands(),
                host.files(),
                host.clock(),
                host.sleeper(),
                host.nanos(),
                host.random());

        BuildRun.Ended ended = new BuildRun(bare, cargo.terminal(), cargo.request()).carryOut(List::of);

        assertThat(ended.exit()).isEqualTo(78);
        assertThat(ended.summary().failure().orElseThrow())
                .matches(problem -> problem.detail().contains("/nowhere/gcc")
                        && problem.remedies().get(0).equals("crossarm provision"));
        assertThatThrownBy(() -> {
                    throw ended.summary().failure().orElseThrow().asException();
                })
                .hasMessageContaining("not provisioned");
    }

    private BuildRequest trying(List<String> arguments, Duration limit) {
        BuildRequest plain = cargo.request();
        return new BuildRequest(
                plain.directory(),
                plain.cargo(),
                plain.cpu(),
                plain.checks(),
                new BuildRequest.Trial(false, Optional.of(arguments), limit),
                plain.packing(),
                plain.cache());
    }

    private static BuildRequest with(BuildRequest plain, BuildRequest.Checks checks) {
        return new BuildRequest(
                plain.directory(), plain.cargo(), plain.cpu(), checks, plain.trial(), plain.packing(), plain.cache());
    }

    @Test
    void keeps_lines_whole_where_both_streams_write_at_once_and_no_terminal_reads() {
        cargo.answering(
                "build",
                "printf 'a line of'; printf '   Compiling' >&2; sleep 0.3; printf ' output\\n'; sleep 0.3;"
                        + " printf ' demo\\n' >&2; exit 101");

        cargo.build(cargo.request());

        assertThat(cargo.shown().lines()).contains("a line of output", "   Compiling demo");
        assertThat(cargo.shown()).doesNotContain("\u001b", "\r");
    }

    @Test
    void keeps_file_and_line_of_the_project_s_own_errors_in_the_closing_message() {
        cargo.answering(
                "build",
                message("src/main.rs", 7, "mismatched types") + "echo 'error: could not compile `demo`' >&2; exit 101");

        BuildRun.Ended ended = cargo.build(cargo.request());

        assertThat(ended.summary().failure().orElseThrow().detail())
                .isEqualTo("src/main.rs:7:5: error[E0308]: mismatched types");
    }

    @Test
    void keeps_cargo_s_hint_at_a_name_like_the_one_given() {
        cargo.answering(
                "build",
                "echo 'error: no bin target named `demoo` in default-run packages' >&2;"
                        + " echo 'help: a target with a similar name exists: `demo`' >&2; exit 101");

        BuildRun.Ended ended = cargo.build(cargo.request());

        assertThat(ended.summary().failure().orElseThrow().detail())
                .isEqualTo("error: no bin target named `demoo` in default-run packages\n"
                        + "help: a target with a similar name exists: `demo`");
    }

    @Test
    void keeps_a_last_line_without_an_end() {
        cargo.answering("build", "printf 'error: no room' >&2; exit 101");

        BuildRun.Ended ended = cargo.build(cargo.request());

        assertThat(ended.summary().failure().orElseThrow().detail()).isEqualTo("error: no room");
        assertThat(cargo.shown()).contains("error: no room");
    }

    @Test
    void closes_with_the_warning_about_the_crate_that_then_fails() {
        ScriptedCargo.write(
                cargo.project.resolve("Cargo.lock"),
                "version = 4\n[[package]]\nname = \"ort-sys\"\nversion = \"2.0.0-rc.9\"\n");
        cargo.answering("tree", "exit 101")
                .answering(
                        "build",
                        "echo 'error: failed to run custom build command for `ort-sys v2.0.0-rc.9`' >&2;"
                                + " echo '  thread main panicked at build.rs:1:1: something odd' >&2; exit 101");

        BuildRun.Ended ended = cargo.build(cargo.request());

        assertThat(ended.exit()).isEqualTo(101);
        assertThat(ended.summary().failure().orElseThrow())
                .matches(problem -> problem.code().equals("warned-before"))
                .matches(problem -> problem.summary().startsWith("ort-sys 2.0.0-rc.9")
                        && problem.summary().endsWith("(cargo build ended with status 101)"));
    }

    @Test
    void names_what_it_warned_of_where_a_program_is_not_static() {
        cargo.answering("build", ScriptedCargo.builds("demo", "/bin/true"));

        BuildRun.Ended ended = new BuildRun(
                        cargo.host(), cargo.terminal(), with(cargo.request(), BuildRequest.Checks.FAIL))
                .carryOut(() -> List.of(
                        new Remark(true, "RUSTFLAGS links dynamically", "unset RUSTFLAGS"),
                        new Remark(false, "a note", "no cause")));

        assertThat(ended.summary().failure().orElseThrow())
                .matches(problem -> problem.detail().endsWith("warned before the build: RUSTFLAGS links dynamically"))
                .matches(problem -> problem.remedies().get(0).equals("unset RUSTFLAGS"))
                .matches(problem -> !problem.remedies().contains("no cause"));
    }

    @Test
    void does_not_say_that_a_crate_needs_what_is_there() {
        ScriptedCargo.write(
                cargo.project.resolve("Cargo.lock"),
                "version = 4\n[[package]]\nname = \"ring\"\nversion = \"0.17.8\"\n");
        cargo.answering("build", "exit 0");

        cargo.build(cargo.request());

        assertThat(cargo.shown()).doesNotContain("needs:");
    }

    @Test
    void a_build_does_not_see_the_action_s_inputs() {
        cargo.variable("CROSSARM_INPUT_BIN", "demo").answering("build", "env >'" + root + "/environment'");

        cargo.build(cargo.request());

        assertThat(root.resolve("environment")).content().doesNotContain("CROSSARM_INPUT");
    }
}
