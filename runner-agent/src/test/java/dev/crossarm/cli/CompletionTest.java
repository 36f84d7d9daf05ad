package dev.crossarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.display.TestConsole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets a real bash complete command lines with the script we print. */
class CompletionTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write_the_script() throws IOException {
        TestConsole console = new TestConsole();
        assertThat(new TestProgram().run(console, "completion", "bash")).isZero();
        Files.writeString(folder.resolve("crossarm.bash"), console.out());
    }

    /** What bash offers after these words, the last of which is half typed. */
    private List<String> offers(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "--norc",
                "-c",
                // compopt only works while bash itself asks, so it has a stand-in.
                "source \"$0\"; compopt() { :; }; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_LINE=\"$*\"; COMP_POINT=${#COMP_LINE};"
                        + " function=$(complete -p crossarm | sed 's/.*-F \\([^ ]*\\).*/\\1/');"
                        + " \"$function\" crossarm \"${@: -1}\" \"${@: -2:1}\"; printf '%s\\n' \"${COMPREPLY[@]}\"",
                folder.resolve("crossarm.bash").toString()));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return answer.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    @Test
    void completes_commands() throws Exception {
        assertThat(offers("crossarm", "pro")).containsExactly("provision");
        assertThat(offers("crossarm", "")).contains("provision", "check", "env", "inspect", "config", "completion");
        assertThat(offers("crossarm", "config", "s")).containsExactly("show");
    }

    @Test
    void completes_options_and_their_values() throws Exception {
        assertThat(offers("crossarm", "provision", "--dry")).containsExactly("--dry-run");
        assertThat(offers("crossarm", "provision", "--sc")).containsExactly("--scope");
        assertThat(offers("crossarm", "provision", "--scope", "")).containsExactlyInAnyOrder("system", "user");
        assertThat(offers("crossarm", "env", "--format", "d")).containsExactly("dotenv");
        assertThat(offers("crossarm", "provision", "--only", "rust")).contains("rustup", "rust-toolchain");
    }

    @Test
    void has_no_script_for_other_shells() {
        assertThat(new TestProgram().run(new TestConsole(), "completion", "fish"))
                .isEqualTo(64);
    }
}
