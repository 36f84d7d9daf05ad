package dev.crossarm.cli.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.Golden;
import dev.crossarm.cli.TestProgram;
import dev.crossarm.cli.TestStep;
import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.health.Finding;
import dev.crossarm.health.RunnerReadiness;
import dev.crossarm.health.Severity;
import dev.crossarm.plan.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionCommandTest {
    private final TestConsole console = new TestConsole();

    @Test
    void shows_the_plan_and_changes_nothing_when_it_is_a_dry_run() {
        TestStep base = TestStep.done("base");
        TestStep tools = TestStep.open("tools", "base");
        TestStep last = TestStep.open("last", "tools");

        int status = new TestProgram().with(base, tools, last).run(console, "provision", "--dry-run");

        assertThat(status).isZero();
        assertThat(tools.isDone()).isFalse();
        assertThat(console.out()).isEqualTo("""
                          base                ok
                          tools               make the folder /opt/tools
                          last                make the folder /opt/last

                        2 changes in 2 steps.
                        Download: nothing. Disk: less than 1 MB. Time: a few seconds. To undo everything: crossarm provision --remove
                        """);
        assertThat(console.err()).isEmpty();
    }

    @Test
    void ends_with_two_when_a_dry_run_finds_drift_and_the_detail_was_asked_for() {
        TestProgram drifted = new TestProgram().with(TestStep.open("tools"));

        assertThat(drifted.run(console, "provision", "--dry-run", "--detailed-exitcode"))
                .isEqualTo(2);
        assertThat(drifted.wasHeld()).as("a dry run waits for nobody").isFalse();
        assertThat(new TestProgram()
                        .with(TestStep.done("tools"))
                        .run(console, "provision", "--dry-run", "--detailed-exitcode"))
                .isZero();
        assertThat(drifted.run(new TestConsole(), "provision", "--detailed-exitcode"))
                .isEqualTo(64);
    }

    @Test
    void refuses_to_go_on_unasked_when_there_is_no_terminal() {
        TestStep tools = TestStep.open("tools");

        int status = new TestProgram().with(tools).run(console, "provision");

        assertThat(status).isEqualTo(64);
        assertThat(tools.isDone()).isFalse();
        assertThat(console.err()).contains("not a terminal").contains("help: crossarm provision --yes");
    }

    @Test
    void asks_on_a_terminal_and_takes_no_for_an_answer() {
        TestStep tools = TestStep.open("tools");
        console.onTerminal("n\n");

        int status = new TestProgram().with(tools).run(console, "provision", "--color=never");

        assertThat(status).isEqualTo(79);
        assertThat(tools.isDone()).isFalse();
        assertThat(console.err())
                .contains("1 change in 1 step.")
                .contains("Go ahead? [y/N] ")
                .contains("Nothing was");
    }

    @Test
    void says_in_one_line_before_it_asks_what_the_plan_costs_and_how_it_is_undone() {
        TestProgram program = new TestProgram()
                .with(
                        TestStep.open("tools").costing(Cost.ofMegabytes(412, 1940, Duration.ofSeconds(150))),
                        TestStep.done("rest").costing(Cost.ofMegabytes(100, 210, Duration.ofSeconds(100))));

        program.run(console.onTerminal("n\n"), "provision", "--color=never", "--prefix", "/srv/x", "--only=tools");

        assertThat(console.err())
                .containsOnlyOnce("Download:")
                .contains(
                        "1 change in 1 step.\nDownload: about 410 MB. Disk: about 1.9 GB. Time: about 3 minutes."
                                + " To undo everything: crossarm provision --remove --only tools --prefix /srv/x\nGo ahead? [y/N] ");
    }

    @Test
    void names_the_users_own_folders_that_change_where_only_their_account_is_set_up() {
        TestProgram program = new TestProgram()
                .asUser()
                .with(
                        TestStep.open("toolchain").changing(Path.of("/home/ada/.rustup")),
                        TestStep.open("default").changing(Path.of("/home/ada/.rustup/toolchains")),
                        TestStep.open("rustup").changing(Path.of("/home/ada/.cargo/bin")),
                        TestStep.open("ours").changing(Path.of("/home/ada/.local/share/crossarm/bin")),
                        TestStep.open("state").changing(Path.of("/home/ada/.local/state/crossarm/receipts")));

        program.run(console.onTerminal("n\n"), "provision", "--color=never");
        TestConsole dry = new TestConsole();
        program.run(dry, "provision", "--dry-run");
        TestConsole system = new TestConsole();
        program.run(system, "provision", "--dry-run", "--scope", "system");

        String line = "Folders of your own that change: ~/.cargo/bin, ~/.rustup\n";
        assertThat(console.err()).containsOnlyOnce(line);
        assertThat(console.err().indexOf(line)).isLessThan(console.err().indexOf("Go ahead?"));
        assertThat(dry.out()).contains(line);
        assertThat(system.out()).doesNotContain("of your own");
    }

    @Test
    void says_nothing_of_costs_when_it_takes_everything_away_or_has_nothing_to_do() {
        new TestProgram().with(TestStep.done("tools")).run(console, "provision", "--remove", "--dry-run");
        new TestProgram().with(TestStep.done("tools")).run(console, "provision", "--dry-run");

        assertThat(console.out()).contains("delete the folder", "in order").doesNotContain("Download", "undo");
    }

    @Test
    void goes_on_when_the_answer_is_yes() {
        TestStep tools = TestStep.open("tools");
        TestProgram program = new TestProgram().with(tools);

        assertThat(program.run(console.onTerminal("yes\n"), "provision")).isZero();

        assertThat(tools.isDone()).isTrue();
        assertThat(program.wasHeld()).isTrue();
    }

    @Test
    void asks_nothing_when_there_is_nothing_to_change() {
        assertThat(new TestProgram().with(TestStep.done("tools")).run(console, "provision"))
                .isZero();
        assertThat(console.err()).doesNotContain("Go ahead").contains("ok        tools               tools is there");
    }

    @Test
    void writes_one_line_a_step_and_what_is_waited_for_when_there_is_no_terminal() {
        TestProgram program = new TestProgram()
                .with(
                        TestStep.done("base"),
                        TestStep.open("tools", "base"),
                        TestStep.failing("rest"),
                        TestStep.open("last", "rest"));

        assertThat(program.run(console, "provision", "--yes")).isEqualTo(73);

        assertThat(console.err())
                .contains("ok        base                base is there\n")
                .contains("waiting   tools               somebody else holds the lock\n")
                .contains("changed   tools               tools is there\n")
                .contains("failed    rest                there is no room for rest\n")
                .contains("skipped   last                rest failed\n")
                .contains("error: there is no room for rest\n  /opt is full\n  help: df -h /opt\n");
    }

    @Test
    void carries_out_only_what_was_selected() {
        TestStep one = TestStep.open("one");
        TestStep two = TestStep.open("two");

        assertThat(new TestProgram().with(one, two).run(console, "provision", "--yes", "--only", "two"))
                .isZero();
        assertThat(one.isDone()).isFalse();
        assertThat(two.isDone()).isTrue();
        assertThat(new TestProgram().with(one).run(console, "provision", "--yes", "--skip", "oen"))
                .isEqualTo(64);
    }

    @Test
    void takes_everything_away_when_asked_to() {
        TestStep tools = TestStep.done("tools");
        TestStep more = TestStep.done("more");
        TestProgram program = new TestProgram().with(tools, more);

        assertThat(program.run(console, "provision", "--remove", "--yes", "--only", "tools"))
                .isZero();
        assertThat(program.wasForgotten())
                .as("something of ours is still there")
                .isFalse();
        assertThat(program.run(console, "provision", "--remove", "--yes")).isZero();

        assertThat(tools.isDone()).isFalse();
        assertThat(more.isDone()).isFalse();
        assertThat(program.wasForgotten()).isTrue();
        assertThat(console.out()).contains("What tools brought stays.\n", "What more brought stays.\n");
        assertThat(program.run(console, "provision", "--remove", "--upgrade")).isEqualTo(64);
    }

    @Test
    void names_the_build_cache_that_it_keeps_and_its_size_when_it_takes_everything_away(@TempDir Path cache)
            throws IOException {
        Files.write(Files.createDirectories(cache.resolve("slot/debug")).resolve("program"), new byte[3 << 20]);
        TestProgram program = new TestProgram().with(TestStep.done("tools"));
        String place = "--cache-directory=" + cache;

        assertThat(program.run(console, "provision", "--remove", "--yes", place))
                .isZero();
        TestConsole second = new TestConsole();
        program.run(second, "provision", "--remove", "--yes", place + "/none");

        assertThat(console.out())
                .contains("The build cache is kept: " + cache + ", 3.0 MiB."
                        + " To remove it: crossarm cache --clear --cache-directory " + cache + "\n");
        assertThat(second.out()).doesNotContain("build cache");
    }

    @Test
    void reports_a_step_that_fails_unforeseen_as_a_bug() {
        TestProgram program = new TestProgram()
                .variable("GITHUB_TOKEN", "hunter2-token")
                .with(new TestStep("tools", false, TestStep.Manner.THROWS));

        assertThat(program.run(console, "provision", "--yes")).isEqualTo(70);
        assertThat(console.err()).contains("report").doesNotContain("hunter2");
    }

    @Test
    void names_what_is_supported_when_the_machine_is_not() {
        TestProgram other = new TestProgram().on(TestProgram.facts("fedora", "43", "aarch64"));
        assertThat(other.run(console, "provision")).isEqualTo(69);
        assertThat(console.err()).contains("fedora 43").contains("Debian 13").contains("Ubuntu 24.04");

        TestConsole second = new TestConsole();
        TestProgram risc = new TestProgram().on(TestProgram.facts("debian", "13", "riscv64"));
        assertThat(risc.run(second, "provision")).isEqualTo(69);
        assertThat(second.err()).contains("riscv64").contains("aarch64");
    }

    @Test
    void wants_to_hear_that_it_is_meant_when_the_machine_is_x86() {
        TestProgram program = new TestProgram()
                .on(TestProgram.facts("debian", "12", "x86_64"))
                .with(TestStep.open("tools"));

        assertThat(program.run(console, "provision", "--yes")).isEqualTo(64);
        assertThat(console.err()).contains("help: crossarm provision --here");
        assertThat(program.run(new TestConsole(), "provision", "--yes", "--here"))
                .isZero();
    }

    @Test
    void needs_root_for_system_scope_only() {
        TestProgram program = new TestProgram().asUser().with(TestStep.open("tools"));

        assertThat(program.run(console, "provision", "--yes", "--scope", "system"))
                .isEqualTo(77);
        assertThat(console.err())
                .contains("help: sudo crossarm provision --scope system\n")
                .contains("help: crossarm provision --scope user\n");
        assertThat(program.run(new TestConsole(), "provision", "--dry-run", "--scope", "system"))
                .isZero();
        assertThat(program.run(new TestConsole(), "provision", "--yes")).isZero();
    }

    @Test
    void says_what_to_do_next_when_the_machine_is_proven() {
        assertThat(new TestProgram().with(TestStep.open("tools")).run(console, "provision", "--yes"))
                .isZero();

        assertThat(console.out())
                .contains("Ready: this machine builds for x86_64-unknown-linux-musl")
                .contains("  eval \"$(crossarm env --scope system)\"\n");
    }

    @Test
    void speaks_of_runners_only_where_there_are_some() {
        assertThat(new TestProgram().with(TestStep.open("tools")).run(console, "provision", "--yes"))
                .isZero();
        assertThat(console.out()).doesNotContain("runner");

        TestConsole second = new TestConsole();
        TestProgram program = new TestProgram().with(TestStep.open("tools")).withRunners(runner(Severity.WARNING));
        assertThat(program.run(second, "provision", "--yes")).isZero();
        assertThat(second.out()).contains(", and so do the jobs of its runners.\n");
        assertThat(second.err()).contains("warning: RUSTFLAGS is set in /srv/box/.env. Take the line out");
    }

    @Test
    void is_not_ready_for_a_runner_of_which_doctor_tells_an_error() {
        TestProgram program = new TestProgram().with(TestStep.open("tools")).withRunners(runner(Severity.ERROR));

        assertThat(program.run(console, "provision", "--yes")).isEqualTo(78);

        assertThat(console.out()).isEmpty();
        assertThat(console.err())
                .contains("error: not ready for jobs of the runner in /srv/box: RUSTFLAGS is set in /srv/box/.env")
                .contains("help: Take the line out");
        assertThat(program.remembered()).isEmpty();
        TestConsole second = new TestConsole();
        assertThat(program.run(second, "provision", "--json")).isEqualTo(78);
        assertThat(second.out()).contains("\"directory\" : \"/srv/box\"", "\"ready\" : false", "\"exit\" : 78");
    }

    private static RunnerReadiness runner(Severity severity) {
        return new RunnerReadiness(
                Path.of("/srv/box"),
                List.of(new Finding(
                        "variable-rustflags",
                        severity,
                        "RUSTFLAGS is set in /srv/box/.env",
                        "",
                        List.of("Take the line out"))));
    }

    @Test
    void does_not_have_root_put_the_job_users_folders_on_its_path() {
        assertThat(new TestProgram().with(TestStep.open("tools")).run(console, "provision", "--yes", "--user", "ci"))
                .isZero();

        assertThat(console.out())
                .contains("  sudo -H -u ci bash\n  eval \"$(crossarm env --scope system --user ci)\"\n");
    }

    @Test
    void is_proven_without_the_tools_that_only_projects_call_and_not_without_others() {
        TestProgram program = new TestProgram()
                .with(TestStep.open("packages"), TestStep.open("build-tools"), TestStep.open("compilers"));

        assertThat(program.run(console, "provision", "--yes", "--skip", "build-tools"))
                .isZero();
        assertThat(console.out()).contains("Ready: this machine builds for x86_64-unknown-linux-musl");
        TestConsole second = new TestConsole();
        assertThat(program.run(second, "provision", "--yes", "--skip", "compilers"))
                .isZero();
        assertThat(second.out())
                .startsWith("The selected steps are done. To run everything, self-test included: crossarm provision");
    }

    @Test
    void is_not_ready_when_the_proof_fails() {
        TestProgram program = new TestProgram().withFailingProof().with(TestStep.open("tools"));

        assertThat(program.run(console, "provision", "--yes")).isEqualTo(1);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).contains("error: the self-test's program could not be built");
        assertThat(program.run(new TestConsole(), "provision", "--remove", "--yes"))
                .isZero();
    }

    @Test
    void says_that_the_compiler_before_stays_in_force_when_another_one_fails(@TempDir Path state) throws IOException {
        Files.writeString(state.resolve("compiler"), "musl\n");
        TestProgram program = new TestProgram().with(TestStep.failing("cpp"));

        program.run(console, "provision", "--yes", "--cpp", "--state-directory", state.toString());
        TestConsole second = new TestConsole();
        program.run(second, "provision", "--yes", "--state-directory", state.toString());

        String stays = "The compiler that was set up before, musl, is still used.";
        assertThat(console.err()).contains(stays);
        assertThat(second.err()).contains("no room for cpp").doesNotContain(stays);
    }

    @Test
    void prints_the_evidence_of_the_self_test() {
        assertThat(new TestProgram().run(console, "self-test")).isZero();
        assertThat(console.out()).startsWith("self-test passed in 1.5 s: x86_64-unknown-linux-musl\n");
        assertThat(new TestProgram().withFailingProof().run(new TestConsole(), "self-test"))
                .isEqualTo(1);
    }

    @Test
    void prints_the_evidence_of_the_self_test_as_one_object_when_json_is_asked_for() {
        assertThat(new TestProgram().run(console, "self-test", "--json")).isZero();

        Golden.assertSame("self-test.json", console.out());
    }

    @Test
    void prints_the_proof_with_the_result_when_json_is_asked_for() {
        new TestProgram().with(TestStep.done("base")).run(console, "provision", "--json");

        Golden.assertSame("provision-proven.json", console.out());
    }

    @Test
    void prints_plan_and_result_as_one_object_when_json_is_asked_for() {
        TestProgram program = new TestProgram()
                .with(
                        TestStep.done("base"),
                        TestStep.open("tools", "base"),
                        TestStep.failing("rest"),
                        TestStep.open("last", "rest"));

        program.run(console, "provision", "--yes", "--json");

        Golden.assertSame("provision.json", console.out());
    }

    @Test
    void prints_the_plan_alone_as_one_object_when_it_is_a_dry_run() {
        new TestProgram().with(TestStep.open("tools")).run(console, "provision", "--dry-run", "--json");

        Golden.assertSame("provision-dry-run.json", console.out());
    }

    @Test
    void checks_without_changing_anything() {
        TestStep tools = TestStep.open("tools");

        assertThat(new TestProgram().with(TestStep.done("base"), tools).run(console, "check"))
                .isEqualTo(2);

        assertThat(tools.isDone()).isFalse();
        assertThat(console.out())
                .contains("ok        base                base is there\n")
                .contains("differs   tools               /opt/tools is missing, wanted: a folder\n")
                .contains("crossarm provision");
    }

    @Test
    void says_of_a_machine_that_nobody_provisioned_just_that() {
        assertThat(new TestProgram()
                        .provisionedIn()
                        .with(TestStep.open("tools"))
                        .run(console, "check"))
                .isEqualTo(2);
        assertThat(console.out())
                .endsWith("Nothing is provisioned on this machine in system scope. To set it up: crossarm provision\n");
    }

    @Test
    void prints_neither_cost_nor_undoing_of_a_plan_without_a_change() {
        assertThat(new TestProgram().with(TestStep.unknown("tools")).run(console, "provision", "--dry-run"))
                .isEqualTo(78);
        assertThat(console.out()).contains("unknown").doesNotContain("Download:");
    }

    @Test
    void tells_what_a_quiet_check_or_self_test_found_by_its_status_alone() {
        assertThat(new TestProgram().with(TestStep.open("tools")).run(console, "check", "-q"))
                .isEqualTo(2);
        assertThat(new TestProgram().with(TestStep.done("base")).run(console, "check", "--quiet"))
                .isZero();
        assertThat(new TestProgram().run(console, "self-test", "-q")).isZero();

        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEmpty();
    }

    @Test
    void names_the_command_that_mends_as_it_has_to_be_typed_here() {
        TestProgram program = new TestProgram()
                .with(TestStep.open("tools"))
                .on(TestProgram.facts("debian", "12", "x86_64"))
                .asUser();

        assertThat(program.run(console, "check", "--scope", "system", "--prefix", "/srv/x"))
                .isEqualTo(2);

        assertThat(console.out())
                .endsWith("To fix it: sudo crossarm provision --here --scope system --prefix /srv/x\n");
    }

    @Test
    void repeats_every_choice_in_the_command_that_needs_no_terminal() {
        TestProgram program = new TestProgram().with(TestStep.open("tools"), TestStep.open("rest"));

        program.run(console, "provision", "--channel", "1.85", "--only", "tools");

        assertThat(console.err()).contains("help: crossarm provision --only tools --channel 1.85 --yes\n");
    }

    @Test
    void prints_what_a_check_found_as_one_object_when_json_is_asked_for() {
        new TestProgram().with(TestStep.done("base"), TestStep.open("tools")).run(console, "check", "--json");

        Golden.assertSame("check.json", console.out());
    }

    @Test
    void remembers_a_run_that_ended_well_with_what_it_said() {
        TestProgram program = new TestProgram().with(TestStep.open("tools"));

        assertThat(program.run(console, "provision", "--yes")).isZero();

        assertThat(program.remembered()).contains("Ready: this machine builds for x86_64-unknown-linux-musl.");
        assertThat(console.out())
                .endsWith(String.join(
                                "\n",
                                program.remembered()
                                        .subList(1, program.remembered().size())) + "\n");
    }

    @Test
    void remembers_a_run_that_found_nothing_to_do() {
        TestProgram program = new TestProgram().with(TestStep.done("tools"));

        assertThat(program.run(console, "provision")).isZero();

        assertThat(program.remembered()).isNotEmpty();
    }

    @Test
    void remembers_nothing_of_a_run_that_did_less_or_has_more_to_tell() {
        for (String option : List.of("--json", "--quiet", "--verbose", "--upgrade", "--remove", "--only=tools")) {
            TestProgram program = new TestProgram().with(TestStep.done("tools"), TestStep.done("rest"));

            program.run(new TestConsole(), "provision", "--yes", option);

            assertThat(program.remembered()).as(option).isEmpty();
        }
        TestProgram warned = new TestProgram().with(TestStep.done("tools")).variable("CROSSARM_CHANEL", "beta");
        assertThat(warned.run(new TestConsole(), "provision")).isZero();
        assertThat(warned.remembered()).isEmpty();
    }

    @Test
    void remembers_nothing_of_a_run_that_failed_or_that_files_alone_do_not_tell_of() {
        TestProgram unproven = new TestProgram().with(TestStep.done("tools")).withFailingProof();
        assertThat(unproven.run(new TestConsole(), "provision")).isNotZero();
        assertThat(unproven.remembered()).isEmpty();

        TestProgram stampless = new TestProgram().with(TestStep.done("tools")).withoutStamps();
        assertThat(stampless.run(new TestConsole(), "provision")).isZero();
        assertThat(stampless.remembered()).isEmpty();
    }
}
