package dev.crossarm.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ElfReaderTest {
    @TempDir
    static Path directory;

    private final ElfSamples samples = new ElfSamples(directory);

    @Test
    void tells_the_kinds_apart() {
        assertThat(ElfReader.read(samples.staticGlibc()).kind()).isEqualTo(ElfKind.STATIC);
        assertThat(ElfReader.read(samples.staticBare()).kind()).isEqualTo(ElfKind.STATIC);
        assertThat(ElfReader.read(samples.staticPieGlibc()).kind()).isEqualTo(ElfKind.STATIC_PIE);
        assertThat(ElfReader.read(samples.staticPieBare()).kind()).isEqualTo(ElfKind.STATIC_PIE);
        assertThat(ElfReader.read(samples.dynamicFixed()).kind()).isEqualTo(ElfKind.DYNAMIC);
        assertThat(ElfReader.read(samples.dynamicPie()).kind()).isEqualTo(ElfKind.DYNAMIC_PIE);
        assertThat(ElfReader.read(samples.library()).kind()).isEqualTo(ElfKind.LIBRARY);
        assertThat(ElfReader.read(samples.object()).kind()).isEqualTo(ElfKind.RELOCATABLE);
    }

    @Test
    void names_debug_information_that_was_taken_out_of_a_program() {
        for (Path program : List.of(samples.dynamicPie(), samples.staticPieGlibc())) {
            assertThatThrownBy(() -> ElfReader.read(samples.debugOf(program)))
                    .isInstanceOfSatisfying(CrossarmException.class, thrown -> {
                        assertThat(thrown.problem().code()).isEqualTo("elf-debug-only");
                        assertThat(thrown.problem().exit()).isEqualTo(ExitStatus.DATA);
                    });
        }
    }

    @Test
    void reads_dynamic_data_without_section_headers() {
        ElfFacts whole = ElfReader.read(samples.dynamicPie());
        ElfFacts bare = ElfReader.read(samples.withoutSections(samples.dynamicPie()));

        assertThat(bare.symbols().sectioned()).isFalse();
        assertThat(bare.linkage()).isEqualTo(whole.linkage());
        assertThat(bare.interpreter()).isEqualTo(whole.interpreter()).contains("/lib64/ld-linux-x86-64.so.2");
        assertThat(bare.notes()).isEqualTo(whole.notes());
        assertThat(whole.linkage().needed()).contains("libc.so.6");
    }

    @Test
    void finds_names_musl_does_not_have_in_an_object_file() {
        assertThat(ElfReader.read(samples.object()).symbols().glibcNames())
                .containsExactly("__isoc23_strtol", "__printf_chk", "fcntl64");
    }

    @Test
    void finds_names_of_glibc_in_dynamic_symbols_without_section_headers() throws IOException {
        Path shared = directory.resolve("libnames.so");
        ElfSamples.run(
                "gcc", "-shared", "-o", shared.toString(), pic(samples.object()).toString());

        assertThat(ElfReader.read(samples.withoutSections(shared)).symbols().glibcNames())
                .containsExactly("__isoc23_strtol", "__printf_chk", "fcntl64");
    }

    private static Path pic(Path object) throws IOException {
        Path source = Path.of(object + ".c");
        Path result = directory.resolve("names-pic.o");
        assertThat(Files.readString(source)).contains("fcntl64");
        ElfSamples.run("gcc", "-fPIC", "-c", "-o", result.toString(), source.toString());
        return result;
    }

    @Test
    void reads_marks_and_build_information() {
        ElfFacts marked = ElfReader.read(samples.markedV3());
        ElfFacts plain = ElfReader.read(samples.staticPieBare());
        ElfFacts debug = ElfReader.read(samples.dynamicPie());
        ElfFacts stripped = ElfReader.read(samples.stripped(samples.dynamicPie()));

        assertThat(marked.notes().cpuLevel()).contains("x86-64-v3");
        assertThat(plain.notes().cpuLevel()).isEmpty();
        assertThat(marked.compilers()).anyMatch(text -> text.startsWith("GCC: "));
        assertThat(debug.symbols().debugInfo()).isTrue();
        assertThat(debug.symbols().stripped()).isFalse();
        assertThat(stripped.symbols().debugInfo()).isFalse();
        assertThat(stripped.symbols().stripped()).isTrue();
    }

    @Test
    void reads_both_widths_and_byte_orders() {
        ElfFacts narrow = ElfReader.read(samples.narrow());
        ElfFacts big = ElfReader.read(samples.bigEndian());

        assertThat(narrow.bits()).isEqualTo(32);
        assertThat(narrow.machine().code()).isEqualTo(3);
        assertThat(narrow.kind()).isEqualTo(ElfKind.STATIC);
        assertThat(big.littleEndian()).isFalse();
        assertThat(big.kind()).isEqualTo(ElfKind.RELOCATABLE);
    }

    @Test
    void names_what_a_file_is_when_it_is_not_elf() throws IOException {
        assertRefused(Files.writeString(directory.resolve("script"), "#!/bin/sh\n"), "not-elf", "it is a script");
        assertRefused(Files.writeString(directory.resolve("empty"), ""), "not-elf", "it is empty");
        assertRefused(
                Files.write(directory.resolve("short"), new byte[] {0x7f, 'E', 'L', 'F', 2}), "elf-malformed", "");
        Path archive = directory.resolve("lib.a");
        ElfSamples.run("ar", "rc", archive.toString(), samples.object().toString());
        assertRefused(archive, "not-elf", "a static library");
        assertRefused(directory, "not-a-file", "is not a regular file");
        assertRefused(directory.resolve("absent"), "file-not-found", "there is no file");
    }

    @Test
    void refuses_a_file_whose_class_or_byte_order_does_not_exist() throws IOException {
        for (int place : List.of(4, 5)) {
            byte[] content = Files.readAllBytes(samples.staticBare());
            content[place] = 3;
            assertRefused(Files.write(directory.resolve("odd"), content), "elf-malformed", "neither");
        }
    }

    @Test
    void says_at_which_offset_a_truncated_file_breaks() throws IOException {
        byte[] content = Files.readAllBytes(samples.staticBare());
        Path cut = Files.write(directory.resolve("cut"), java.util.Arrays.copyOf(content, content.length / 2));

        assertThatThrownBy(() -> ElfReader.read(cut)).isInstanceOfSatisfying(CrossarmException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("elf-malformed");
            assertThat(e.problem().exit()).isEqualTo(ExitStatus.DATA);
            assertThat(e.problem().detail()).startsWith("at offset ");
            assertThat(e.problem().summary()).contains("the end of the file (" + content.length / 2 + " bytes)");
        });
    }

    @Test
    void reads_a_file_of_two_gigabytes_in_a_moment() throws IOException {
        Path huge = directory.resolve("huge");
        Files.copy(samples.dynamicPie(), huge);
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(2L << 30);
        }
        long start = System.nanoTime();
        ElfFacts facts = ElfReader.read(huge);
        assertThat((System.nanoTime() - start) / 1e9).as("seconds").isLessThan(1.0);
        assertThat(facts.size()).isEqualTo(2L << 30);
        assertThat(facts.kind()).isEqualTo(ElfKind.DYNAMIC_PIE);
    }

    @Test
    void never_lets_a_file_talk_to_the_terminal() {
        assertThat(ElfBytes.printable("lib\033[31m\u202e.so".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo("lib\\u001b[31m\\u202e.so");
    }

    private static void assertRefused(Path file, String code, String text) {
        assertThatThrownBy(() -> ElfReader.read(file)).isInstanceOfSatisfying(CrossarmException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(code);
            assertThat(e.problem().exit()).isEqualTo(ExitStatus.DATA);
            assertThat(e.problem().summary()).contains(text);
        });
    }
}
