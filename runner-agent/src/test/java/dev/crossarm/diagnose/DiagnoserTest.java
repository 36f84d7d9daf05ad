package dev.crossarm.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiagnoserTest {

    @Test
    void explains_the_cause_when_its_consequences_stand_there_too() {
        assertThat(id(
                        "error: linking with `cc` failed: exit status: 1",
                        "undefined reference to `foo'",
                        "undefined reference to `__memcpy_chk'",
                        "error: No space left on device (os error 28)"))
                .contains("disk-full");
        assertThat(id("error: x", "undefined reference to `foo'", "undefined reference to `open64'"))
                .contains("large-file");
        assertThat(id("error: x", "undefined reference to `fopen64'", "undefined reference to `std::terminate()'"))
                .contains("cxx-library");
    }

    @Test
    void shows_the_first_error_of_a_failure_it_does_not_know() {
        Diagnosis diagnosis = diagnosis(
                        "   Compiling a v0.1.0",
                        "error: failed to run custom build command for `odd v1.2.3`",
                        "  error: the moon is in the wrong phase",
                        "  error: and so is the sun",
                        "error: could not compile `odd` due to 1 previous error")
                .orElseThrow();

        assertThat(diagnosis.failure()).isEmpty();
        assertThat(diagnosis.evidence()).isEqualTo("error: the moon is in the wrong phase");
        assertThat(diagnosis.lineNumber()).isEqualTo(3);
        assertThat(diagnosis.crate()).contains("odd 1.2.3");
    }

    @Test
    void shows_the_consequence_when_nothing_else_is_there() {
        assertThat(diagnosis("error: could not compile `a` (bin \"a\")")
                        .orElseThrow()
                        .evidence())
                .contains("could not compile");
    }

    @Test
    void finds_nothing_in_a_build_that_went_well() {
        assertThat(diagnosis(
                        "   Compiling thiserror v2.0.0",
                        "warning: a@0.1.0: probe.c:1: error: undefined reference to `x'",
                        "    Finished `release` profile [optimized] target(s) in 1.2s"))
                .isEmpty();
        assertThat(diagnosis()).isEmpty();
    }

    @Test
    void does_not_take_the_linker_s_command_line_for_what_it_said() {
        assertThat(id(
                        "error: linking with `cc` failed: exit status: 1",
                        "  = note:  \"cc\" \"-lfile in wrong format\"",
                        "undefined reference to `foo'"))
                .contains("undefined-symbol");
    }

    @Test
    void stands_any_bytes() throws IOException {
        Random random = new Random(42);
        byte[] noise = new byte[1 << 20];
        random.nextBytes(noise);
        LogReader.read(new ByteArrayInputStream(noise));

        byte[] oneLine = new byte[16 << 20];
        Arrays.fill(oneLine, (byte) 'a');
        assertThat(LogReader.read(new ByteArrayInputStream(oneLine))).isEmpty();
        assertThat(LogReader.read(new ByteArrayInputStream(
                        "{\"reason\":\"compiler-message\",\"mess".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    /** Nothing is kept of what says nothing. */
    @Test
    void reads_a_log_of_any_length() throws IOException {
        byte[] line =
                "   Compiling serde v1.0.0 (a line that says nothing of interest)\n".getBytes(StandardCharsets.UTF_8);
        byte[] last = "error: No space left on device (os error 28)\n".getBytes(StandardCharsets.UTF_8);
        int lines = 50_000;
        InputStream endless = new SequenceInputStream(
                Collections.enumeration(Stream.concat(Collections.nCopies(lines, line).stream(), Stream.of(last))
                        .map(ByteArrayInputStream::new)
                        .toList()));

        Diagnosis diagnosis = LogReader.read(endless).orElseThrow();

        assertThat(diagnosis.failure().map(FailureClass::id)).contains("disk-full");
        assertThat(diagnosis.lineNumber()).isEqualTo(lines + 1);
    }

    @Test
    void says_the_same_of_every_class_once() {
        assertThat(FailureClasses.ALL).extracting(FailureClass::id).doesNotHaveDuplicates();
    }

    private static Optional<String> id(String... lines) {
        return diagnosis(lines).flatMap(Diagnosis::failure).map(FailureClass::id);
    }

    private static Optional<Diagnosis> diagnosis(String... lines) {
        Diagnoser diagnoser = new Diagnoser();
        Arrays.stream(lines).forEach(diagnoser::line);
        return diagnoser.diagnosis();
    }
}
