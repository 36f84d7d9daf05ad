package dev.crossarm.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StaticProofTest {
    @TempDir
    static Path directory;

    private final ElfSamples samples = new ElfSamples(directory);

    @Test
    void passes_when_the_program_needs_nothing() {
        assertThat(proof(samples.staticBare()).failures()).isEmpty();
        assertThat(proof(samples.staticPieBare()).failures()).isEmpty();
        assertThat(proof(samples.stripped(samples.staticPieBare())).passed()).isTrue();
    }

    @Test
    void fails_with_each_reason_when_the_program_is_dynamic() {
        assertThat(failed(samples.dynamicPie()))
                .containsExactly("static", "no-interpreter", "no-needed-library", "no-glibc");
        assertThat(proof(samples.dynamicFixed()).failures())
                .anyMatch(text -> text.contains("/lib64/ld-linux-x86-64.so.2"))
                .anyMatch(text -> text.contains("libc.so.6"))
                .anyMatch(text -> text.contains("GLIBC_2."));
    }

    @Test
    void fails_when_glibc_is_linked_in_even_when_stripped() {
        assertThat(failed(samples.staticGlibc())).containsExactly("no-glibc", "no-ifunc");
        assertThat(failed(samples.stripped(samples.staticGlibc()))).containsExactly("no-glibc", "no-ifunc");
    }

    @Test
    void fails_when_a_function_is_chosen_at_the_start_and_nothing_chooses_it() {
        assertThat(failed(samples.indirect())).containsExactly("no-ifunc");
        assertThat(failed(samples.stripped(samples.indirectPie()))).containsExactly("no-ifunc");
        assertThat(failed(samples.withoutSections(samples.indirectPie()))).containsExactly("no-ifunc");
        assertThat(proof(samples.indirect()).failures())
                .containsExactly(
                        "no-ifunc: 1 IRELATIVE relocation: indirect functions, which only glibc's start-up code resolves");
    }

    @Test
    void fails_for_another_machine_or_width() {
        assertThat(failed(samples.narrow())).containsExactly("machine");
        assertThat(StaticProof.of(ElfReader.read(samples.staticBare()), ElfMachine.AARCH64)
                        .failures())
                .singleElement()
                .asString()
                .contains("x86-64 (62)", "wanted AArch64 (183)");
    }

    @Test
    void fails_for_what_is_not_a_program() {
        assertThat(failed(samples.object())).contains("static", "no-glibc");
        assertThat(failed(samples.library())).contains("static");
    }

    @Test
    void report_shows_facts_and_proof_as_text_and_json() {
        InspectReport report =
                InspectReport.of(samples.staticPieBare(), ElfMachine.X86_64, "x86_64-unknown-linux-musl");

        String sum = ElfSamples.run("sha256sum", samples.staticPieBare().toString());
        assertThat(report.sha256()).isEqualTo(sum.substring(0, 64));
        assertThat(report.toText())
                .contains(
                        "  machine      x86-64 (62), 64-bit little-endian",
                        "  interpreter  none",
                        "  cpu level    unmarked")
                .contains("proven: a static program for x86_64-unknown-linux-musl");
        assertThat(report.toJson())
                .containsEntry("schemaVersion", 1)
                .containsEntry("proven", true)
                .containsEntry("sha256", report.sha256());
        assertThat(InspectReport.of(samples.dynamicPie(), ElfMachine.X86_64, "t")
                        .toText())
                .contains("NOT proven: a static program for t")
                .anyMatch(line -> line.startsWith("  FAIL no-interpreter"));
    }

    private static StaticProof proof(Path file) {
        return StaticProof.of(ElfReader.read(file), ElfMachine.X86_64);
    }

    private static List<String> failed(Path file) {
        return proof(file).findings().stream()
                .filter(finding -> !finding.passed())
                .map(StaticProof.Finding::id)
                .toList();
    }
}
