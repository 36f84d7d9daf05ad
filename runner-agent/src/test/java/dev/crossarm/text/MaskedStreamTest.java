package dev.crossarm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskedStreamTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private MaskedStream stream(boolean inJob) {
        return new MaskedStream(
                new PrintStream(shown, true, StandardCharsets.UTF_8),
                Mask.of(Map.of("A_TOKEN", "hunter2-token")),
                inJob);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void masks_every_text_and_every_byte_however_they_are_written() {
        MaskedStream stream = stream(false);
        stream.println("one hunter2-token");
        stream.println((Object) "two hunter2-token");
        stream.printf("three %s%n", "hunter2-token");
        stream.append("four hunter2-token\n");
        stream.println("five hunter2-token".toCharArray());
        stream.writeBytes("six hunter2-token\n".getBytes(StandardCharsets.UTF_8));
        for (byte one : "seven hunter2-token\r".getBytes(StandardCharsets.UTF_8)) {
            stream.write(one);
        }

        assertThat(shown()).isEqualTo("one ***\ntwo ***\nthree ***\nfour ***\nfive ***\nsix ***\nseven ***\r");
    }

    @Test
    void hands_on_a_question_when_flushed_and_bytes_that_are_no_text_as_they_are() {
        MaskedStream stream = stream(false);
        stream.print("Go ahead? ");
        assertThat(shown()).isEmpty();
        stream.flush();
        assertThat(shown()).isEqualTo("Go ahead? ");

        shown.reset();
        stream.writeBytes(new byte[] {(byte) 0xff, '\n'});
        assertThat(shown.toByteArray()).containsExactly((byte) 0xff, '\n');
    }

    @Test
    void lets_no_text_look_like_a_command_to_the_runner_of_a_job() {
        MaskedStream stream = stream(true);
        stream.println("  ::add-mask::x");
        stream.println("a\n::error::b\r\u00a0\u2003::warning::c");
        stream.println("fine ##[set-env name=X]y");
        stream.println("std::fmt::Display");
        stream.command("::error title=hunter2-token::ours");

        assertThat(shown().split("\n", -1))
                .containsExactly(
                        "  \\::add-mask::x",
                        "a",
                        "\\::error::b\r\u00a0\u2003\\::warning::c",
                        "fine #\\#[set-env name=X]y",
                        "std::fmt::Display",
                        "::error title=***::ours",
                        "");
        assertThat(JobLog.harmlessJson("{\"a\":\"##[error]x\"}")).isEqualTo("{\"a\":\"#\\u0023[error]x\"}");
    }

    @Test
    void changes_nothing_of_the_kind_outside_of_a_job() {
        stream(false).println("  ::add-mask::x ##[error]");

        assertThat(shown()).isEqualTo("  ::add-mask::x ##[error]\n");
    }
}
