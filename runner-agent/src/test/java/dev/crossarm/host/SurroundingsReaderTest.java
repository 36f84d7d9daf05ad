package dev.crossarm.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProcessCommandRunner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SurroundingsReaderTest {

    @Test
    void takes_the_account_from_the_kernel_and_not_from_variables() {
        Surroundings read = new SurroundingsReader(Map.of("USER", "somebody-else", "HOME", "/home/x")).read();
        CommandRunner runner = new ProcessCommandRunner(TestSurroundings.real());

        assertThat(read.user())
                .isEqualTo(runner.run(Command.of("id", "-un")).out().whole().strip());
        assertThat(read.root())
                .isEqualTo(runner.run(Command.of("id", "-u")).out().whole().equals("0\n"));
        assertThat(read.home()).isEqualTo(Path.of("/home/x"));
    }

    @Test
    void finds_the_home_directory_when_no_variable_tells_it() {
        Surroundings read = new SurroundingsReader(Map.of()).read();

        assertThat(read.home())
                .isEqualTo(new Accounts().byName(read.user()).orElseThrow().home());
    }

    @Test
    void believes_the_launcher_about_the_terminal() {
        assertThat(with("1", "132").terminal()).isTrue();
        assertThat(with("1", "132").columns()).isEqualTo(132);
        assertThat(with("0", "").terminal()).isFalse();
        assertThat(with("0", "").columns()).isEqualTo(80);
        assertThat(with("1", "0").columns()).isEqualTo(80);
        assertThat(with("1", "wide").columns()).isEqualTo(80);
        assertThat(new SurroundingsReader(Map.of()).read().terminal()).isFalse();
    }

    @Test
    void gives_back_the_locale_that_the_launcher_took() {
        Map<String, String> asStarted = Map.of("LC_ALL", "C.UTF-8", "PATH", "/bin");

        assertThat(SurroundingsReader.asCalled(asStarted, "C")).isEqualTo(Map.of("LC_ALL", "C", "PATH", "/bin"));
        assertThat(SurroundingsReader.asCalled(asStarted, "")).isEqualTo(Map.of("PATH", "/bin"));
        assertThat(SurroundingsReader.asCalled(asStarted, null)).isEqualTo(asStarted);
    }

    private static Surroundings with(String terminal, String columns) {
        return new SurroundingsReader(Map.of("CROSSARM_TERMINAL", terminal, "COLUMNS", columns)).read();
    }
}
