package dev.crossarm.host.process;

import static dev.crossarm.host.files.DurableFilesTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.TestSurroundings;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Secret;
import dev.crossarm.text.SecretRegister;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real children that end by themselves: what they get, and what is kept of what they say. */
final class ProcessCommandRunnerTest {
    private final CommandRunner runner = new ProcessCommandRunner(TestSurroundings.real());
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    @Test
    void returns_both_streams_and_the_status() {
        CommandResult result = runner.run(bash("echo out; echo err >&2; exit 3"), lines::add);

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.out().whole()).isEqualTo("out\n");
        assertThat(result.err().whole()).isEqualTo("err\n");
        assertThat(result.lastLines()).containsExactlyInAnyOrder("out", "err");
        assertThat(lines).containsExactlyInAnyOrder("out", "err");
        assertThat(result.succeeded()).isFalse();
    }

    @Test
    void makes_the_child_the_leader_of_its_own_session() {
        CommandResult result = runner.run(bash("read -r stat </proc/$$/stat; echo \"$$ $stat\""));

        String[] fields = result.out().whole().split(" ", -1);
        assertThat(fields[6]).as("session").isEqualTo(fields[0]);
        assertThat(fields[5]).as("process group").isEqualTo(fields[0]);
    }

    @Test
    void clears_the_environment_but_for_the_list() {
        CommandRunner own = new ProcessCommandRunner(TestSurroundings.with(Map.of(
                "CC", "cc-of-the-caller",
                "RUSTFLAGS", "-C no",
                "GITHUB_TOKEN", "t",
                "https_proxy", "http://proxy:3128",
                "NO_PROXY", "localhost",
                "CARGO_NET_RETRY", "3",
                "CARGO_REGISTRIES_X_TOKEN", "t",
                "RUSTUP_UPDATE_ROOT", "https://mirror",
                "LANG", "de_DE.UTF-8",
                "TZ", "UTC")));

        CommandResult result = own.run(Command.of("env").withEnvironment(Map.of("CC", "mine", "EMPTY", "")));

        assertThat(result.out().whole().lines())
                .contains(
                        "https_proxy=http://proxy:3128",
                        "NO_PROXY=localhost",
                        "CARGO_NET_RETRY=3",
                        "RUSTUP_UPDATE_ROOT=https://mirror",
                        "LC_ALL=C.UTF-8",
                        "LANG=C.UTF-8",
                        "TERM=dumb",
                        "TZ=UTC",
                        "CC=mine",
                        "EMPTY=")
                .noneMatch(line -> line.startsWith("RUSTFLAGS=")
                        || line.startsWith("GITHUB_TOKEN=")
                        || line.startsWith("CARGO_REGISTRIES_")
                        || line.contains("of-the-caller"));
    }

    @Test
    void gives_end_of_file_or_the_text_on_standard_input() {
        assertThat(runner.run(Command.of("cat")).out().whole()).isEmpty();
        String text = "zeile ü\n".repeat(100_000);
        assertThat(runner.run(Command.of("wc", "-c").withInput(text)).out().whole())
                .isEqualTo("900000\n");
        assertThat(runner.run(Command.of("true").withInput(text)).succeeded())
                .as("a child that reads nothing")
                .isTrue();
    }

    @Test
    void drains_a_flood_on_one_stream_while_the_other_is_quiet_and_keeps_its_end() {
        CommandResult result =
                runner.run(bash("head -c 50000000 /dev/zero | tr '\\0' 'x' | fold -w 99 >&2; printf '\\nend\\n' >&2"));

        assertThat(result.succeeded()).isTrue();
        assertThat(result.err().ifWhole()).isEmpty();
        assertThat(result.err().tail().endsWith("x\nend\n")).isTrue();
        assertThat(result.err().tail().startsWith("x".repeat(99) + "\n"))
                .as("whole lines")
                .isTrue();
        assertThat(result.err().tail().length())
                .isLessThanOrEqualTo(Command.DEFAULT_KEPT)
                .isGreaterThan(1_000_000);
        assertThat(result.lastLines()).hasSize(Transcript.LINES_KEPT).endsWith("end");
    }

    @Test
    void does_not_give_a_part_of_the_output_for_the_whole() {
        Command command =
                bash("printf 'first\\n%s\\nlast\\n' \"$(head -c 9000 /dev/zero | tr '\\0' x)\"; echo fine >&2")
                        .keeping(5000);

        CommandResult result = runner.run(command);

        assertThat(result.succeeded()).isTrue();
        assertThat(result.err().whole()).isEqualTo("fine\n");
        assertThat(result.out().tail()).isEqualTo("last\n");
        assertThatThrownBy(() -> result.out().whole()).isInstanceOfSatisfying(CrossarmException.class, error -> {
            assertThat(error.problem().code()).isEqualTo("output-too-large");
            assertThat(error.problem().summary()).isEqualTo("bash wrote more than the 4 KiB that crossarm accepts");
            assertThat(error.problem().remedies()).singleElement().asString().endsWith(" | wc -c");
        });
        assertThat(runner.run(command.keeping(100_000)).out().whole())
                .startsWith("first\nx")
                .endsWith("x\nlast\n");
    }

    @Test
    void cuts_an_endless_line_for_the_display_but_not_for_the_result() {
        CommandResult result = runner.run(bash("head -c 300000 /dev/zero | tr '\\0' 'x'"), lines::add);

        assertThat(result.out().whole()).hasSize(300_000);
        assertThat(lines).singleElement().satisfies(line -> assertThat(line).hasSizeLessThan(9000));
    }

    @Test
    void hands_on_lines_as_they_arrive_and_progress_that_is_drawn_over() throws Exception {
        Path fifo = folder.resolve("go");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        CommandResult result =
                runner.run(bash("printf 'first\\n'; read -r x <'" + fifo + "'; printf '1%%\\r2%%\\rlast'"), line -> {
                    lines.add(line);
                    if (line.equals("first")) {
                        // The child goes on only after its first line was seen: nothing waits for its end.
                        write(fifo);
                    }
                });

        assertThat(lines).containsExactly("first", "1%", "2%", "last");
        assertThat(result.lastLines()).containsExactly("first", "last");
    }

    @Test
    void strips_terminal_control_and_replaces_bytes_that_are_not_text() {
        CommandResult result =
                runner.run(bash("printf '\\033[1;31mred\\033[0m \\xff\\n\\033]0;title\\007x\\n'"), lines::add);

        assertThat(lines).containsExactly("red \uFFFD", "x");
        assertThat(result.out().whole()).contains("\uFFFD");
    }

    @Test
    void scrubs_secrets_that_arrive_in_pieces_from_all_that_is_kept() throws IOException {
        Path script = Files.writeString(folder.resolve("script"), """
                printf 'a hunt'; sleep 0.2; printf 'er2-token b\\n'
                printf 'hunter2-' >&2; sleep 0.1; printf 'token' >&2
                echo LINE-TWO-OF-KEY
                exit 1
                """);
        Command command = Command.of("bash", script.toString(), "hunter2-token")
                .withSecrets(Set.of(Secret.of("hunter2-token"), Secret.of("LINE-ONE-OF-KEY\nLINE-TWO-OF-KEY\n")));

        CommandResult result = runner.run(command, lines::add);

        assertThat(result.out().whole()).isEqualTo("a *** b\n***\n");
        assertThat(result.err().whole()).isEqualTo("***");
        assertThat(lines).containsExactlyInAnyOrder("a *** b", "***", "***");
        assertThat(result.asProblem("x", "x").detail())
                .startsWith("bash " + script + " '***'\nended with status 1")
                .doesNotContain("hunter2")
                .doesNotContain("OF-KEY");
    }

    @Test
    void scrubs_a_secret_that_stands_where_a_long_line_or_the_kept_part_is_cut() {
        String secret =
                IntStream.range(100, 140).mapToObj(number -> "s" + number).collect(Collectors.joining());
        Command line = bash("head -c 8100 /dev/zero | tr '\\0' x; printf '%s\\n' \"$S\"")
                .withEnvironment(Map.of("S", secret))
                .withSecrets(Set.of(Secret.of(secret)));
        Command flood = bash("for i in {1..20000}; do printf '%s' \"$S\"; done")
                .withEnvironment(Map.of("S", secret))
                .withSecrets(Set.of(Secret.of(secret)));

        runner.run(line, lines::add);
        CommandResult result = runner.run(flood, lines::add);

        assertThat(result.out().ifWhole()).isEmpty();
        assertThat(String.join("", lines).contains("s100")).isFalse();
        assertThat(result.out().tail().replace("*", "")).isEmpty();
    }

    @Test
    void scrubs_the_password_of_a_proxy() {
        CommandRunner own =
                new ProcessCommandRunner(TestSurroundings.with(Map.of("https_proxy", "http://me:pa55w0rd@proxy:1")));

        assertThat(own.run(bash("echo via $https_proxy")).out().whole()).isEqualTo("via http://me:***@proxy:1\n");
    }

    @Test
    void hides_from_people_what_becomes_a_secret_while_the_child_runs_and_gives_the_program_what_it_asked_for() {
        SecretRegister known = new SecretRegister();
        CommandRunner own = new ProcessCommandRunner(TestSurroundings.real(), known);
        List<String> lines = Collections.synchronizedList(new ArrayList<>());

        CommandResult result =
                own.run(bash("echo first; read -r line < <(sleep 0.2); echo got t0k3n-of-later"), line -> {
                    known.add(Secret.of("t0k3n-of-later"));
                    lines.add(line);
                });

        assertThat(lines).containsExactly("first", "got ***");
        assertThat(result.lastLines()).containsExactly("first", "got ***");
        assertThat(result.out().tail()).doesNotContain("t0k3n");
        assertThat(result.out().whole()).contains("t0k3n-of-later");
    }

    @Test
    void reports_the_signal_that_ended_a_child() {
        assertThat(runner.run(bash("kill -SEGV $$")).exit()).isEqualTo(128 + 11);
    }

    @Test
    void runs_a_hundred_children_at_once() throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(100);
        try {
            List<Callable<String>> calls = IntStream.range(0, 100)
                    .<Callable<String>>mapToObj(number -> () -> runner.run(bash("echo " + number + "; echo x >&2"))
                            .out()
                            .whole())
                    .toList();
            List<Future<String>> results = pool.invokeAll(calls);
            for (int number = 0; number < 100; number++) {
                assertThat(results.get(number).get()).isEqualTo(number + "\n");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void names_the_program_that_is_not_there_and_the_path() {
        Problem problem = problem(
                () -> runner.run(Command.of("no-such-tool").withEnvironment(Map.of("PATH", "/usr/bin:/nowhere"))));

        assertThat(problem.code()).isEqualTo("program-not-found");
        assertThat(problem.exit()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(problem.detail()).contains("/usr/bin:/nowhere");
    }

    @Test
    void names_the_program_that_may_not_be_run() throws IOException {
        Path tool = Files.writeString(folder.resolve("tool"), "#!/bin/sh\n");

        Problem onPath =
                problem(() -> runner.run(Command.of("tool").withEnvironment(Map.of("PATH", folder.toString()))));
        Problem byPath = problem(() -> runner.run(Command.of(tool.toString())));

        assertThat(onPath).isEqualTo(byPath);
        assertThat(onPath.code()).isEqualTo("not-executable");
        assertThat(onPath.exit()).isEqualTo(ExitStatus.NO_PERMISSION);
        assertThat(onPath.summary()).contains(tool.toString());
    }

    @Test
    void names_the_working_directory_that_is_missing() {
        assertThat(problem(() -> runner.run(Command.of("true").in(folder.resolve("gone"))))
                        .summary())
                .contains(folder.resolve("gone").toString());
        assertThat(runner.run(Command.of("pwd").in(folder)).out().whole()).isEqualTo(folder + "\n");
    }

    @Test
    void runs_as_another_account_with_its_groups_and_home_when_root() {
        assertThat(TestSurroundings.user())
                .as("changing the account needs root: run the tests as root")
                .isEqualTo("root");
        Account daemon = new Accounts().byName("daemon").orElseThrow();

        CommandResult result = runner.run(
                bash("id -u; id -g; id -G; echo $HOME $USER $LOGNAME; pwd").as(Optional.of("daemon")));

        String home = daemon.home().toString();
        assertThat(result.out().whole().lines())
                .as(result.err().whole())
                .containsExactly(
                        "" + daemon.uid(), "" + daemon.gid(), "" + daemon.gid(), home + " daemon daemon", home);
    }

    @Test
    void refuses_another_account_without_root_and_an_unknown_one() {
        Surroundings real = TestSurroundings.real();
        Surroundings plain =
                new Surroundings(real.environment(), "somebody", false, real.home(), real.directory(), false, 80);

        Problem problem = problem(
                () -> new ProcessCommandRunner(plain).run(Command.of("true").as(Optional.of("daemon"))));

        assertThat(problem.code()).isEqualTo("needs-root");
        assertThat(problem.exit()).isEqualTo(ExitStatus.NO_PERMISSION);
        assertThat(new ProcessCommandRunner(plain)
                        .run(Command.of("true").as(Optional.of("somebody")))
                        .succeeded())
                .as("one's own account needs no root")
                .isTrue();
        Surroundings root =
                new Surroundings(real.environment(), "root", true, real.home(), real.directory(), false, 80);
        assertThat(problem(() -> new ProcessCommandRunner(root)
                                .run(Command.of("true").as(Optional.of("nobody-we-know"))))
                        .code())
                .isEqualTo("no-such-user");
    }

    @Test
    void tells_of_a_failing_consumer_after_the_child_has_ended() {
        Path done = folder.resolve("done");

        assertThatThrownBy(() -> runner.run(bash("echo x; sleep 0.2; touch '" + done + "'"), line -> {
                    throw new IllegalStateException("display is gone");
                }))
                .hasMessage("display is gone");
        assertThat(done).exists();
    }

    private static void write(Path fifo) {
        try {
            Files.writeString(fifo, "go\n");
        } catch (IOException error) {
            throw new java.io.UncheckedIOException(error);
        }
    }

    static Command bash(String script) {
        return Command.of("bash", "-c", script);
    }
}
