package dev.crossarm.cli.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Outcome;
import dev.crossarm.plan.RunEvent;
import dev.crossarm.plan.StepId;
import dev.crossarm.text.Mask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final StepId PACKAGES = StepId.of("packages");
    private static final StepId RUSTUP = StepId.of("rustup");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger columns = new AtomicInteger(60);
    private final LiveDisplay display = new LiveDisplay(
            new Console(
                    Mask.FORMS,
                    false,
                    System.out,
                    new PrintStream(output, true, StandardCharsets.UTF_8),
                    new ByteArrayInputStream(new byte[0]),
                    true,
                    true,
                    true,
                    columns::get),
            false,
            nanos::get,
            text -> text.replace("crossarm check", "./crossarm check"));

    @AfterEach
    void close() {
        display.close();
    }

    private Screen screen() {
        return new Screen(60).show(output.toString(StandardCharsets.UTF_8));
    }

    private void awaitLines(String... lines) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(screen().lines()).containsExactly(lines));
    }

    @Test
    void shows_what_runs_and_since_when_and_what_is_waited_for() {
        display.on(new RunEvent.StepStarted(NOW, PACKAGES, "Debian packages"));
        display.on(new RunEvent.StepStarted(NOW, RUSTUP, "rustup in /x"));
        awaitLines(
                "running   packages             0:00  Debian packages",
                "running   rustup               0:00  rustup in /x");

        nanos.set(Duration.ofSeconds(62).toNanos());
        display.on(new RunEvent.Waiting(NOW, PACKAGES, "apt is locked by apt (pid 8)"));
        display.on(new RunEvent.Output(NOW, RUSTUP, "half of it"));
        awaitLines(
                "waiting   packages             1:02  apt is locked by apt …",
                "running   rustup               1:02  half of it");
    }

    @Test
    void leaves_finished_steps_above_and_the_terminal_as_it_was() {
        Change change = Change.of(Change.Kind.RUN, "x", "do x");
        display.on(new RunEvent.StepStarted(NOW, PACKAGES, "Debian packages"));
        display.on(new RunEvent.StepStarted(NOW, RUSTUP, "rustup in /x"));
        awaitLines(
                "running   packages             0:00  Debian packages",
                "running   rustup               0:00  rustup in /x");
        assertThat(screen().cursorShown()).isFalse();

        Outcome changed = new Outcome.Changed(List.of(change), List.of("14 packages installed"));
        display.on(new RunEvent.StepFinished(NOW, PACKAGES, changed, Duration.ofMillis(81_240)));
        awaitLines(
                "changed   packages            14 packages installed (1 min 2",
                "1 s)",
                "running   rustup               0:00  rustup in /x");

        Outcome skipped = new Outcome.Skipped("packages failed");
        display.on(new RunEvent.StepFinished(NOW, RUSTUP, skipped, Duration.ZERO));
        display.close();
        assertThat(screen().lines())
                .containsExactly(
                        "changed   packages            14 packages installed (1 min 2",
                        "1 s)",
                        "skipped   rustup              packages failed");
        assertThat(screen().cursorShown()).isTrue();
        assertThat(screen().wraps()).isTrue();
    }

    @Test
    void writes_commands_as_they_have_to_be_pasted() {
        Outcome unchanged = new Outcome.Unchanged(List.of("see: crossarm check"));
        display.on(new RunEvent.StepFinished(NOW, PACKAGES, unchanged, Duration.ZERO));

        awaitLines("ok        packages            see: ./crossarm check");
    }

    @Test
    void keeps_one_row_a_step_when_output_is_wider_than_the_terminal_or_moves_the_cursor() {
        display.on(new RunEvent.StepStarted(NOW, PACKAGES, "Debian packages"));
        for (int i = 0; i < 50; i++) {
            display.on(new RunEvent.Output(NOW, PACKAGES, "\u001b[2J\u001b[31m\r" + i + "\tlong ".repeat(60)));
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(screen().lines()).singleElement().asString().contains("49 long"));

        columns.set(30);
        nanos.set(Duration.ofSeconds(1).toNanos());
        display.on(new RunEvent.Output(NOW, PACKAGES, "narrow now and still too long for one row"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(screen().lines())
                        .singleElement()
                        .asString()
                        .hasSizeLessThan(30)
                        .startsWith("running   packages"));
    }

    @Test
    void writes_nothing_while_nothing_changes() {
        display.on(new RunEvent.StepStarted(NOW, PACKAGES, "Debian packages"));
        awaitLines("running   packages             0:00  Debian packages");
        int size = output.size();

        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(output.size()).isEqualTo(size));
    }

    @Test
    void leaves_no_trace_when_nothing_ran() {
        display.close();
        assertThat(output.size()).isZero();
    }
}
