package dev.crossarm.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of builds that really failed so; {@code scripts/lib/provoke-failures} makes them. */
class RealLogsTest {
    private static final Path LOGS = Path.of("src/test/resources/dev/crossarm/diagnose/logs");

    /** What a log is called, to class, crate and a piece of the paragraph. */
    private static final Map<String, List<String>> EXPECTED = Map.ofEntries(
            Map.entry("fortify", List.of("fortify", "fortified", "__memcpy_chk")),
            Map.entry("large-file", List.of("large-file", "largefile", "fcntl64")),
            Map.entry("isoc23", List.of("isoc23", "isoc23", "__isoc23_strtol")),
            Map.entry("wrong-architecture", List.of("wrong-architecture", "wrongarch", "own processor")),
            Map.entry("exec-format", List.of("exec-format", "hosttool 0.1.0", "started on this machine")),
            Map.entry("kernel-header", List.of("kernel-header", "kernelheader 0.1.0", "linux/mman.h")),
            Map.entry("cxx-header", List.of("cxx-header", "cxxheader 0.1.0", "standard library")),
            Map.entry("cxx-header-plain", List.of("cxx-header", "cxxheaderplain 0.1.0", "standard library")),
            Map.entry("cxx-symbols", List.of("cxx-library", "cxxsymbols", "needs glibc")),
            Map.entry("cxx-library", List.of("cxx-library", "cxxlibrary", "needs glibc")),
            Map.entry("no-libclang", List.of("no-libclang", "nolibclang 0.1.0", "bindgen")),
            Map.entry("pkg-config-refusal", List.of("pkg-config-cross", "pkgconfigcross 0.1.0", "pkg-config")),
            Map.entry("openssl-missing", List.of("openssl-not-found", "openssl-sys 0.9.", "OpenSSL")),
            Map.entry("no-linker", List.of("no-linker-set", "nolinker", "no other linker")),
            Map.entry("linker-missing", List.of("linker-not-found", "linkermissing", "x86_64-linux-musl-ld-of-nobody")),
            Map.entry("no-musl-gcc", List.of("no-musl-gcc", "nomuslgcc 0.1.0", "no variable names one")),
            Map.entry("no-musl-gcc-old", List.of("no-musl-gcc", "nomuslgccold 0.1.0", "no variable names one")),
            Map.entry("glibc-only", List.of("glibc-only", "glibconly", "glibc's own")),
            Map.entry("gcc-s", List.of("gcc-s", "gccs", "libunwind")),
            Map.entry("library-missing", List.of("library-not-found", "librarymissing", "nosuchthing")),
            Map.entry("out-of-memory", List.of("out-of-memory", "outofmemory", "memory")),
            Map.entry("disk-full", List.of("disk-full", "serde", "no room left")),
            Map.entry("edition-too-new", List.of("edition-too-new", "", "newer edition")),
            Map.entry("rust-too-old", List.of("rust-too-old", "", "newer Rust")),
            Map.entry("lock-file-too-new", List.of("lock-file-too-new", "", "Cargo.lock")),
            Map.entry("target-missing", List.of("target-missing", "targetmissing", "standard library")),
            Map.entry("registry-unreachable", List.of("registry-unreachable", "", "registry")),
            Map.entry("git-unreachable", List.of("git-unreachable", "", "git repository")),
            Map.entry("not-in-registry", List.of("no-such-version", "", "serde")),
            Map.entry("lock-outdated", List.of("lock-file-outdated", "", "--locked")),
            Map.entry("cmake-missing", List.of("no-build-tool", "nocmake 0.1.0", "")),
            Map.entry("make-missing", List.of("no-build-tool", "openssl-sys 0.9.", "perl")),
            Map.entry("protoc-missing", List.of("no-protoc", "noprotoc 0.1.0", "protoc")),
            Map.entry("position", List.of("position", "position", "position-independent")),
            Map.entry("undefined-symbol", List.of("undefined-symbol", "undefinedsymbol", "somewhere_else")),
            Map.entry("json-messages", List.of("large-file", "jsonmessages", "fcntl64")),
            Map.entry("own-code", List.of("", "owncode", "mismatched types")));

    static Stream<String> logs() {
        return EXPECTED.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("logs")
    void explains_it(String log) throws IOException {
        expect(log, diagnose(Files.readAllBytes(LOGS.resolve(log + ".log"))));
    }

    /** As a runner keeps it: a time stamp before each line, CRLF, and cargo's colours. */
    @ParameterizedTest
    @MethodSource("logs")
    void explains_it_in_a_runner_s_log(String log) throws IOException {
        String coloured = Files.readString(LOGS.resolve(log + ".log"))
                .lines()
                .map(line -> "2026-11-24T01:02:03.4567890Z "
                        + line.replaceFirst("^(error(?:\\[E\\d+])?)", "\u001B[1m\u001B[91m$1\u001B[0m") + "\r\n")
                .collect(Collectors.joining());

        expect(log, diagnose(coloured.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void every_class_with_a_log_is_one_and_every_log_is_expected() throws IOException {
        Set<String> files = new HashSet<>();
        try (Stream<Path> all = Files.list(LOGS)) {
            all.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".log"))
                    .forEach(name -> files.add(name.replace(".log", "")));
        }
        assertThat(files).isEqualTo(EXPECTED.keySet());
        Set<String> shown = EXPECTED.values().stream().map(one -> one.get(0)).collect(Collectors.toSet());
        // Known from reports, not provoked here.
        Set<String> withoutLog = Set.of("registry-login", "pkg-config-library", "cdylib");
        assertThat(FailureClasses.ALL.stream().map(FailureClass::id).filter(id -> !shown.contains(id)))
                .containsExactlyInAnyOrderElementsOf(withoutLog);
    }

    @Test
    void no_log_names_a_place_or_server_of_the_machine_it_was_made_on() throws IOException {
        try (Stream<Path> all = Files.list(LOGS)) {
            for (Path file : all.toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContainPattern("[a-z]+\\.crates\\.io|static\\.rust-lang\\.org|/tmp/|/root/");
            }
        }
    }

    @Test
    void shows_the_evidence_and_where_it_stands() throws IOException {
        Diagnosis diagnosis = diagnose(Files.readAllBytes(LOGS.resolve("fortify.log")));

        assertThat(diagnosis.evidence()).contains("undefined reference to `__memcpy_chk'");
        List<String> lines = Files.readAllLines(LOGS.resolve("fortify.log"));
        assertThat(lines.get((int) diagnosis.lineNumber() - 1)).contains("__memcpy_chk");
    }

    private static void expect(String log, Diagnosis diagnosis) {
        List<String> expected = Objects.requireNonNull(EXPECTED.get(log));
        assertThat(diagnosis.failure().map(FailureClass::id).orElse("")).isEqualTo(expected.get(0));
        assertThat(diagnosis.crate().orElse("")).startsWith(expected.get(1));
        assertThat(diagnosis.explanation()).contains(expected.get(2)).doesNotContain("{", "\n");
        assertThat(diagnosis.remedies().isEmpty()).isEqualTo(expected.get(0).isEmpty());
    }

    private static Diagnosis diagnose(byte[] log) throws IOException {
        try (InputStream in = new ByteArrayInputStream(log)) {
            Optional<Diagnosis> diagnosis = LogReader.read(in);
            return diagnosis.orElseThrow();
        }
    }
}
