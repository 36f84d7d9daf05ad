package dev.crossarm.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentFormatTest {
    private static final Map<String, String> NASTY = new LinkedHashMap<>(Map.of(
            "PLAIN", "/opt/x",
            "QUOTES", "it's \"quoted\" '' ",
            "EXPANDS", "$HOME `id` $(id) \\n ! * ~",
            "TEXT", "grün 日本 \t😀",
            "DASH", "-n"));

    private final JobEnvironment environment =
            new JobEnvironment(NASTY, List.of(Path.of("/opt/cross arm's/bin"), Path.of("/rust/bin")));

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void gives_a_real_shell_the_values_and_our_folders_first_on_its_path(String shell) throws Exception {
        String script = EnvironmentFormat.SHELL.render(environment, "ignored");

        Map<String, String> seen = evaluated(shell, script, "/usr/bin:/bin");

        assertThat(seen).containsAllEntriesOf(NASTY);
        assertThat(seen).containsEntry("PATH", "/opt/cross arm's/bin:/rust/bin:/usr/bin:/bin");
        assertThat(script).contains("export PLAIN='/opt/x'\n");
    }

    @Test
    void gives_a_runner_raw_lines_with_the_whole_path() {
        String text = EnvironmentFormat.DOTENV.render(environment, "/usr/bin");

        assertThat(RunnerEnvReader.read(text.getBytes(UTF_8), Map.of()))
                .containsAllEntriesOf(NASTY)
                .containsEntry("PATH", "/opt/cross arm's/bin:/rust/bin:/usr/bin");
        assertThat(text).doesNotContain("#");
    }

    @Test
    void refuses_to_print_for_a_runner_what_a_runner_cannot_be_given() {
        JobEnvironment tooLong = new JobEnvironment(Map.of("K", "x".repeat(200_000)), List.of());

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> EnvironmentFormat.DOTENV.render(tooLong, "/bin"));
    }

    @Test
    void gives_json_that_a_parser_reads_back() throws Exception {
        JsonNode json = new ObjectMapper().readTree(EnvironmentFormat.JSON.render(environment, "ignored"));

        assertThat(json.get("schemaVersion").asInt()).isEqualTo(1);
        NASTY.forEach((name, value) ->
                assertThat(json.get("variables").get(name).asText()).isEqualTo(value));
        assertThat(json.get("variables").size()).isEqualTo(NASTY.size());
        assertThat(json.get("pathPrefix").get(0).asText()).isEqualTo("/opt/cross arm's/bin");
        assertThat(new ObjectMapper()
                        .readTree(EnvironmentFormat.JSON.render(new JobEnvironment(Map.of(), List.of()), ""))
                        .get("pathPrefix"))
                .isEmpty();
    }

    private static Map<String, String> evaluated(String shell, String script, String path)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(shell, "-c", "eval \"$SCRIPT\"; /usr/bin/env -0");
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, "SCRIPT", script, "LC_ALL", "C.UTF-8"));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        Map<String, String> seen = new LinkedHashMap<>();
        for (String entry : out.split("\0", 0)) {
            int separator = entry.indexOf('=');
            seen.put(entry.substring(0, separator), entry.substring(separator + 1));
        }
        return seen;
    }
}
