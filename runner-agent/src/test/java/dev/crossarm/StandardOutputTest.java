package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StandardOutputTest {

    private static ProcessBuilder crossarm(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.crossarm.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    @Test
    void that_takes_nothing_more_is_an_error() throws IOException, InterruptedException {
        for (String[] command : List.of(new String[] {"config", "show"}, new String[] {"env", "--format", "json"})) {
            Process process = crossarm(command)
                    .redirectOutput(Path.of("/dev/full").toFile())
                    .start();
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).isEqualTo(73);
            assertThat(err).contains("error: cannot write to standard output: No space left on device");
        }
    }

    @Test
    void that_nobody_reads_to_its_end_is_none() throws IOException, InterruptedException {
        Process process = crossarm("config", "show").start();
        process.getInputStream().close();

        assertThat(process.waitFor()).isZero();
    }
}
