package dev.crossarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.target.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CompilerRecordTest {
    @TempDir
    Path folder;

    private Compiler assumed() {
        return new SettingsLoader(ConfigTestHost.root(Map.of()), ConfigTestHost.NO_FILE)
                .load(
                        Map.of(
                                ConfigKey.PREFIX, List.of(folder + "/prefix"),
                                ConfigKey.STATE_DIRECTORY, List.of(folder + "/state")),
                        Optional.empty())
                .settings()
                .compiler();
    }

    private void record(String text) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("state")).resolve("compiler"), text);
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void is_none_where_a_pipe_or_a_long_file_stands_in_its_place() throws Exception {
        Path state = Files.createDirectories(folder.resolve("state"));
        assertThat(new ProcessBuilder("mkfifo", state.resolve("compiler").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(assumed()).isEqualTo(Compiler.MUSL);

        Files.delete(state.resolve("compiler"));
        record(CompilerRecord.content(Compiler.GNU) + " ".repeat(100));
        assertThat(assumed()).isEqualTo(Compiler.MUSL);
    }

    @Test
    void is_what_holds_when_no_compiler_is_named() throws IOException {
        assertThat(assumed()).isEqualTo(Compiler.MUSL);
        for (Compiler compiler : Compiler.values()) {
            record(CompilerRecord.content(compiler));
            assertThat(assumed()).isEqualTo(compiler);
        }
    }

    @Test
    void is_not_guessed_from_a_folder_that_an_attempt_left_behind() throws IOException {
        Files.createDirectories(folder.resolve("prefix/cpp/.unfinished"));
        Files.createDirectories(folder.resolve("prefix/compilers/cpp-5"));

        assertThat(assumed()).isEqualTo(Compiler.MUSL);
    }

    @Test
    void wins_over_what_the_folders_look_like() throws IOException {
        linkedTo("cpp-5");
        record("musl\n");

        assertThat(assumed()).isEqualTo(Compiler.MUSL);
    }

    @Test
    void is_read_off_the_names_on_path_where_a_machine_was_set_up_before_there_were_records() throws IOException {
        linkedTo("cpp-5");
        assertThat(assumed()).isEqualTo(Compiler.CPP);

        Files.delete(folder.resolve("prefix/compilers/cpp-5/x86_64-linux-musl-gcc"));
        assertThat(assumed()).as("a link that leads nowhere").isEqualTo(Compiler.MUSL);
    }

    @Test
    void counts_as_absent_when_it_is_damaged_or_no_file() throws IOException {
        for (String damaged : List.of("", "clang\n", "cpp\nmusl\n", "cpp" + " ".repeat(1000))) {
            record(damaged);
            assertThat(assumed()).as(damaged).isEqualTo(Compiler.MUSL);
        }
        Files.delete(folder.resolve("state/compiler"));
        Files.createDirectory(folder.resolve("state/compiler"));
        assertThat(assumed()).isEqualTo(Compiler.MUSL);
    }

    private void linkedTo(String directory) throws IOException {
        Path compiler = folder.resolve("prefix/compilers").resolve(directory);
        Files.createFile(Files.createDirectories(compiler).resolve("x86_64-linux-musl-gcc"));
        Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("prefix/bin")).resolve("x86_64-linux-musl-gcc"),
                compiler.resolve("x86_64-linux-musl-gcc"));
    }
}
