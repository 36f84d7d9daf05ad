package dev.crossarm.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.elf.ElfReader;
import dev.crossarm.elf.StaticProof;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.provision.compiler.MuslSysroot;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The compiler for musl with the real apt, gcc, cmake, pkg-config and Rust's own libc, natively on this machine: what it
 * makes is run. Wants the toolchain the tests of the Rust steps are given.
 */
@Tag("rust")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class RealMuslTest {
    @TempDir
    static Path root;

    private TestToolchain toolchain;

    @BeforeAll
    void provision() {
        toolchain = TestToolchain.provision(root, CompilerKind.of(Compiler.MUSL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-static",
                "-static-pie -fPIE",
                "-pie -fPIE",
                "-no-pie -rdynamic",
                "-O2 -D_FORTIFY_SOURCE=3",
                "-std=gnu2x -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_LARGEFILE64_SOURCE"
            })
    void compiles_and_links_what_fails_with_glibc_s_headers(String options) throws IOException {
        Path source = source("probe.c", """
                #include <stdio.h>
                #include <stdlib.h>
                #include <string.h>
                #include <fcntl.h>
                #include <math.h>
                #include <pthread.h>
                #include <limits.h>
                #include <stdatomic.h>
                #include <immintrin.h>
                #include <linux/random.h>
                #include <linux/mman.h>
                #include <asm/types.h>
                #ifdef __GLIBC__
                #error glibc
                #endif
                static void *run(void *p) { *(int *)p = 7; return 0; }
                int main(int argc, char **argv) {
                  pthread_t thread; int x; char text[64];
                  pthread_create(&thread, 0, run, &x); pthread_join(thread, 0);
                  int fd = open("/dev/null", O_RDONLY); fcntl(fd, F_GETFD);
                  snprintf(text, sizeof text, "%ld %d %.2f", strtol("41", 0, 10) + 1, x, sin((double)argc));
                  puts(text); return 0; }
                """);
        List<String> line = new ArrayList<>(List.of("gcc"));
        if (!options.isEmpty()) {
            line.addAll(List.of(options.split(" ")));
        }
        line.addAll(List.of(source.toString(), "-o", root.resolve("probe").toString()));
        line.addAll(List.of("-lm", "-lpthread", "-ldl", "-lrt", "-lgcc_s"));
        compile(line);

        assertThat(toolchain.run(root.resolve("probe"))).isEqualTo("42 7 0.84");
    }

    static Stream<Arguments> granted() {
        return Stream.of("gcc", "g++")
                .flatMap(compiler -> Stream.of(TestToolchain.TAKES_FOR_GRANTED, TestToolchain.TAKES_GNU_FOR_GRANTED)
                        .map(text -> Arguments.of(compiler, text)));
    }

    @ParameterizedTest
    @MethodSource("granted")
    void has_what_code_for_linux_takes_for_granted(String compiler, String text) throws IOException {
        Path source = source("granted." + (compiler.equals("gcc") ? "c" : "cc"), text);

        compile(List.of(
                compiler,
                "-Wall",
                "-Werror",
                source.toString(),
                "-o",
                root.resolve("granted").toString()));

        assertThat(toolchain.run(root.resolve("granted"))).isEqualTo("granted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc", "g++"})
    void links_a_program_for_musl_s_loader_where_a_shared_library_is_named(String compiler) throws IOException {
        toolchain.assertLinksSharedLibrary(compiler, root);
    }

    @Test
    void unwinds_with_rust_s_unwinder() throws IOException {
        Path source = source("unwind.c", """
                #include <stdio.h>
                #include <unwind.h>
                static _Unwind_Reason_Code frame(struct _Unwind_Context *c, void *n) { ++*(int *)n; return 0; }
                int main(void) { int n = 0; _Unwind_Backtrace(frame, &n); puts(n > 0 ? "unwound" : "no"); return 0; }
                """);
        compile(List.of(
                "gcc",
                "-funwind-tables",
                source.toString(),
                "-o",
                root.resolve("unwind").toString(),
                "-lgcc_eh"));

        assertThat(toolchain.run(root.resolve("unwind"))).isEqualTo("unwound");
    }

    @Test
    void takes_plain_cxx_and_names_the_option_at_the_first_standard_header() throws IOException {
        Path plain = source("plain.cc", """
                extern "C" int puts(const char *);
                template <class T> T twice(T a) { return a + a; }
                struct A { int x; A() : x(21) {} };
                int main() { A a; puts(twice(a.x) == 42 ? "c++" : "no"); }
                """);
        compile(List.of("g++", plain.toString(), "-o", root.resolve("plain").toString()));
        assertThat(toolchain.run(root.resolve("plain"))).isEqualTo("c++");

        Path standard = source("standard.cc", "#include <vector>\nint main() { undeclared(); }\n");
        CommandResult refused = tool("g++", List.of("-c", standard.toString(), "-o", "/dev/null"));
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.err().whole())
                .contains("<vector> belongs to the standard library of C++", "crossarm provision --cpp")
                .as("the compiler ends there, and does not go on to what only the missing header declares")
                .doesNotContain("undeclared");
    }

    @Test
    void names_the_option_when_cxx_comes_to_the_c_compiler() throws IOException {
        Path source = source("unnamed.cc", "#include <vector>\nint main() {}\n");
        for (String name : List.of("gcc", "cc", "g++")) {
            assertThat(tool(name, List.of("-c", source.toString(), "-o", "/dev/null"))
                            .err()
                            .whole())
                    .as(name)
                    .contains("crossarm provision --cpp");
        }
        assertThat(tool("cpp", List.of("-x", "c++", source.toString())).err().whole())
                .contains("crossarm provision --cpp");
    }

    @Test
    void takes_cxx_that_asks_whether_the_library_is_there() throws IOException {
        Path source = source("asks.cc", """
                #if defined __has_include
                #if __has_include(<version>)
                #include <version>
                #endif
                #endif
                int main() { return 0; }
                """);
        compile(List.of("g++", source.toString(), "-o", root.resolve("asks").toString()));
    }

    @Test
    void links_gcc_s_own_library_and_coverage() throws IOException {
        Path source = source("helpers.c", """
                #include <stdio.h>
                int main(int argc, char **argv) {
                  __int128 wide = (__int128)argc << 70;
                  printf("%d\\n", (int)((wide / (argc + 2)) >> 68)); return 0; }
                """);
        Path program = root.resolve("helpers");
        compile(List.of("gcc", source.toString(), "-o", program.toString(), "-lgcc"));
        assertThat(toolchain.run(program)).isEqualTo("1");

        compile(List.of("gcc", "--coverage", source.toString(), "-o", program.toString()));
        assertThat(toolchain.run(program)).isEqualTo("1");
        assertThat(root.toFile().list()).anyMatch(file -> file.endsWith("helpers.gcda"));
    }

    @Test
    void refuses_what_would_need_libatomic_of_glibc_and_takes_its_name() throws IOException {
        Path plain = source("atomics.c", """
                #include <stdatomic.h>
                #include <stdio.h>
                int main(void) { _Atomic long x = 41; atomic_fetch_add(&x, 1); printf("%ld\\n", x); return 0; }
                """);
        Path program = root.resolve("atomics");
        compile(List.of("gcc", plain.toString(), "-o", program.toString(), "-latomic"));
        assertThat(toolchain.run(program)).isEqualTo("42");

        Path wide = source("wide.c", """
                #include <stdatomic.h>
                int main(void) { _Atomic __int128 x = 41; return (int)atomic_fetch_add(&x, 1); }
                """);
        assertThat(tool("gcc", List.of(wide.toString(), "-o", program.toString(), "-latomic"))
                        .err()
                        .whole())
                .contains("undefined reference to `__atomic_fetch_add_16'");
        assertThat(toolchain
                        .tried(
                                root,
                                List.of(
                                        toolchain.place().linker().toString(),
                                        "-static",
                                        "-nostdlib",
                                        wide.toString(),
                                        "-o",
                                        "wide",
                                        "-latomic"))
                        .err()
                        .whole())
                .as("cargo's linker")
                .contains("undefined reference to `__atomic_fetch_add_16'");
    }

    @Test
    void a_program_with_an_indirect_function_is_not_proven() throws IOException {
        Path source = source("indirect.c", """
                static int seven(void) { return 7; }
                static int (*pick(void))(void) { return seven; }
                int chosen(void) __attribute__((ifunc("pick")));
                int main(void) { return chosen() != 7; }
                """);
        for (String options : List.of("-static", "-static-pie -fPIE")) {
            List<String> line = new ArrayList<>(List.of("gcc"));
            line.addAll(List.of(options.split(" ")));
            Path program = root.resolve("indirect");
            line.addAll(List.of(source.toString(), "-o", program.toString()));
            compile(line);

            assertThat(toolchain.tried(root, List.of(program.toString())).succeeded())
                    .as("musl does not resolve it")
                    .isFalse();
            assertThat(StaticProof.of(ElfReader.read(program), Target.X86_64_MUSL.elfMachine())
                            .failures())
                    .singleElement()
                    .asString()
                    .startsWith("no-ifunc");
        }
    }

    /** Under both paths: those of a job's PATH, and those beside the compiler. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_tool_of_the_family_works_under_its_name(boolean onPath) throws IOException {
        Path family =
                onPath ? toolchain.place().layout().bin() : toolchain.place().directory();
        Path folder = Files.createDirectories(root.resolve("family-" + onPath));
        Files.writeString(folder.resolve("part.c"), "int part(int x) { return x + ANSWER; }\n");
        Files.writeString(folder.resolve("main.c"), """
                #include <stdio.h>
                int part(int); int three(void);
                int main(void) { printf("sum %d\\n", part(0) + three()); return 0; }
                """);
        Files.writeString(folder.resolve("three.s"), """
                .globl three
                .text
                three: movl $3, %eax
                ret
                .section .note.GNU-stack,"",@progbits
                """);
        String script = """
                set -eu
                t=%s/x86_64-linux-musl
                cc=$t-%s
                $t-cpp -DANSWER=39 part.c >part.i
                $cc -flto -c part.i -o part.o
                $cc -c main.c -o main.o
                $t-as three.s -o three.o
                $t-gcc-ar rc libpart.a part.o
                $t-gcc-ranlib libpart.a
                $t-gcc-nm libpart.a | grep -q ' T part'
                $t-ar rc libthree.a three.o
                $t-ranlib libthree.a
                $t-nm libthree.a | grep -q ' T three'
                $t-ld -r main.o three.o -o joined.o
                $cc -flto joined.o -L. -lpart -o program
                $t-readelf -h program | grep -q X86-64
                $t-objdump -d program | grep -q '<main>:'
                $t-addr2line -f -e program 0x$($t-nm program | sed -n 's/ T main$//p') | grep -qx main
                $t-size program | grep -q program
                $t-strings program | grep -q 'sum %%d'
                $t-objcopy --only-keep-debug program program.debug
                $t-strip program
                $t-nm program 2>&1 | grep -q 'no symbols'
                """.formatted(family, onPath ? "cc" : "gcc");
        Files.writeString(folder.resolve("family.sh"), script);
        toolchain.run(folder, List.of("sh", "family.sh"));

        assertThat(toolchain.run(folder.resolve("program"))).isEqualTo("sum 42");
    }

    @Test
    void cmake_finds_the_target_s_and_nothing_of_the_host_s() throws IOException {
        Path project = Files.createDirectories(root.resolve("cmake project"));
        Files.writeString(project.resolve("CMakeLists.txt"), """
                cmake_minimum_required(VERSION 3.16)
                project(probe C CXX)
                find_package(ZLIB)
                find_path(CURL curl/curl.h)
                find_library(M m)
                find_path(STDIO stdio.h)
                include(CheckFunctionExists)
                check_function_exists(arc4random_buf HAVE_ARC4RANDOM)
                check_function_exists(strlcpy HAVE_STRLCPY)
                try_run(RAN COMPILED ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR}/main.c)
                message(STATUS "zlib=${ZLIB_FOUND} curl=${CURL} m=${M} stdio=${STDIO}")
                message(STATUS "arc4random=${HAVE_ARC4RANDOM} strlcpy=${HAVE_STRLCPY} ran=${RAN} cross=${CMAKE_CROSSCOMPILING}")
                add_executable(probe main.c)
                """);
        Files.writeString(
                project.resolve("main.c"), "#include <stdio.h>\nint main(void) { puts(\"cmake\"); return 0; }\n");
        String configured = toolchain.cmakeBuild(project);

        assertThat(configured)
                .contains(
                        "zlib=FALSE curl=CURL-NOTFOUND",
                        "m=" + toolchain.place().directory().resolve("lib/libm.a"))
                .contains("stdio="
                        + MuslSysroot.of(toolchain.place().layout()).current().resolve("include"))
                .contains("arc4random= strlcpy=1 ran=0 cross=TRUE");
        assertThat(toolchain.run(project.resolve("build/probe"))).isEqualTo("cmake");
    }

    @Test
    void cmake_finds_what_the_environment_names_as_prefixes() throws IOException {
        Path project = Files.createDirectories(root.resolve("prefixes"));
        for (String name : List.of("one", "two")) {
            Path include = Files.createDirectories(root.resolve("prefix-" + name + "/include"));
            Files.writeString(include.resolve(name + ".h"), "\n");
        }
        Files.writeString(project.resolve("CMakeLists.txt"), """
                cmake_minimum_required(VERSION 3.16)
                project(probe C)
                find_path(ONE one.h)
                find_path(TWO two.h)
                file(WRITE ${CMAKE_BINARY_DIR}/main.c "int main(void) { return 0; }")
                add_executable(probe ${CMAKE_BINARY_DIR}/main.c)
                message(STATUS "one=${ONE} two=${TWO}")
                """);
        String configured = toolchain
                .with("CMAKE_PREFIX_PATH", root.resolve("prefix-one") + ":" + root.resolve("prefix-two"))
                .cmakeBuild(project);

        assertThat(configured)
                .contains("one=" + root.resolve("prefix-one/include") + " two=" + root.resolve("prefix-two/include"));
    }

    @Test
    void cmake_installs_a_program_that_would_have_a_run_path() throws IOException {
        Path project = Files.createDirectories(root.resolve("installed"));
        Files.writeString(project.resolve("CMakeLists.txt"), """
                cmake_minimum_required(VERSION 3.16)
                project(probe C)
                set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib")
                add_executable(probe main.c)
                install(TARGETS probe RUNTIME DESTINATION bin)
                """);
        Files.writeString(
                project.resolve("main.c"), "#include <stdio.h>\nint main(void) { puts(\"there\"); return 0; }\n");
        toolchain.cmakeBuild(project);
        toolchain.run(project, List.of("cmake", "--install", "build", "--prefix", "out"));

        assertThat(toolchain.run(project.resolve("out/bin/probe"))).isEqualTo("there");
    }

    @Test
    void pkg_config_knows_the_target_s_libraries_only() throws IOException {
        assertThat(tool("pkg-config", List.of("--list-all")).out().whole()).isEmpty();

        Files.writeString(toolchain.place().packageConfigs().resolve("answer.pc"), """
                Name: answer
                Description: a library for the target
                Version: 42
                Libs: -L/opt/answer/lib -lanswer
                Libs.private: -lm
                """);
        assertThat(tool("pkg-config", List.of("--libs", "answer")).out().whole().strip())
                .isEqualTo("-L/opt/answer/lib -lanswer -lm");
        Files.delete(toolchain.place().packageConfigs().resolve("answer.pc"));
    }

    private static Path source(String name, String text) throws IOException {
        return Files.writeString(root.resolve(name), text);
    }

    private void compile(List<String> line) {
        tool(line.get(0), line.subList(1, line.size())).orThrow("compile", "it does not compile");
    }

    private CommandResult tool(String name, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(toolchain.tool(name).toString()));
        line.addAll(arguments);
        return toolchain.tried(root, line);
    }
}
