package dev.crossarm.job.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncludesTest {
    @TempDir
    Path folder;

    private PackingProject project;

    @BeforeEach
    void make() throws IOException {
        project = new PackingProject(Files.createDirectory(folder.resolve("project")));
        project.write("a/b/c.txt", "c");
        project.write("a/d", "d");
        Files.writeString(folder.resolve("secret"), "s");
        Files.createSymbolicLink(project.folder.resolve("inside"), Path.of("a/d"));
        Files.createSymbolicLink(project.folder.resolve("outside"), Path.of("../secret"));
        Files.createDirectory(project.folder.resolve("links"));
        Files.createSymbolicLink(project.folder.resolve("links/away"), folder.resolve("secret"));
        Files.createDirectory(project.folder.resolve("loop"));
        Files.createSymbolicLink(project.folder.resolve("loop/again"), Path.of("."));
        Files.createSymbolicLink(project.folder.resolve("dangling"), Path.of("nowhere"));
        project.write("bootstrap", "mine");
    }

    @Test
    void keeps_relative_names_and_takes_folders_whole() {
        assertThat(Includes.of(project.folder, List.of("./a/", "inside", "a/../target/app")))
                .extracting(PackedEntry::name)
                .containsExactlyInAnyOrder("a/b/c.txt", "a/d", "inside", "target/app");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/hostname, include-bad-name, /etc/hostname: it is absolute",
        "../secret, include-outside, the included ../secret is outside",
        "a/../../secret, include-outside, a/../../secret",
        "outside, include-outside, the included outside is outside",
        "links, include-outside, the included links/away is outside",
        "loop, include-bad-name, loop: its links form a loop",
        "dangling, include-missing, there is no dangling to include",
        "nothing, include-missing, there is no nothing to include",
        "., include-bad-name, names the whole project",
        "a/.., include-bad-name, names the whole project",
    })
    void refuses(String name, String code, String text) {
        Problem problem = refusal(name);

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.summary()).contains(text);
        assertThat(problem.remedies()).isNotEmpty();
        assertThat(problem.exit()).isEqualTo(ExitStatus.DATA);
    }

    @Test
    void refuses_names_that_could_be_read_in_two_ways() throws IOException {
        project.write("odd/a\\b", "x");
        project.write("lines/a\nb", "x");

        assertThat(refusal("odd").summary()).contains("odd/a\\b: its name contains");
        assertThat(refusal("lines").summary()).contains("lines/a?b: its name contains");
    }

    @Test
    void refuses_what_is_no_file() throws Exception {
        PackingProject.run(project.folder, "mkfifo", "pipe");

        assertThat(refusal("pipe").summary()).isEqualTo("the included pipe is neither a file nor a folder");
    }

    @Test
    void refuses_two_files_of_one_name() {
        assertThat(refusal("bootstrap").summary()).isEqualTo("two files would be packed as bootstrap");
        assertThat(refusal("a", "a/d").summary()).isEqualTo("a/d is included twice");
    }

    @Test
    void refuses_a_file_where_a_folder_is_needed() throws IOException {
        Files.delete(project.folder.resolve("bootstrap"));
        project.write("bootstrap/x", "x");

        assertThat(refusal("bootstrap").summary()).isEqualTo("bootstrap would be a file and a folder at once");
    }

    private Problem refusal(String... names) {
        CrossarmException refused = catchThrowableOfType(CrossarmException.class, () -> project.zip(names));
        assertThat(refused).isNotNull();
        assertThat(project.out("app.zip")).doesNotExist();
        return refused.problem();
    }
}
