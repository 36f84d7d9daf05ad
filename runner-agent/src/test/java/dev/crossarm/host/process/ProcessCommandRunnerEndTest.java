package dev.crossarm.host.process;

import static dev.crossarm.host.files.DurableFilesTest.problem;
import static dev.crossarm.host.process.ProcessCommandRunnerTest.bash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crossarm.host.TestSurroundings;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real children that do not end by themselves: deadlines, interrupts, the agent's own end. */
@Timeout(60)
final class ProcessCommandRunnerEndTest {
    private final ProcessCommandRunner runner =
            new ProcessCommandRunner(TestSurroundings.real(), Duration.ofMillis(500));
    private final List<Long> started = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void endWhatTheTestStarted() {
        started.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void ends_a_whole_tree_of_processes_at_the_deadline() throws IOException {
        Command tree =
                bash("sleep 300 & echo $! >>pids; (sleep 300 & echo $! >>pids; bash -c 'sleep 300 & echo $! >>pids;"
                                + " wait' & wait) & echo $$ >>pids; echo started; wait")
                        .in(folder)
                        .within(Duration.ofSeconds(1));

        CommandResult result = runner.run(tree);

        assertThat(result.timedOut()).isTrue();
        assertThat(result.succeeded()).isFalse();
        assertThat(result.exit()).isEqualTo(128 + 15);
        assertThat(result.lastLines()).containsExactly("started");
        assertThat(pids()).hasSize(4).allSatisfy(ProcessCommandRunnerEndTest::isGone);
        assertThat(result.asProblem("x", "x").detail()).contains("did not end within 1 s");
    }

    @Test
    void kills_what_ignores_term_after_the_grace() throws IOException {
        Command stubborn = bash("trap '' TERM; echo $$ >>pids; while :; do sleep 0.1; done")
                .in(folder)
                .within(Duration.ofMillis(500));

        CommandResult result = runner.run(stubborn);

        assertThat(result.exit()).isEqualTo(128 + 9);
        assertThat(result.elapsed()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(10));
        assertThat(pids()).hasSize(1).allSatisfy(ProcessCommandRunnerEndTest::isGone);
    }

    @Test
    void lets_a_child_clean_up_when_told_to_end() {
        Command tidy = bash("trap 'touch cleaned; exit 9' TERM; while :; do sleep 0.05; done")
                .in(folder)
                .within(Duration.ofMillis(500));

        assertThat(runner.run(tidy).exit()).isEqualTo(9);
        assertThat(folder.resolve("cleaned")).exists();
    }

    @Test
    void ends_a_descendant_that_made_a_session_of_its_own() throws IOException {
        Command escaping = bash("setsid bash -c 'trap \"\" TERM; echo $$ >>pids; while :; do sleep 0.1; done' & wait")
                .in(folder)
                .within(Duration.ofSeconds(1));

        runner.run(escaping);

        assertThat(pids()).hasSize(1).allSatisfy(ProcessCommandRunnerEndTest::isGone);
    }

    @Test
    void ends_what_the_leader_left_in_its_session_when_it_is_gone_itself() throws IOException {
        Command stubbornLeftBehind =
                bash("(trap '' TERM; echo $BASHPID >>pids; while :; do sleep 0.1; done) & trap 'exit 0' TERM; wait")
                        .in(folder)
                        .within(Duration.ofSeconds(1));

        CommandResult result = runner.run(stubbornLeftBehind);

        assertThat(result.exit()).isZero();
        assertThat(result.succeeded()).as("in time").isFalse();
        assertThat(pids()).hasSize(1).allSatisfy(ProcessCommandRunnerEndTest::isGone);
    }

    @Test
    void does_not_wait_for_a_grandchild_that_holds_the_streams_open() throws IOException {
        CommandResult result =
                runner.run(bash("sleep 300 & echo $! >>pids; echo done").in(folder));

        assertThat(result.succeeded()).isTrue();
        assertThat(result.out().whole()).isEqualTo("done\n");
        assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(10));
        assertThat(pids()).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isPresent());
    }

    @Test
    void leaves_a_child_running_that_must_never_be_killed() throws IOException {
        Command apt = bash("echo $$ >>pids; echo unpacking; sleep 2; echo more; echo $? >wrote")
                .in(folder)
                .within(Duration.ofMillis(700))
                .neverKilled();

        CommandResult result = runner.run(apt);
        runner.endAll();

        assertThat(result.timedOut()).isTrue();
        assertThat(result.exit()).isEqualTo(-1);
        assertThat(result.lastLines()).containsExactly("unpacking", "left running as process " + pids().get(0));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(folder.resolve("wrote")).hasContent("0"));
    }

    @Test
    void shows_lines_of_a_child_that_must_never_be_killed_as_they_come() {
        List<String> lines = new ArrayList<>();

        CommandResult result =
                runner.run(bash("echo one; sleep 0.2; echo two >&2; exit 5").neverKilled(), lines::add);

        assertThat(lines).containsExactly("one", "two");
        assertThat(result.exit()).isEqualTo(5);
        assertThat(result.out().whole()).isEqualTo("one\n");
        assertThat(result.err().whole()).isEqualTo("two\n");
    }

    @Test
    void sees_all_lines_of_a_protected_child_that_opens_its_output_anew() {
        List<String> lines = new ArrayList<>();

        runner.run(
                bash("echo a long first line; sleep 0.3; echo two >/dev/stdout; sleep 0.3; echo 3")
                        .neverKilled(),
                lines::add);

        assertThat(lines).containsExactly("a long first line", "two", "3");
    }

    @Test
    void starts_nothing_when_already_told_to_stop() {
        Thread.currentThread().interrupt();
        try {
            Problem problem =
                    problem(() -> runner.run(bash("touch started").in(folder).neverKilled()));

            assertThat(problem.code()).isEqualTo("stopping");
            assertThat(folder.resolve("started")).doesNotExist();
        } finally {
            assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        }
    }

    @Test
    void ends_the_child_and_keeps_the_flag_when_interrupted() throws Exception {
        Problem problem =
                interruptWhileRunning(bash("echo $$ >>pids; sleep 300").in(folder));

        assertThat(problem.code()).isEqualTo("interrupted");
        assertThat(pids()).hasSize(1).allSatisfy(ProcessCommandRunnerEndTest::isGone);
    }

    @Test
    void leaves_the_protected_child_and_names_it_when_interrupted() throws Exception {
        Problem problem = interruptWhileRunning(
                bash("echo $$ >>pids; sleep 300").in(folder).neverKilled());

        assertThat(problem.code()).isEqualTo("left-running");
        assertThat(problem.summary()).contains("process " + pids().get(0));
        assertThat(ProcessHandle.of(pids().get(0))).isPresent();
    }

    @Test
    void ends_all_children_but_the_protected_ones_and_starts_no_more_when_the_agent_ends() throws Exception {
        CompletableFuture<CommandResult> one = CompletableFuture.supplyAsync(
                () -> runner.run(bash("echo $$ >>pids; sleep 300").in(folder)));
        CompletableFuture<CommandResult> two = CompletableFuture.supplyAsync(() ->
                runner.run(bash("echo $$ >>pids; sleep 1; echo end").in(folder).neverKilled()));
        await().until(() -> pids().size() == 2);

        runner.endAll();

        assertThat(one.get().exit()).isEqualTo(128 + 15);
        assertThat(two.get().out().whole()).isEqualTo("end\n");
        assertThat(problem(() -> runner.run(Command.of("true"))).code()).isEqualTo("stopping");
    }

    private Problem interruptWhileRunning(Command command) throws InterruptedException {
        AtomicReference<Problem> problem = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            problem.set(problem(() -> runner.run(command)));
            flag.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        await().until(() -> !pids().isEmpty());
        thread.interrupt();
        thread.join();
        assertThat(flag).as("interrupt flag").isTrue();
        return java.util.Objects.requireNonNull(problem.get());
    }

    private List<Long> pids() throws IOException {
        Path file = folder.resolve("pids");
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Long> pids = Files.readAllLines(file).stream().map(Long::valueOf).toList();
        started.addAll(pids);
        return pids;
    }

    private static void isGone(long pid) {
        // Orphans are reaped by whoever adopted them; dead but not reaped is gone too.
        await().atMost(Duration.ofSeconds(5))
                .until(() -> ProcessTable.now().family(pid).isEmpty());
    }
}
