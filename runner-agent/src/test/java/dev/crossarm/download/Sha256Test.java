package dev.crossarm.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class Sha256Test {
    private static final String A = "a".repeat(64);
    private static final String B = "B".repeat(64);

    @Test
    void finds_the_line_that_names_the_file() {
        String document = A + "  dist/other\n" + B + " *./arm/tool\n\n";

        assertThat(Sha256.find(document, "tool")).contains(new Sha256("b".repeat(64)));
        assertThat(Sha256.find(document, "missing")).isEmpty();
    }

    @Test
    void takes_the_only_digest_there_is_when_it_names_nothing() {
        assertThat(Sha256.find(A + "\n", "tool")).contains(new Sha256(A));
        assertThat(Sha256.find(A + "\n" + B + "\n", "tool")).as("which one?").isEmpty();
        assertThat(Sha256.find(A + "  another-file\n", "tool"))
                .as("of another file")
                .isEmpty();
    }

    @Test
    void reads_the_other_common_form() {
        assertThat(Sha256.find("SHA256 (dist/tool) = " + A + "\n", "tool")).contains(new Sha256(A));
    }

    @Test
    void finds_nothing_in_what_is_no_checksum_document() {
        assertThat(Sha256.find("<html>" + A + "</html>", "tool")).isEmpty();
        assertThat(Sha256.find("", "tool")).isEmpty();
        assertThatThrownBy(() -> new Sha256("abc")).isInstanceOf(IllegalArgumentException.class);
    }
}
