package dev.crossarm.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.Golden;
import dev.crossarm.cli.TestProgram;
import dev.crossarm.cli.display.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
    private static final Path LOGS =
            Path.of("src/test/resources/dev/crossarm/diagnose/logs").toAbsolutePath();

    private final TestConsole console = new TestConsole();

    @Test
    void says_what_went_wrong_and_what_mends_it() {
        int status = new TestProgram()
                .run(console, "explain", LOGS.resolve("no-linker.log").toString());

        assertThat(status).isZero();
        assertThat(console.out())
                .startsWith("No linker is set for the target\n  crate   nolinker\n  line    ")
                .contains("\n-> crossarm provision\n");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void prints_it_as_json() {
        int status = new TestProgram()
                .run(console, "explain", "--json", LOGS.resolve("fortify.log").toString());

        assertThat(status).isZero();
        Golden.assertSame("explain.json", console.out());
    }

    @Test
    void shows_the_first_error_of_what_it_does_not_know() throws IOException {
        console.onTerminal(Files.readString(LOGS.resolve("own-code.log")));

        assertThat(new TestProgram().run(console, "explain", "-")).isEqualTo(1);
        assertThat(console.out()).contains("error[E0308]: mismatched types", "doesn't recognise this failure");
    }

    @Test
    void says_so_when_there_is_no_error_or_no_file() {
        assertThat(new TestProgram().run(console, "explain", "-")).isEqualTo(65);
        assertThat(console.err()).contains("there is no error in the log");
        assertThat(new TestProgram().run(console, "explain", "/nonexistent.log"))
                .isEqualTo(65);
        assertThat(console.err()).contains("cannot read /nonexistent.log");
        TestConsole missing = new TestConsole();
        assertThat(new TestProgram().run(missing, "explain", "/nowhere/build.log"))
                .isEqualTo(65);
        assertThat(missing.err()).contains("cannot read /nowhere/build.log", "no such file");
        assertThat(new TestProgram().run(console, "explain")).isEqualTo(64);
    }
}
