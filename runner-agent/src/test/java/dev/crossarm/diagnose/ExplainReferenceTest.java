package dev.crossarm.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about explain lists the classes there are. */
class ExplainReferenceTest {
    private static final Path PAGE = Path.of("../docs/explain.md");

    @Test
    void lists_every_class_in_its_order() throws IOException {
        StringBuilder table = new StringBuilder("| class | what it is |\n|---|---|\n");
        FailureClasses.ALL.forEach(one -> table.append("| `")
                .append(one.id())
                .append("` | ")
                .append(one.title())
                .append(" |\n"));
        if (Boolean.getBoolean("crossarm.write-docs")) {
            String page = Files.readString(PAGE);
            Files.writeString(
                    PAGE,
                    page.replaceFirst(
                            "(?s)@@TABLE@@\n|\\| class \\| what it is \\|.*?\n(?=\n)",
                            java.util.regex.Matcher.quoteReplacement(table.toString())));
        }
        assertThat(PAGE)
                .as("write it again with: mvn -q test -Dtest=ExplainReferenceTest -Dcrossarm.write-docs=true")
                .content()
                .contains(table);
    }
}
