package dev.crossarm.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.target.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What build scripts call, in the ways of different years: the real cc crate of each age, and a configure script made by the
 * real autoconf. Fetches crates from the machine's registry; wants autoconf and make.
 */
@Tag("rust")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealBuildScriptsTest {
    /** Fails to compile with glibc's headers, and to link with what they make of these calls. */
    private static final String C = """
            #include <fcntl.h>
            #include <stdio.h>
            #include <stdlib.h>
            #ifdef __GLIBC__
            #error glibc
            #endif
            #ifndef OF_THE_PROJECT
            #define OF_THE_PROJECT 0
            #endif
            int part(void) {
              FILE *file = fopen("/dev/null", "r");
              int flags = fcntl(fileno(file), F_GETFD);
              fclose(file);
              return flags == -1 ? 1 : (int) strtol("40", 0, 10) + OF_THE_PROJECT;
            }
            """;

    @TempDir
    static Path root;

    private TestToolchain toolchain;

    @BeforeAll
    void provision() {
        toolchain = TestToolchain.provision(root, CompilerKind.of(Compiler.MUSL))
                .with("CARGO_HOME", root.resolve("cargo").toString());
    }

    /**
     * The first of the line; the one ring 0.16 was locked with, which joins no flags; one before compilers were taken from
     * the linker's name; the first that reads a wrapper's name; today's.
     */
    @ParameterizedTest
    @ValueSource(strings = {"=1.0.0", "=1.0.79", "=1.0.106", "=1.2.18", "1"})
    void cc_of_every_age_takes_the_compiler_and_the_project_s_own_flags(String version) throws IOException {
        Path project = project(version);

        Path plain = toolchain.cargoBuild(project, "program");
        TestToolchain.assertProven(plain);
        assertThat(toolchain.run(plain)).isEqualTo("40");

        Path flagged = toolchain
                .with("CFLAGS_x86_64_unknown_linux_musl", "-DOF_THE_PROJECT=2")
                .cargoBuild(project, "program");
        assertThat(toolchain.run(flagged)).isEqualTo("42");
    }

    /**
     * Whoever clears the compiler's variable, as some build scripts do for their children, gets ours by its name. Older ones
     * only know musl-gcc, which belongs to the distribution's musl-tools.
     */
    @ParameterizedTest
    @ValueSource(strings = {"=1.2.18", "1"})
    void cc_finds_the_compiler_by_its_name_too(String version) throws IOException {
        TestToolchain unnamed =
                toolchain.without("CC_x86_64_unknown_linux_musl").onPath();

        Path program = unnamed.cargoBuild(project(version), "program");

        TestToolchain.assertProven(program);
        assertThat(unnamed.run(program)).isEqualTo("40");
    }

    /**
     * With a host as people name it, as crates hand on Rust's triple, as the crate autotools makes it of the compiler's path, and
     * as crates name it that take Rust's HOST for it.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x86_64-linux-musl",
                "x86_64-unknown-linux-musl",
                "{kind}/x86_64-linux-musl",
                "x86_64-unknown-linux-gnu",
                ""
            })
    void a_configure_script_finds_the_target_s_tools_and_libc(String host) throws IOException {
        Path project = Files.createDirectories(root.resolve("configured-" + host.replaceAll("[^a-z0-9]", "-")));
        autoreconf(project, """
                AC_INIT([probe], [1.0])
                AC_CANONICAL_HOST
                AC_PROG_CC
                AC_PROG_RANLIB
                AC_CHECK_TOOL([AR], [ar])
                AC_PATH_TOOL([PKG_CONFIG], [pkg-config])
                AC_SYS_LARGEFILE
                AC_CHECK_HEADERS([execinfo.h linux/random.h])
                AC_CHECK_FUNCS([strlcpy fopen64 backtrace])
                AC_CHECK_SIZEOF([time_t])
                AC_SEARCH_LIBS([sin], [m])
                AC_CHECK_LIB([z], [deflate])
                AC_ARG_ENABLE([shared])
                AC_MSG_NOTICE([shared: ${enable_shared-}, static: ${enable_static-}])
                AC_CONFIG_HEADERS([config.h])
                AC_CONFIG_FILES([Makefile])
                AC_OUTPUT
                """);
        Files.writeString(project.resolve("Makefile.in"), """
                probe: probe.c
                \t@CC@ @CPPFLAGS@ @CFLAGS@ @LDFLAGS@ -o probe probe.c @LIBS@
                """);
        Files.writeString(project.resolve("probe.c"), """
                #include "config.h"
                #include <math.h>
                #include <stdio.h>
                #ifdef HAVE_STRLCPY
                int main(int argc, char **argv) { printf("%d %.2f\\n", SIZEOF_TIME_T, sin((double) argc)); }
                #endif
                """);
        String kind = toolchain.place().directory().toString();
        boolean byCompiler = host.isEmpty() || host.endsWith("gnu");
        TestToolchain onPath =
                byCompiler ? toolchain.onPath().with("CC", kind + "/x86_64-linux-musl-gcc") : toolchain.onPath();
        List<String> configure = host.isEmpty()
                ? List.of("./configure")
                : List.of("./configure", "--host=" + host.replace("{kind}", kind));
        String said = onPath.run(project, configure);
        onPath.run(project, List.of("make"));

        assertThat(said)
                .containsPattern("checking host system type... x86_64-(pc|unknown)-linux-musl\n")
                .contains("x86_64-linux-musl-gcc", "x86_64-linux-musl-ranlib", "x86_64-linux-musl-ar")
                .contains(toolchain.tool("pkg-config").toString())
                .contains("checking for linux/random.h... yes", "checking for strlcpy... yes", "size of time_t... 8")
                .contains("checking for execinfo.h... no", "checking for backtrace... no")
                .contains("checking for deflate in -lz... no")
                .contains("shared: no, static: yes");
        List<String> asked =
                Stream.concat(configure.stream(), Stream.of("--enable-shared")).toList();
        assertThat(onPath.run(project, asked)).contains("shared: yes, static: yes");
        TestToolchain.assertProven(project.resolve("probe"));
        assertThat(toolchain.run(project.resolve("probe"))).isEqualTo("8 0.84");
    }

    /** Build scripts and their tools are configured for the machine in the same job. */
    @Test
    void a_configure_script_for_the_machine_itself_finds_what_it_finds_without_us() throws IOException {
        Path project = Files.createDirectories(root.resolve("configured-for-the-machine"));
        autoreconf(project, """
                AC_INIT([probe], [1.0])
                AC_CANONICAL_HOST
                AC_PROG_CC
                AC_CHECK_TOOL([AR], [ar])
                AC_PATH_TOOL([PKG_CONFIG], [pkg-config])
                AC_MSG_NOTICE([from the prefix: $site_of_the_prefix])
                AC_OUTPUT
                """);
        Path prefix = project.resolve("prefix");
        Files.createDirectories(prefix.resolve("share"));
        Files.writeString(prefix.resolve("share/config.site"), "site_of_the_prefix=read\n");

        String with = toolchain.onPath().run(project, List.of("./configure", "--prefix=" + prefix));
        String without =
                toolchain.onPath().without("CONFIG_SITE").run(project, List.of("./configure", "--prefix=" + prefix));

        assertThat(with).contains("-linux-gnu\n", "from the prefix: read").doesNotContain("musl");
        assertThat(with.lines().filter(line -> !line.contains("loading site script")))
                .containsExactlyElementsOf(without.lines()
                        .filter(line -> !line.contains("loading site script"))
                        .toList());
    }

    @Test
    void the_crate_autotools_configures_for_the_target() throws IOException {
        Path project = project("autotools", "autotools = \"0.2\"");
        Path sources = Files.createDirectories(project.resolve("part"));
        Files.writeString(sources.resolve("part.c"), C);
        autoreconf(sources, """
                AC_INIT([part], [1.0])
                AC_CANONICAL_HOST
                AC_PROG_CC
                AC_PROG_RANLIB
                AC_CHECK_TOOL([AR], [ar])
                AC_CONFIG_FILES([Makefile])
                AC_OUTPUT
                """);
        Files.writeString(sources.resolve("Makefile.in"), """
                install:
                \t@CC@ @CFLAGS@ -c @srcdir@/part.c -o part.o
                \tmkdir -p @prefix@/lib
                \t@AR@ rc @prefix@/lib/libpart.a part.o
                \t@RANLIB@ @prefix@/lib/libpart.a
                """);
        Files.writeString(project.resolve("build.rs"), """
                fn main() {
                    let out = autotools::build("part");
                    println!("cargo:rustc-link-search=native={}/lib", out.display());
                    println!("cargo:rustc-link-lib=static=part");
                }
                """);

        Path program = toolchain.onPath().cargoBuild(project, "program");

        TestToolchain.assertProven(program);
        assertThat(toolchain.run(program)).isEqualTo("40");
    }

    /** Makes a configure script. */
    private void autoreconf(Path project, String configureAc) throws IOException {
        Files.writeString(project.resolve("configure.ac"), configureAc);
        toolchain.run(project, List.of("autoreconf", "--install"));
    }

    private static Path project(String cc) throws IOException {
        Path project = project("cc-" + cc.replaceAll("[^0-9]", "-"), "cc = \"" + cc + "\"");
        Files.writeString(project.resolve("build.rs"), """
                fn main() {
                    println!("cargo:rerun-if-env-changed=CFLAGS_x86_64_unknown_linux_musl");
                    cc::Build::new().file("part.c").flag_if_supported("-Wshadow").warnings(true).compile("part");
                }
                """);
        Files.writeString(project.resolve("part.c"), C);
        return project;
    }

    /** A program that calls what its build script, still to be written, makes with this crate. */
    private static Path project(String name, String dependency) throws IOException {
        Path project = root.resolve(name);
        Files.createDirectories(project.resolve("src"));
        Files.writeString(project.resolve("Cargo.toml"), """
                [package]
                name = "program"
                version = "1.0.0"
                edition = "2018"
                [build-dependencies]
                %s
                [workspace]
                """.formatted(dependency));
        Files.writeString(project.resolve("src/main.rs"), """
                extern "C" { fn part() -> i32; }
                fn main() { println!("{}", unsafe { part() }); }
                """);
        return project;
    }
}
