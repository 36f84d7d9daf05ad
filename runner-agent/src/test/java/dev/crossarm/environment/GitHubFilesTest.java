package dev.crossarm.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.OtherAccount;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class GitHubFilesTest {
    private final JobEnvironment environment = new JobEnvironment(
            Map.of("CARGO_HOME", "/rust", "ODD", "a<<EOF=b"), List.of(Path.of("/first"), Path.of("/second")));

    @TempDir
    Path folder;

    @Test
    void appends_values_between_delimiters_nobody_can_foresee() throws IOException {
        Path variables = Files.writeString(folder.resolve("env"), "EARLIER=1");
        Path folders = folder.resolve("path");

        files(Map.of("GITHUB_ENV", variables.toString(), "GITHUB_PATH", folders.toString()))
                .append(environment);

        List<String> lines = Files.readAllLines(variables);
        assertThat(lines.get(0)).isEqualTo("EARLIER=1");
        assertThat(read(lines.subList(1, lines.size()))).isEqualTo(environment.variables());
        assertThat(lines.stream().filter(line -> line.startsWith("crossarm_")).distinct())
                .hasSize(2)
                .allMatch(line -> line.matches("crossarm_[0-9a-f]{32}"));
    }

    @Test
    void hands_over_outputs_that_try_to_be_more_than_one() throws IOException {
        Path outputs = folder.resolve("output");
        Map<String, String> hostile = Map.of("binary", "a\nsha256<<X\nforged\nX\n::error::x", "size", "1");

        files(Map.of("GITHUB_OUTPUT", outputs.toString())).outputs(hostile);

        assertThat(read(Files.readAllLines(outputs))).isEqualTo(hostile);
    }

    @Test
    void adds_no_summary_that_would_make_github_show_none() throws IOException {
        Path page = Files.writeString(folder.resolve("summary"), "x".repeat(1024 * 1024 - 10));
        GitHubFiles files = files(Map.of("GITHUB_STEP_SUMMARY", page.toString()));

        assertThat(files.summary("☃☃☃☃")).isFalse();
        assertThat(page).hasSize(1024 * 1024 - 10);
        assertThat(files.summary("# two")).isTrue();
        assertThat(Files.readString(page)).endsWith("x\n# two");
    }

    @Test
    void hides_secrets_in_a_summary() throws IOException {
        Path page = folder.resolve("summary");

        files(Map.of("GITHUB_STEP_SUMMARY", page.toString(), "DEPLOY_TOKEN", "hunter2hunter2"))
                .summary("said hunter2hunter2");

        assertThat(page).hasContent("said ***");
    }

    @Test
    void writes_the_folder_that_is_to_come_first_last_because_the_runner_prepends_each_line() throws IOException {
        Path folders = folder.resolve("path");

        files(Map.of("GITHUB_ENV", folder.resolve("env").toString(), "GITHUB_PATH", folders.toString()))
                .append(environment);

        assertThat(Files.readAllLines(folders)).containsExactly("/second", "/first");
    }

    @Test
    void refuses_and_writes_nothing_when_it_does_not_run_in_a_workflow() {
        Path variables = folder.resolve("env");

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(
                        () -> files(Map.of("GITHUB_ENV", variables.toString())).append(environment))
                .satisfies(e -> {
                    assertThat(e.problem().exit()).isEqualTo(ExitStatus.USAGE);
                    assertThat(e.problem().summary()).contains("GITHUB_PATH");
                });
        assertThat(variables).doesNotExist();
    }

    @Test
    void names_the_file_when_it_cannot_be_appended_to() {
        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(
                        () -> files(Map.of("GITHUB_ENV", folder.toString(), "GITHUB_PATH", folder + "/missing/path"))
                                .append(environment))
                .satisfies(e -> {
                    assertThat(e.problem().exit()).isEqualTo(ExitStatus.CANNOT_CREATE);
                    assertThat(e.problem().detail()).contains(folder.toString());
                });
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void appends_to_nothing_but_a_regular_file() throws Exception {
        Path real = Files.writeString(folder.resolve("real"), "kept\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        for (Path file : List.of(link, pipe, Path.of("/dev/null"))) {
            assertThatExceptionOfType(CrossarmException.class)
                    .isThrownBy(() ->
                            files(Map.of("GITHUB_OUTPUT", file.toString())).outputs(Map.of("a", "b")))
                    .satisfies(e -> assertThat(e.problem().detail()).isEqualTo(file + ": is not a regular file"));
        }
        assertThat(real).hasContent("kept");
    }

    @Test
    void as_root_adds_to_a_file_of_the_folder_s_owner_only() throws IOException {
        Path theirs = OtherAccount.folder(folder.resolve("theirs"));
        Path output = OtherAccount.file(theirs.resolve("output"), "first=1");
        Path roots = Files.writeString(folder.resolve("roots"), "kept");
        Path second = Files.createLink(theirs.resolve("second"), roots);
        Path missing = theirs.resolve("missing");

        files(Map.of("GITHUB_OUTPUT", output.toString())).outputs(Map.of("a", "b"));

        assertThat(output).content().startsWith("first=1\na<<crossarm_").endsWith("\n");
        for (Path file : List.of(second, missing)) {
            assertThatExceptionOfType(CrossarmException.class)
                    .isThrownBy(() ->
                            files(Map.of("GITHUB_OUTPUT", file.toString())).outputs(Map.of("a", "b")));
        }
        assertThat(roots).hasContent("kept");
        assertThat(missing).doesNotExist();
    }

    @Test
    void as_root_goes_through_no_link_of_another_account() throws IOException {
        Path theirs = OtherAccount.folder(folder.resolve("theirs"));
        Path roots = Files.createDirectory(folder.resolve("roots"));
        Path output = Files.writeString(roots.resolve("output"), "kept");
        OtherAccount.own(Files.createSymbolicLink(theirs.resolve("commands"), roots));

        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> files(Map.of(
                                "GITHUB_OUTPUT",
                                theirs.resolve("commands/output").toString()))
                        .outputs(Map.of("a", "b")));
        assertThat(output).hasContent("kept");
    }

    /** The runner's reading of such a file: a name, two angle brackets, a delimiter; the value; the delimiter. */
    private static Map<String, String> read(List<String> lines) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            int separator = lines.get(i).indexOf("<<");
            String name = lines.get(i).substring(0, separator);
            String delimiter = lines.get(i).substring(separator + 2);
            StringBuilder value = new StringBuilder();
            for (i++; !lines.get(i).equals(delimiter); i++) {
                value.append(value.length() == 0 ? "" : "\n").append(lines.get(i));
            }
            variables.put(name, value.toString());
        }
        return variables;
    }

    private GitHubFiles files(Map<String, String> variables) {
        return new GitHubFiles(
                new Surroundings(variables, "box", false, folder, folder, false, 80), new SecureRandom());
    }
}
