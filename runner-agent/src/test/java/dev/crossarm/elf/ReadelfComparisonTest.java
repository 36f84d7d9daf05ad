package dev.crossarm.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** binutils' own reader is the judge: whatever it says of a file, we say too. */
final class ReadelfComparisonTest {
    private static final Map<Integer, String> MACHINES = Map.of(
            0,
            "None",
            3,
            "Intel 80386",
            ElfMachine.X86_64,
            "Advanced Micro Devices X86-64",
            ElfMachine.AARCH64,
            "AArch64");

    @TempDir
    static Path directory;

    private static List<Path> files = List.of();

    @BeforeAll
    static void compile() {
        files = new ElfSamples(directory).all();
    }

    static Stream<Path> samplesAndSystemFiles() {
        return Stream.concat(
                files.stream(),
                Stream.of("/bin/sh", "/usr/bin/gcc", "/lib/x86_64-linux-gnu/libc.so.6", "/usr/bin/readelf")
                        .map(Path::of)
                        .filter(java.nio.file.Files::exists));
    }

    @ParameterizedTest
    @MethodSource("samplesAndSystemFiles")
    void agrees_with_readelf(Path file) {
        String truth = ElfSamples.run("readelf", "-W", "-h", "-l", "-S", "-d", "-n", "-V", file.toString());
        ElfFacts facts = ElfReader.read(file);

        assertThat(String.valueOf(facts.bits())).isEqualTo(one(truth, "Class: +ELF(\\d+)"));
        assertThat(facts.littleEndian()).isEqualTo(truth.contains("little endian"));
        assertThat(MACHINES.get(facts.machine().code())).isEqualTo(one(truth, "Machine: +(.*)"));
        assertThat(facts.interpreter().orElse("")).isEqualTo(one(truth, "program interpreter: (.*)\\]"));
        assertThat(facts.linkage().needed()).isEqualTo(every(truth, "\\(NEEDED\\).*\\[(.*)\\]"));
        assertThat(facts.linkage().soname().orElse("")).isEqualTo(one(truth, "\\(SONAME\\).*\\[(.*)\\]"));
        assertThat(facts.linkage().rpath().orElse("")).isEqualTo(one(truth, "\\(RPATH\\).*\\[(.*)\\]"));
        assertThat(facts.linkage().runpath().orElse("")).isEqualTo(one(truth, "\\(RUNPATH\\).*\\[(.*)\\]"));
        assertThat(facts.linkage().pie())
                .isEqualTo(!one(truth, "\\(FLAGS_1\\).*(PIE)").isEmpty());
        assertThat(facts.notes().buildId().orElse("")).isEqualTo(one(truth, "Build ID: (.*)"));
        assertThat(facts.notes().cpuLevel().orElse("")).isEqualTo(one(truth, "x86 ISA needed:.*(x86-64-\\S+)"));
        assertThat(facts.notes().abiTag().orElse(""))
                .isEqualTo(
                        one(truth, "OS: (.*), ABI: ").isEmpty()
                                ? ""
                                : one(truth, "OS: (.*), ABI: ") + " " + one(truth, ", ABI: (.*)"));
        assertThat(facts.symbols().stripped())
                .isEqualTo(one(truth, "\\s(SYMTAB)\\s").isEmpty());
        assertThat(facts.symbols().debugInfo()).isEqualTo(truth.contains(" .debug_info "));
        if (facts.symbols().sectioned()) {
            String relocations = ElfSamples.run("readelf", "-W", "-r", file.toString());
            assertThat(facts.indirectFunctions())
                    .isEqualTo(every(relocations, "(R_\\S+_IRELATIV)").size());
            assertThat(facts.linkage().versions().stream().flatMap(need -> need.versions().stream()))
                    .containsExactlyElementsOf(every(truth, "  Name: (\\S+)  Flags: "));
        }
    }

    private static String one(String text, String pattern) {
        return every(text, pattern).stream().findFirst().orElse("");
    }

    private static List<String> every(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
    }
}
