package dev.crossarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.WrittenReference;
import dev.crossarm.cli.display.TestConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The reference part of {@code docs/cli.md} is what {@code --help} prints. */
class CommandReferenceTest {
    private static final Path DOCUMENT = Path.of("../docs/cli.md");
    private static final String BEGIN = "<!-- What follows is written from the commands' own help. -->\n";
    private static final String END = "<!-- End of the commands' help. -->\n";

    @Test
    void matches_the_help_of_every_command() throws IOException {
        WrittenReference.check(DOCUMENT, BEGIN, END, help(), CommandReferenceTest.class);
    }

    private static String help() {
        StringBuilder text = new StringBuilder();
        append(text, List.of(), new Grammar("1").commandLine());
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> words, CommandLine command) {
        boolean group = !words.isEmpty() && !command.getSubcommands().isEmpty();
        if (!group) {
            TestConsole console = new TestConsole();
            String[] line = java.util.stream.Stream.concat(words.stream(), java.util.stream.Stream.of("--help"))
                    .toArray(String[]::new);
            assertThat(new TestProgram().asUser().run(console, line)).isZero();
            text.append("\n### `crossarm").append(words.isEmpty() ? "" : " " + String.join(" ", words));
            text.append("`\n\n```text\n").append(console.out()).append("```\n");
        }
        command.getSubcommands().forEach((name, inner) -> {
            List<String> all = new java.util.ArrayList<>(words);
            all.add(name);
            append(text, all, inner);
        });
    }
}
