package dev.crossarm.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.target.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForeignVariablesTest {
    @TempDir
    Path root;

    private DoctorBench bench;

    @BeforeEach
    void prepare() throws IOException {
        bench = new DoctorBench(root);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CC_x86_64-unknown-linux-musl | clang | WARNING | overrides Crossarm's",
                "CC_x86_64_unknown_linux_musl | clang | WARNING | wins here; runners' jobs get Crossarm's",
                "TARGET_CC | clang | NOTE | Crossarm's wins for this target",
                "HOST_CC | clang | NOTE | Crossarm's wins",
                "CC | clang | NOTE | Crossarm's wins for the target",
                "CC | x86_64-linux-gnu-gcc | WARNING | build scripts for this machine",
                "CFLAGS | -O3 | WARNING | both apply",
                "RUSTFLAGS | -Ctarget-cpu=haswell | NOTE | applies, and disables rustflags of every cargo config",
                "RUSTFLAGS | -C target-feature=-crt-static | ERROR | programs for the target become dynamic",
                "RUSTFLAGS | -C linker=musl-gcc | WARNING | overrides Crossarm's linker",
                "CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS | -Clinker=lld | WARNING | overrides Crossarm's linker",
                "CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER | lld | WARNING | wins here",
                "CARGO_BUILD_TARGET | wasm32-wasip1 | WARNING | builds for wasm32-wasip1",
                "CARGO_BUILD_TARGET | x86_64-unknown-linux-musl | NOTE | builds for the target",
                "CRATE_CC_NO_DEFAULTS | 1 | WARNING | removes -fPIC",
                "RUSTUP_TOOLCHAIN | nightly | WARNING | overrides the default toolchain",
                "PKG_CONFIG_ALLOW_CROSS | 1 | WARNING | wrong architecture",
                "CPATH | /usr/include | WARNING | applies to every gcc",
                "CROSS_COMPILE | x- | NOTE | Crossarm's wins",
                "RUSTC_WRAPPER | sccache | NOTE | every crate",
                "PKG_CONFIG_PATH | /usr/lib/pkgconfig | NOTE | no effect: crates use pkg-config for this machine only",
                "PKG_CONFIG_LIBDIR | /usr/lib/pkgconfig | NOTE | no effect",
                "PKG_CONFIG_SYSROOT_DIR | /srv/root | WARNING | they find this machine's libraries",
                "PKG_CONFIG | pkgconf | WARNING | they find this machine's libraries",
                "CMAKE_TOOLCHAIN_FILE | /srv/a.cmake | NOTE | this target too",
                "BINDGEN_EXTRA_CLANG_ARGS | -I/usr/include | NOTE | this target too",
                "CPPFLAGS | -I/usr/include | WARNING | for this machine and the target",
            })
    void says_who_wins_when_a_variable_is_set(String name, String value, Severity severity, String effect) {
        bench.variable(name, value);

        assertThat(new VariableExamination(bench.subject()).examine())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.summary())
                            .startsWith(name + " is set in this shell: ")
                            .contains(effect);
                    assertThat(finding.detail()).isEqualTo(name + "=" + value);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PKG_CONFIG_PATH | WARNING | unset it, and put folders for the target into PKG_CONFIG_PATH_x86_64_unknown",
                "PKG_CONFIG_PATH_x86_64_unknown_linux_musl | NOTE | crates find libraries for the target there",
                "PKG_CONFIG_PATH_x86_64-unknown-linux-musl | NOTE | crates find libraries for the target there",
                "PKG_CONFIG_SYSROOT_DIR | WARNING | is prepended to every path",
                "PKG_CONFIG_LIBDIR | NOTE | Crossarm's wins for the target",
                "PKG_CONFIG_LIBDIR_x86_64-unknown-linux-musl | WARNING | overrides Crossarm's",
                "PKG_CONFIG | NOTE | crates run it for the target too",
                "CMAKE_TOOLCHAIN_FILE | NOTE | Crossarm's wins for the target",
                "CMAKE_TOOLCHAIN_FILE_x86_64-unknown-linux-musl | WARNING | overrides Crossarm's",
                "BINDGEN_EXTRA_CLANG_ARGS | NOTE | Crossarm's wins for the target",
            })
    void says_who_wins_where_the_compiler_is_for_musl(String name, Severity severity, String effect) {
        bench.compiler(CompilerKind.of(Compiler.MUSL)).variable(name, "/srv/other");

        assertThat(new VariableExamination(bench.subject()).examine())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.summary()).contains(effect);
                    assertThat(finding.remedies())
                            .isEqualTo(severity == Severity.NOTE ? List.of() : List.of("unset " + name));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"CRATE_CC_NO_DEFAULTS | false", "PKG_CONFIG_ALLOW_CROSS | 0", "RUSTFLAGS | ''", "EDITOR | vi"})
    void keeps_silent_when_a_variable_has_no_say(String name, String value) {
        bench.variable(name, value);

        assertThat(new VariableExamination(bench.subject()).examine())
                .extracting(Finding::id)
                .containsExactly("variables");
    }

    @Test
    void keeps_silent_when_a_variable_is_what_we_would_set() {
        bench.environment().variables().forEach(bench::variable);

        assertThat(new VariableExamination(bench.subject()).examine())
                .extracting(Finding::id)
                .containsExactly("variables");
    }

    @Test
    void reads_encoded_flags_at_their_own_separator() {
        bench.variable("CARGO_ENCODED_RUSTFLAGS", "-C\u001ftarget-feature=+sse4.2,-crt-static");

        Finding finding = new VariableExamination(bench.subject()).examine().get(0);
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.detail()).doesNotContain("\u001f");
    }

    @Test
    void never_shows_the_account_in_an_address() {
        bench.variable("RUSTC_WRAPPER", "http://me:secret@cache.example/x");

        assertThat(new VariableExamination(bench.subject()).examine().get(0).detail())
                .isEqualTo("RUSTC_WRAPPER=http://***@cache.example/x");
    }

    @Test
    void reads_cargo_configs_from_the_working_directory_upward() throws IOException {
        bench.write("home/.cargo/config.toml", "[build]\ntarget = \"wasm32-wasip1\"\nrustc-wrapper = \"sccache\"\n");
        bench.write("home/work/.cargo/config", """
                [target.x86_64-unknown-linux-musl]
                linker = "musl-gcc"
                rustflags = ["-C", "target-feature=-crt-static"]
                [target.'cfg(unix)']
                runner = "run-it"
                [env]
                CC_x86_64_unknown_linux_musl = { value = "clang", force = true }
                AR_x86_64_unknown_linux_musl = "llvm-ar"
                """);
        bench.write("home/work/.cargo/config.toml", "[build]\ntarget = \"hidden\"\n");
        bench.in(root.resolve("home/work"));

        List<Finding> findings = new CargoConfigExamination(bench.subject()).examine();

        assertThat(findings)
                .extracting(Finding::summary)
                .anyMatch(text -> text.contains("linker in") && text.contains("Crossarm's wins in jobs"))
                .anyMatch(text -> text.contains("musl-gcc must not link"))
                .anyMatch(text -> text.contains("rustflags in") && text.contains("become dynamic"))
                .anyMatch(
                        text -> text.contains("target.cfg(unix).runner in") && text.contains("Crossarm's wins in jobs"))
                .anyMatch(text -> text.contains("env.CC_x86_64_unknown_linux_musl in") && text.contains("force = true"))
                .anyMatch(text -> text.contains("build.target in " + root.resolve("home/.cargo/config.toml")))
                .noneMatch(text -> text.contains("AR_x86"));
        assertThat(findings).noneMatch(finding -> finding.detail().contains("hidden"));
        assertThat(findings.stream().filter(one -> one.severity() == Severity.ERROR))
                .hasSize(1);
    }

    @Test
    void judges_what_a_config_sets_for_build_scripts() throws IOException {
        bench.variable("HOST_CC", "gcc-12");
        bench.write("home/.cargo/config.toml", """
                [env]
                CC = { value = "clang", force = true }
                HOST_CC = "clang"
                "CC_x86_64-unknown-linux-musl" = "clang"
                CC_x86_64_unknown_linux_musl = "clang"
                """);

        assertThat(new CargoConfigExamination(bench.subject()).examine())
                .extracting(finding -> finding.severity() + " "
                        + finding.summary().replaceAll(" in .*?: ", ": ") + " (" + finding.detail() + ")")
                .containsExactlyInAnyOrder(
                        "NOTE env.CC: Crossarm's wins for the target; builds for this machine use it (clang)",
                        "NOTE env.HOST_CC: Crossarm's wins; build scripts for this machine use it (clang; HOST_CC wins"
                                + " if it is set)",
                        "WARNING env.CC_x86_64-unknown-linux-musl: overrides Crossarm's: crates read the name with dashes first (clang; CC_x86_64-unknown-linux-musl wins if it is set)");
    }

    @Test
    void says_that_cargo_refuses_a_broken_config() throws IOException {
        bench.write("home/.cargo/config.toml", "[build\n");

        assertThat(new CargoConfigExamination(bench.subject()).examine())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.summary())
                            .contains(root.resolve("home/.cargo/config.toml").toString());
                });
    }

    @Test
    void names_foreign_compilers_and_toolchain_files() throws IOException {
        Path other = executable("usr/local/bin/x86_64-linux-musl-gcc");
        executable("usr/local/bin/musl-gcc");
        executable("usr/local/bin/zig");
        executable("usr/local/bin/cargo");
        bench.write("home/rust-toolchain.toml", "[toolchain]\nchannel = \"1.80\"\n");
        bench.variable("PATH", other.getParent() + ":/usr/sbin");

        assertThat(new SearchPathExamination(bench.subject()).examine())
                .extracting(Finding::id)
                .containsExactly(
                        "foreign-compiler", "foreign-compiler", "foreign-compiler", "foreign-rust", "toolchain-file");
        executable("opt/crossarm/bin/x86_64-linux-musl-gcc");
        bench.variable("PATH", root.resolve("opt/crossarm/bin") + ":/usr/sbin");
        assertThat(new SearchPathExamination(bench.subject()).examine())
                .extracting(Finding::id)
                .containsExactly("toolchain-file");
    }

    @Test
    void judges_the_environment_file_of_each_runner() throws IOException {
        bench.write("srv/quoted/.env", "NAME=\"x\"\nCC=x86_64-linux-gnu-gcc\n");
        bench.write("srv/good/.env", "LANG=C.UTF-8\n");
        Files.createDirectories(root.resolve("srv/folder/.env"));
        Files.createDirectories(root.resolve("srv/link"));
        Files.createSymbolicLink(root.resolve("srv/link/.env"), root.resolve("srv/good/.env"));
        Files.createDirectories(root.resolve("srv/none"));
        for (String name : List.of("quoted", "good", "folder", "link", "none")) {
            bench.runner(root.resolve("srv").resolve(name));
        }

        List<Finding> findings = new RunnerExamination(bench.subject()).examine();

        assertThat(findings)
                .extracting(
                        finding -> finding.severity() + " " + finding.summary().replace(root.toString(), ""))
                .containsExactly(
                        "WARNING line 1 of /srv/quoted/.env keeps its quotes in the value of NAME",
                        "WARNING CC is set in /srv/quoted/.env: Crossarm's wins for the target, but build scripts for this machine get a compiler for another: unset it and set CC_x86_64_unknown_linux_musl instead",
                        "OK /srv/good/.env is read as written",
                        "ERROR /srv/folder/.env is a directory, not a file",
                        "ERROR /srv/link/.env is a symbolic link, not a file",
                        "NOTE /srv/none has no .env yet");
    }

    private Path executable(String place) throws IOException {
        return Files.setPosixFilePermissions(
                bench.write(place, "#!/bin/sh\n"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
