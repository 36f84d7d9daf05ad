package dev.crossarm.environment;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DotEnvTest {
    private static final String BEGIN =
            "# crossarm begin (kept by crossarm provision, taken out by crossarm provision --remove), names: ";

    @Test
    void writes_a_block_after_the_foreign_lines() {
        assertThat(merged("LANG=C.UTF-8\n", Map.of("CARGO_HOME", "/c")))
                .isEqualTo("LANG=C.UTF-8\n" + BEGIN + "CARGO_HOME\nCARGO_HOME=/c\n# crossarm end\n");
    }

    @Test
    void adds_the_missing_line_end_of_the_last_line() {
        assertThat(merged("A=b", Map.of("K", "v"))).startsWith("A=b\n" + BEGIN);
    }

    @Test
    void ends_its_lines_as_the_file_does_when_that_is_crlf() {
        assertThat(merged("A=b\r\nC=d", Map.of("K", "v")))
                .isEqualTo("A=b\r\nC=d\r\n" + BEGIN + "K\r\nK=v\r\n# crossarm end\r\n");
    }

    @Test
    void wins_over_foreign_lines_of_the_same_key_and_gives_them_back() {
        DotEnv file = parse("K=theirs\nK=last\n").merge(Map.of("K", "ours"));

        assertThat(file.value("K")).contains("ours");
        assertThat(file.foreignValue("K")).contains("last");
        assertThat(file.overruledKeys()).containsExactly("K");
        assertThat(text(file.withoutOurs())).isEqualTo("K=theirs\nK=last\n");
    }

    @Test
    void stays_where_it_is_when_somebody_appends_another_key() {
        String before = merged("", Map.of("K", "v")) + "LANG=C";

        assertThat(merged(before, Map.of("K", "v"))).isEqualTo(before);
        assertThat(merged(before, Map.of("K", "w"))).isEqualTo(before.replace("K=v", "K=w") + "\n");
    }

    @Test
    void goes_to_the_end_when_somebody_appends_one_of_its_keys() {
        String before = merged("", Map.of("K", "v")) + "K=theirs\n";

        assertThat(parse(before).holds(Map.of("K", "v"))).isFalse();
        assertThat(merged(before, Map.of("K", "v"))).startsWith("K=theirs\n").endsWith("K=v\n# crossarm end\n");
    }

    @Test
    void keeps_a_line_that_somebody_put_inside_the_block() {
        String before = merged("", Map.of("K", "v")).replace("K=v\n", "MINE=1\nK=v\n");

        assertThat(text(parse(before).withoutOurs())).isEqualTo("MINE=1\n");
        assertThat(parse(merged(before, Map.of("K", "v"))).variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of("MINE", "1", "K", "v"));
    }

    @Test
    void takes_only_what_follows_at_once_when_the_end_marker_is_gone() {
        String before = merged("", Map.of("K", "v")).replace("# crossarm end\n", "") + "L=1\nK=theirs\n";

        assertThat(text(parse(before).withoutOurs())).isEqualTo("L=1\nK=theirs\n");
        assertThat(parse(merged(before, Map.of("K", "v"))).value("K")).contains("v");
    }

    @Test
    void becomes_one_block_again_when_there_are_two() {
        String twice = merged("A=1\n", Map.of("K", "v")) + merged("", Map.of("K", "w"));

        assertThat(merged(twice, Map.of("K", "v"))).isEqualTo(merged("A=1\n", Map.of("K", "v")));
    }

    @Test
    void drops_a_key_that_is_no_longer_ours() {
        String before = merged("A=1\n", Map.of("OLD", "v"));

        assertThat(parse(merged(before, Map.of("K", "v"))).variables()).containsOnlyKeys("A", "K");
        assertThat(merged(before, Map.of())).isEqualTo("A=1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "a\rb", "nul\0", "half \ud800"})
    void refuses_a_value_the_file_cannot_express_and_names_the_key(String value) {
        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> DotEnv.empty().merge(Map.of("MY_KEY", value)))
                .satisfies(e -> {
                    assertThat(e.problem().exit()).isEqualTo(ExitStatus.DATA);
                    assertThat(e.problem().summary()).contains("MY_KEY");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A B", "#A", "A=B", "1A", "ä", "A\n"})
    void refuses_a_key_that_is_no_variable_name(String key) {
        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> DotEnv.empty().merge(Map.of(key, "v")))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("environment-bad-name"));
    }

    @Test
    void takes_a_value_up_to_what_linux_hands_to_a_program_and_no_longer() {
        String longest = "x".repeat(32 * 4096 - 1 - "K=".length());

        assertThat(parse(merged("", Map.of("K", longest))).value("K")).contains(longest);
        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> DotEnv.empty().merge(Map.of("K", longest + "x")))
                .satisfies(e -> assertThat(e.problem().summary())
                        .contains("K is longer than")
                        .doesNotContain("xx"));
    }

    @Test
    void refuses_a_file_that_the_runner_would_read_as_utf_16() {
        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> DotEnv.parse("\uFEFFA=b\n".getBytes(UTF_16LE)))
                .satisfies(e -> assertThat(e.problem().exit()).isEqualTo(ExitStatus.DATA));
    }

    @Test
    void finds_the_lines_that_do_not_say_what_their_author_meant() {
        String file = "GOOD=1\n# note\n\n#A=b\nexport B=1\nC =1\n=x\nno separator\nD=\nE=\"q\"\nF= x\nLAST=secret";

        assertThat(DotEnvSyntax.findings(parse(file)))
                .extracting(DotEnvSyntax.Finding::line)
                .containsExactly(4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(DotEnvSyntax.findings(parse(file)).toString()).doesNotContain("secret", "\"q\"");
        assertThat(DotEnvSyntax.findings(parse(merged("A=1\n", Map.of("K", "v")))))
                .isEmpty();
    }

    private static String merged(String before, Map<String, String> ours) {
        return text(parse(before).merge(ours));
    }

    private static DotEnv parse(String text) {
        return DotEnv.parse(text.getBytes(UTF_8));
    }

    private static String text(DotEnv file) {
        return new String(file.bytes(), UTF_8);
    }
}
