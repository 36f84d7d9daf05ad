package dev.crossarm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void leaves_nothing_that_a_terminal_would_act_on() {
        assertThat(
                        Printable.line(
                                "\u001b[1;31mred\u001b[0m\tx\u001b]0;title\u0007y\u001b]8;;http://x\u001b\\z\u001bM\u001b(B!\b\r"))
                .isEqualTo("red\txyz!");
        assertThat(Printable.line("\u009b31mC1 \u202eturned\u2066 caf\u00e9 \u65e5"))
                .isEqualTo("31mC1 turned caf\u00e9 \u65e5");
        assertThat(Printable.line("ends in the middle \u001b]0;never closed")).isEqualTo("ends in the middle ");
    }

    @Test
    void shows_that_something_was_there_where_a_name_is_quoted() {
        assertThat(Printable.marked("a\nb\u001bc\u202ed")).isEqualTo("a?b?c?d");
        assertThat(Printable.markedLines("a\nb\rc")).isEqualTo("a\nb?c");
    }

    @Test
    void cuts_between_characters_and_says_so() {
        assertThat(Printable.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Printable.cut("abcdef", 4)).isEqualTo("abc\u2026");
        assertThat(Printable.cut("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2)).isEqualTo("\ud83d\ude00\u2026");
        assertThat(Printable.cut("abc", 1)).isEmpty();
    }

    @Test
    void says_sizes_and_times_as_people_do() {
        assertThat(Quantity.bytes(4_404_019)).isEqualTo("4,404,019 bytes");
        assertThat(Quantity.size(1023)).isEqualTo("1,023 bytes");
        assertThat(Quantity.size(2048)).isEqualTo("2.0 KiB");
        assertThat(Quantity.size(4_404_019)).isEqualTo("4.2 MiB");
        assertThat(Quantity.size(412L << 20)).isEqualTo("412 MiB");
        assertThat(Quantity.size(8L << 30)).isEqualTo("8.0 GiB");
        assertThat(Quantity.time(Duration.ofMillis(540))).isEqualTo("0.5 s");
        assertThat(Quantity.time(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
        assertThat(Quantity.seconds(Duration.ofMillis(1500))).hasToString("1.500");
    }
}
