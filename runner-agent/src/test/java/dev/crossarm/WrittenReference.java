package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a document that is written from the code. */
public final class WrittenReference {
    private WrittenReference() {}

    /**
     * Holds the document to the text, or writes it there where {@code crossarm.write-docs} is set.
     *
     * @param begin the line before the part
     * @param end the line behind it
     * @param test what writes it again
     */
    public static void check(Path document, String begin, String end, String text, Class<?> test) throws IOException {
        String whole = Files.readString(document);
        int from = whole.indexOf(begin) + begin.length();
        int to = whole.indexOf(end);
        assertThat(from).isGreaterThanOrEqualTo(begin.length());
        assertThat(to).isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("crossarm.write-docs")) {
            Files.writeString(document, whole.substring(0, from) + text + whole.substring(to));
            return;
        }

        assertThat(whole.substring(from, to))
                .as(
                        "%s is out of date; write it again with: mvn -q test -Dtest=%s -Dcrossarm.write-docs=true",
                        document, test.getSimpleName())
                .isEqualTo(text);
    }
}
