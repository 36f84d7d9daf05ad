package dev.crossarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.WrittenReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The key table and {@code docs/configuration.md} say the same, because one is written from the other. */
class ConfigurationReferenceTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");
    private static final String BEGIN = "<!-- The table below is written from ConfigKey.java. -->\n";
    private static final String END = "<!-- End of the table. -->\n";

    @Test
    void matches_the_key_table() throws IOException {
        WrittenReference.check(DOCUMENT, BEGIN, END, rows(), ConfigurationReferenceTest.class);
    }

    @Test
    void gives_every_key_names_of_its_own_and_one_sentence() {
        List<ConfigKey> keys = Arrays.asList(ConfigKey.values());

        assertThat(keys.stream().map(ConfigKey::key)).doesNotHaveDuplicates();
        assertThat(keys.stream().map(ConfigKey::flag)).doesNotHaveDuplicates().allMatch(f -> f.matches("--[a-z-]+"));
        assertThat(keys.stream().map(ConfigKey::variable))
                .doesNotHaveDuplicates()
                .allMatch(v -> v.matches("CROSSARM_[A-Z_]+"));
        assertThat(keys.stream().map(ConfigKey::description)).allMatch(d -> d.matches("[A-Z].*\\."));
    }

    private static String rows() {
        StringBuilder text = new StringBuilder("\n");
        for (ConfigKey key : ConfigKey.values()) {
            text.append("### `").append(key.key()).append("`\n\n");
            text.append(key.description()).append("\n\n");
            text.append("| | |\n|---|---|\n");
            text.append("| Option | `").append(key.flag()).append('`');
            text.append(key.type().list() ? ", may be repeated |\n" : " |\n");
            text.append("| Variable | `").append(key.variable()).append('`');
            text.append(key.type().list() ? ", values separated by commas" : "");
            text.append(
                    key.foreignVariable().map(name -> ", then `" + name + "`").orElse(""));
            text.append(" |\n| Value | ").append(key.type().words()).append(" |\n");
            text.append("| Default | ").append(key.defaultDescription()).append(" |\n\n");
        }
        return text.toString();
    }
}
