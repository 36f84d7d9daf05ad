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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of builds that really failed so; {@code scripts/lib/provoke-failures} makes them. */
class RealLogsTest {
    private static final Path LOGS = Path.of("src/test/resources/dev/crossarm/diagnose/logs");

    /** What a log is called, to class, crate and a piece of the paragraph. */
    private static final Map<String, List<String>> EXPECTED = Map.ofEntries(
            Map.entry("fortify", List.of("fortify", "fortified", "__memcpy_chk")),
            Map.entry("large-file", List.of("large-file", "largefile", "fcntl64")),
            Map.entry("isoc23", List.of("isoc23", "isoc23", "__isoc23_strtol")),
            Map.entry("wide-atomics", List.of("wide-atomics", "wideatomics", "__atomic_fetch_add_16")),
            Map.entry("pkg-config-library", List.of("pkg-config-library", "pkgconfiglibrary 0.1.0", "nosuchthing")),
            Map.entry("cdylib", List.of("cdylib", "", "shared library")),
            Map.entry("registry-login", List.of("registry-login", "", "token")),
            Map.entry("wrong-architecture", List.of("wrong-architecture", "wrongarch", "own processor")),
            Map.entry("exec-format", List.of("exec-format", "hosttool 0.1.0", "run on this machine")),
            Map.entry("kernel-header", List.of("kernel-header", "kernelheader 0.1.0", "linux/mman.h")),
            Map.entry("cxx-header", List.of("cxx-header", "cxxheader 0.1.0", "standard library")),
            Map.entry("cxx-header-plain", List.of("cxx-header", "cxxheaderplain 0.1.0", "standard library")),
            Map.entry("cxx-symbols", List.of("cxx-library", "cxxsymbols", "needs glibc")),
            Map.entry("cxx-library", List.of("cxx-library", "cxxlibrary", "needs glibc")),
            Map.entry("no-libclang", List.of("no-libclang", "nolibclang 0.1.0", "bindgen")),
            Map.entry("bindgen-headers", List.of("bindgen-headers", "bindgenheaders 0.1.0", "no stddef.h")),
            Map.entry("bindgen-headers-old", List.of("bindgen-headers", "bindgenheadersold 0.1.0", "older than 0.59")),
            Map.entry("pkg-config-refusal", List.of("pkg-config-cross", "pkgconfigcross 0.1.0", "pkg-config")),
            Map.entry("openssl-missing", List.of("openssl-not-found", "openssl-sys 0.9.", "OpenSSL")),
            Map.entry("no-linker", List.of("no-linker-set", "nolinker", "no linker is set")),
            Map.entry("linker-missing", List.of("linker-not-found", "linkermissing", "x86_64-linux-musl-ld-of-nobody")),
            Map.entry("no-musl-gcc", List.of("no-musl-gcc", "nomuslgcc 0.1.0", "no variable names one")),
            Map.entry("no-musl-gcc-old", List.of("no-musl-gcc", "nomuslgccold 0.1.0", "no variable names one")),
            Map.entry("glibc-only", List.of("glibc-only", "glibconly", "only in glibc")),
            Map.entry("gcc-s", List.of("gcc-s", "gccs", "libunwind")),
            Map.entry("library-missing", List.of("library-not-found", "librarymissing", "nosuchthing")),
            Map.entry("out-of-memory", List.of("out-of-memory", "outofmemory", "memory")),
            Map.entry("disk-full", List.of("disk-full", "serde", "no space")),
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
    void every_class_has_a_log_and_every_log_is_expected() throws IOException {
        Set<String> files = new HashSet<>();
        try (Stream<Path> all = Files.list(LOGS)) {
            all.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".log"))
                    .forEach(name -> files.add(name.replace(".log", "")));
        }
        assertThat(files).isEqualTo(EXPECTED.keySet());
        Set<String> shown = EXPECTED.values().stream().map(one -> one.get(0)).collect(Collectors.toSet());
        assertThat(FailureClasses.ALL.stream().map(FailureClass::id)).allMatch(shown::contains);
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

    /** A build that goes well may have said this before another thing ended it. */
    @ParameterizedTest
    @MethodSource("harmless")
    void what_a_build_survived_does_not_explain_what_ended_it(String line) throws IOException {
        String log = line + "\n" + Files.readString(LOGS.resolve("own-code.log"));

        expect("own-code", diagnose(log.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<String> harmless() {
        return Stream.of(
                "warning: spurious network error (1 try remaining): [6] Could not resolve hostname",
                "warning: noisy@1.0.0: src/x.c:5:3: warning: ignoring return value of 'fputs' [-Wunused-result]",
                "warning: noisy@1.0.0:     5 |   fputs(\"out of memory\\n\", stderr);",
                "warning: noisy@1.0.0: src/x.c:9:3: note: fputs(\"No space left on device\", stderr)",
                "warning: noisy@1.0.0: ld: undefined reference to `__memcpy_chk'",
                "warning: noisy@1.0.0: probe.c:1: fatal error: linux/nothing.h: No such file or directory",
                "test fetches ... got 403",
                "  configure: line 12: git: command not found",
                "  ./configure: 12: git: not found");
    }

    /** The same line counts when it was that build script which failed. */
    @Test
    void what_the_failed_build_script_reported_explains_it() throws IOException {
        Diagnosis diagnosis = diagnose("""
                warning: noisy@1.0.0: probe.c:1: fatal error: linux/nothing.h: No such file or directory
                warning: broken@2.0.0: real.c:1: fatal error: linux/random.h: No such file or directory
                error: failed to run custom build command for `broken v2.0.0`
                """.getBytes(StandardCharsets.UTF_8));

        assertThat(diagnosis.failure().map(FailureClass::id)).contains("kernel-header");
        assertThat(diagnosis.explanation()).contains("linux/random.h");
        assertThat(diagnosis.crate()).contains("broken 2.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "fortify, crossarm provision",
        "isoc23, crossarm provision",
        "large-file, crossarm provision",
        "gcc-s, crossarm provision",
        "no-linker-set, crossarm provision",
        "linker-not-found, crossarm provision",
        "no-musl-gcc, crossarm provision",
        "kernel-header, crossarm provision",
        "no-libclang, crossarm provision",
        "pkg-config-cross, crossarm provision",
        "no-build-tool, crossarm provision",
        "cxx-header, crossarm provision --cpp",
        "cxx-library, crossarm provision --cpp",
        "wrong-architecture, crossarm doctor",
        "edition-too-new, crossarm provision --upgrade",
        "lock-file-too-new, crossarm provision --upgrade",
        "rust-too-old, crossarm provision --upgrade",
        "target-missing, rustup target add x86_64-unknown-linux-musl",
        "registry-unreachable, crossarm doctor",
        "out-of-memory, Run fewer jobs in parallel: cargo build --jobs 2",
        "no-protoc, sudo apt-get install protobuf-compiler",
        "lock-file-outdated, 'Run cargo update --workspace on your development machine, and commit Cargo.lock'"
    })
    void names_what_helps_most_first(String failure, String remedy) {
        assertThat(FailureClasses.ALL)
                .filteredOn(one -> one.id().equals(failure))
                .singleElement()
                .matches(one -> one.remedies().get(0).equals(remedy), remedy);
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
