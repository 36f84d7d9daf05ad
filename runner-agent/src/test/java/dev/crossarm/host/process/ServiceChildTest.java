package dev.crossarm.host.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Children that are watched, with real processes. */
@Timeout(120)
final class ServiceChildTest {
    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir
    Path temporary;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<ServiceChild> started = new CopyOnWriteArrayList<>();

    private ServiceChild start(String script) throws IOException {
        return kept(ServiceChild.start(
                SHELL, List.of("-c", script), Map.of("PATH", "/usr/bin:/bin", "ONLY", "this"), temporary, lines::add));
    }

    private ServiceChild kept(ServiceChild child) {
        started.add(child);
        return child;
    }

    @AfterEach
    void endAll() {
        started.forEach(ServiceChild::killTree);
    }

    private static void awaitEnd(ServiceChild child) {
        await().atMost(Duration.ofMinutes(1)).until(() -> child.over(Duration.ofMillis(20)));
    }

    @Test
    void hands_on_every_line_of_both_streams_and_the_last_one_without_an_end() throws Exception {
        ServiceChild child = start("echo one; echo two >&2; printf three");
        awaitEnd(child);
        assertThat(lines).containsExactly("one", "two", "three");
        assertThat(child.exit()).isZero();
    }

    @Test
    void gives_exactly_its_variables_and_folder_and_a_session_of_its_own() throws Exception {
        ServiceChild child = start("env; pwd; echo $(ps -o sid= -p $$)");
        awaitEnd(child);
        assertThat(lines).contains("ONLY=this", temporary.toRealPath().toString(), String.valueOf(child.pid()));
        assertThat(lines).noneMatch(line -> line.startsWith("HOME="));
    }

    @Test
    void tells_of_its_end_and_of_the_signal_that_ended_it() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        ServiceChild child = start("while sleep 0.1; do :; done");
        child.onEnd(told::countDown);
        assertThat(child.signal(ProcessSignal.KILL)).isTrue();
        assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        awaitEnd(child);
        assertThat(child.exit()).isEqualTo(137);
        assertThat(child.signal(ProcessSignal.KILL)).isFalse();
    }

    @Test
    void a_taker_that_is_slower_than_the_child_loses_nothing_and_blocks_nobody_for_ever() throws Exception {
        BlockingQueue<String> narrow = new ArrayBlockingQueue<>(4);
        ServiceChild child = kept(ServiceChild.start(
                SHELL,
                List.of("-c", "i=0; while [ $i -lt 3000 ]; do echo $i; i=$((i + 1)); done"),
                Map.of(),
                temporary,
                line -> {
                    try {
                        narrow.put(line);
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                }));
        int taken = 0;
        while (!child.over(Duration.ofMillis(1)) || !narrow.isEmpty()) {
            while (narrow.poll() != null) {
                taken++;
            }
        }
        assertThat(taken).isEqualTo(3000);
    }

    @Test
    void does_not_wait_for_a_grandchild_that_holds_its_streams() throws Exception {
        ServiceChild child = start("echo said; sleep 600 & exit 0");
        awaitEnd(child);
        assertThat(lines).containsExactly("said");
        ServiceChild.killTree(child.pid());
    }

    @Test
    void kills_with_it_all_that_descends_from_it_whatever_sessions_they_made() throws Exception {
        ServiceChild child =
                start("setsid sleep 601 & sleep 602 & echo ready; trap '' TERM INT; while sleep 0.1; do :; done");
        await().until(() -> lines.contains("ready"));
        assertThat(child.killTree()).isTrue();
        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info().arguments().map(List::of).orElse(List.of()).stream()
                                .anyMatch(word -> word.equals("601") || word.equals("602")))
                        .filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void says_when_a_program_is_not_there_by_its_status() throws Exception {
        ServiceChild child =
                kept(ServiceChild.start(Path.of("/no/such/program"), List.of(), Map.of(), temporary, lines::add));
        awaitEnd(child);
        assertThat(child.exit()).isEqualTo(127);
        assertThatThrownBy(() -> ServiceChild.start(SHELL, List.of(), Map.of(), Path.of("/no/such/folder"), lines::add))
                .isInstanceOf(IOException.class);
    }
}
