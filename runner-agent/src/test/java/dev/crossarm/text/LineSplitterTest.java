package dev.crossarm.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineSplitterTest {
    private final List<String> lines = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void gives_the_same_lines_whatever_the_size_of_the_chunks(int size) {
        feed("one\ntwo\r\n10%\r20%\rdone\n\nüñ\nrest".getBytes(UTF_8), size, 100);

        assertThat(lines).containsExactly("one", "two", "~10%", "~20%", "done", "", "üñ", "rest");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void takes_a_return_for_a_character_where_only_line_feeds_count(int size) {
        byte[] all = "10%\r20%\r\n\nrest".getBytes(UTF_8);
        LineSplitter splitter = LineSplitter.atLineFeeds(100, lines::add);
        for (int at = 0; at < all.length; at += size) {
            byte[] chunk = java.util.Arrays.copyOfRange(all, at, Math.min(all.length, at + size));
            splitter.add(chunk, chunk.length);
        }
        splitter.finish();

        assertThat(lines).containsExactly("10%\r20%\r", "", "rest");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 1000})
    void keeps_the_beginning_of_an_over_long_line(int size) {
        feed(("x".repeat(300) + "\nnext\n").getBytes(UTF_8), size, 100);

        assertThat(lines).containsExactly("x".repeat(100) + "…", "next");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void survives_bytes_that_are_not_text(int size) {
        feed(new byte[] {'a', (byte) 0xC3, '\n', (byte) 0xFF, (byte) 0xFE, '\n', 'b'}, size, 100);

        assertThat(lines).containsExactly("a\uFFFD", "\uFFFD\uFFFD", "b");
    }

    private void feed(byte[] all, int size, int limit) {
        LineSplitter splitter = new LineSplitter(
                limit, (text, passing, cut) -> lines.add((passing ? "~" : "") + text + (cut ? "…" : "")));
        for (int at = 0; at < all.length; at += size) {
            byte[] chunk = java.util.Arrays.copyOfRange(all, at, Math.min(all.length, at + size));
            splitter.add(chunk, chunk.length);
        }
        splitter.finish();
    }
}
