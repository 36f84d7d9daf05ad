package dev.crossarm.host.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.host.Surroundings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Children whose output is passed on as it comes. */
class StreamPumpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StringBuilder order = new StringBuilder();

    private int run(Command command) {
        Surroundings surroundings = new Surroundings(
                Map.of("PATH", System.getenv("PATH")), "ada", false, Path.of("/tmp"), Path.of("/"), false, 80);
        return new ProcessCommandRunner(surroundings, Duration.ofMillis(500)).stream(command, new OutputSink() {
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
        run(Command.of("sh", "-c", "for i in 1 2 3 4 5; do echo out$i; echo err$i >&2; sleep 0.1; done"));

        // Two pipes have no common order: on a busy machine a reader may be late once, but not as a rule.
        String shown = order.toString();
        assertThat(IntStream.rangeClosed(1, 5).filter(i -> shown.indexOf("out" + i) < shown.indexOf("err" + i)))
                .hasSizeGreaterThanOrEqualTo(4);
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
