package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.display.Screen;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The display on a real terminal: {@code script} gives a process one and hands us everything that is drawn on it. */
@Timeout(180)
class TerminalTest {

    private static Process inTerminal(String command) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        String run = java + " -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                + "' dev.crossarm.SlowRun ";
        return new ProcessBuilder(
                        "env", "--default-signal=INT", "script", "-qec", command.replace("RUN ", run), "/dev/null")
                .redirectErrorStream(true)
                .start();
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return text.replace("\r\n", "\n");
    }

    private static String until(Process process, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (int next = process.getInputStream().read();
                next >= 0;
                next = process.getInputStream().read()) {
            seen.append((char) next);
            if (seen.indexOf(text) >= 0) {
                return seen.toString();
            }
        }
        throw new AssertionError("never seen: " + text + " in " + seen);
    }

    /** The last rows, as a terminal of this width shows them. */
    private static List<String> shown(Screen screen, int rows) {
        List<String> lines = screen.lines();
        return lines.subList(Math.max(0, lines.size() - rows), lines.size());
    }

    @Test
    void draws_below_what_stays_and_cleans_up() throws Exception {
        Process process = inTerminal("stty cols 70; RUN 15");

        String output = output(process);

        assertThat(process.exitValue()).isZero();
        assertThat(output)
                .contains("running   slow")
                .contains(" a line that is wider")
                .contains("…");
        Screen screen = new Screen(70).show(output);
        assertThat(screen.lines())
                .contains("changed   slow                it is done")
                .noneMatch(line -> line.startsWith("running"));
        assertThat(screen.cursorShown()).isTrue();
        assertThat(screen.wraps()).isTrue();
    }

    @Test
    void follows_the_terminal_when_its_size_changes() throws Exception {
        Process process = inTerminal("tty; stty cols 70; RUN 80");
        String before = until(process, "running   slow");
        String terminal = before.lines().findFirst().orElseThrow().strip();
        assertThat(new ProcessBuilder("stty", "-F", terminal, "cols", "40")
                        .start()
                        .waitFor())
                .isZero();
        String output = before + output(process);

        List<String> drawn = Arrays.stream(output.split("\n"))
                .map(line -> line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replace("\r", ""))
                .filter(line -> line.startsWith("running"))
                .toList();
        assertThat(drawn).isNotEmpty().allMatch(line -> line.length() < 70);
        assertThat(drawn.get(0).length()).isGreaterThan(40);
        assertThat(drawn.get(drawn.size() - 1).length()).isLessThan(40);
    }

    @Test
    void gives_the_cursor_back_and_says_how_to_go_on_when_it_is_interrupted() throws Exception {
        Process process = inTerminal("stty cols 70; RUN 600");
        StringBuilder seen = new StringBuilder(until(process, "running   slow"));
        try (OutputStream keyboard = process.getOutputStream()) {
            keyboard.write(3);
            keyboard.flush();
            seen.append(output(process));
        }

        assertThat(process.exitValue()).isEqualTo(130);
        Screen screen = new Screen(70).show(seen.toString().replace("\r\n", "\n"));
        assertThat(screen.cursorShown()).isTrue();
        assertThat(shown(screen, 3).toString()).contains("Stopped.").contains("crossarm provision");
        assertThat(screen.lines()).anyMatch(line -> line.startsWith("failed    slow                told to stop"));
    }
}
