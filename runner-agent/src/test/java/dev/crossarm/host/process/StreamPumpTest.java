package dev.crossarm.host.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.host.Surroundings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Children whose output is passed on as it comes. */
class StreamPumpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StringBuilder order = new StringBuilder();

    private static ProcessCommandRunner runner() {
        Surroundings surroundings = new Surroundings(
                Map.of("PATH", System.getenv("PATH")), "ada", false, Path.of("/tmp"), Path.of("/"), false, 80);
        return new ProcessCommandRunner(surroundings, Duration.ofMillis(500));
    }

    private int run(Command command) {
        return runner().stream(command, new OutputSink() {
            @Override
            public void out(byte[] bytes) {
                out.writeBytes(bytes);
                order.append(new String(bytes, StandardCharsets.UTF_8));
            }

            @Override
            public void err(byte[] bytes) {
                err.writeBytes(bytes);
                order.append(new String(bytes, StandardCharsets.UTF_8));
            }
        });
    }

    @Test
    void passes_every_byte_of_both_streams_and_keeps_the_status() {
        int exit = run(Command.of("sh", "-c", "head -c 3000000 /dev/zero; printf '\\033[1mred\\r' >&2; exit 7"));

        assertThat(exit).isEqualTo(7);
        assertThat(out.size()).isEqualTo(3_000_000);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("\u001b[1mred\r");
    }

    @Test
    void shows_what_was_written_to_standard_output_before_what_followed_on_standard_error() {
        run(Command.of("sh", "-c", "for i in 1 2 3 4 5; do echo out$i; echo err$i >&2; sleep 0.02; done"));

        String shown = order.toString();
        assertThat(IntStream.rangeClosed(1, 5).filter(i -> shown.indexOf("out" + i) < shown.indexOf("err" + i)))
                .hasSize(5);
    }

    private static final class Counting implements OutputSink {
        private long bytes;

        @Override
        public void out(byte[] more) {
            bytes += more.length;
        }

        @Override
        public void err(byte[] more) {
            bytes += more.length;
        }
    }

    /** A child that is silent for longer than a grandchild may be, and then writes and ends: every linker does so. */
    @Test
    void loses_nothing_of_what_children_write_right_before_their_end_on_a_busy_machine() throws Exception {
        // The few bytes are in the pipe when the child ends; of the many it must be asked for more until the end.
        Command few = Command.of("sh", "-c", "sleep 1.2; printf last; printf words >&2");
        Command many = Command.of("sh", "-c", "sleep 1.2; head -c 200000 /dev/zero; head -c 100000 /dev/zero >&2");
        AtomicBoolean busy = new AtomicBoolean(true);
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors() + 2; i++) {
                pool.execute(() -> {
                    while (busy.get()) {
                        Thread.onSpinWait();
                    }
                });
            }
            List<Future<Long>> streamed = new ArrayList<>();
            List<Future<Integer>> captured = new ArrayList<>();
            for (int i = 0; i < 48; i++) {
                Command command = i % 2 == 0 ? few : many;
                streamed.add(pool.submit(() -> {
                    Counting sink = new Counting();
                    runner().stream(command, sink);
                    return sink.bytes;
                }));
                captured.add(pool.submit(() -> {
                    CommandResult result = runner().run(command);
                    return result.out().whole().length() + result.err().whole().length();
                }));
            }
            for (int i = 0; i < streamed.size(); i++) {
                int whole = i % 2 == 0 ? "lastwords".length() : 300_000;
                assertThat(streamed.get(i).get()).isEqualTo(whole);
                assertThat(captured.get(i).get()).isEqualTo(whole);
            }
        } finally {
            busy.set(false);
            pool.shutdown();
        }
    }

    @Test
    void hands_on_what_a_grandchild_still_writes_soon_after_the_child_s_end() {
        // Both are heard from the start; the grandchild waits for the child's end, however long a busy machine takes.
        run(Command.of(
                "bash",
                "-c",
                "{ while kill -0 $$ 2>/dev/null; do sleep 0.05; done; echo late; } & sleep 0.5; echo early"));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("early\nlate\n");
    }

    @Test
    void does_not_wait_for_a_grandchild_that_holds_the_streams() {
        long start = System.nanoTime();
        int exit = run(Command.of("sh", "-c", "sleep 60 & echo done"));

        assertThat(exit).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("done\n");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void ends_the_whole_session_at_the_deadline() {
        int exit = run(Command.of("sh", "-c", "sleep 765432 & sleep 765432").within(Duration.ofSeconds(1)));

        assertThat(exit).isEqualTo(124);
        assertThat(ProcessHandle.allProcesses()
                        .filter(one -> one.info().commandLine().orElse("").contains("sleep 765432")))
                .isEmpty();
    }

    @Test
    void ends_the_child_when_what_takes_its_output_fails() {
        Surroundings surroundings = new Surroundings(
                Map.of("PATH", System.getenv("PATH")), "ada", false, Path.of("/tmp"), Path.of("/"), false, 80);
        ProcessCommandRunner runner = new ProcessCommandRunner(surroundings, Duration.ofMillis(500));

        assertThatThrownBy(() -> runner.stream(Command.of("sh", "-c", "echo x; exec sleep 876543"), new OutputSink() {
                    @Override
                    public void out(byte[] bytes) {
                        throw new IllegalStateException("full");
                    }

                    @Override
                    public void err(byte[] bytes) {}
                }))
                .hasMessage("full");
        assertThat(ProcessHandle.allProcesses()
                        .filter(one -> one.info().commandLine().orElse("").contains("sleep 876543")))
                .isEmpty();
    }
}
