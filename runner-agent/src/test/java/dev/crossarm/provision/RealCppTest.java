package dev.crossarm.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.target.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * C++ with the real pip, zig, libc++, linker, cargo and rustc, natively on this machine: what it makes is inspected and
 * run. Fetches zig's wheel from the machine's Python index and builds libc++ once.
 */
@Tag("rust")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class RealCppTest {
    /** Exceptions, RTTI, iostream, threads, thread_local with destructors, and enough to draw in most of the library. */
    private static final String PARTS = """
            #include <cmath>
            #include <filesystem>
            #include <iostream>
            #include <map>
            #include <regex>
            #include <sstream>
            #include <stdexcept>
            #include <string>
            #include <thread>
            #include <typeinfo>
            #include <vector>
            #include "shape.h"
            struct Ends { int *to = nullptr; ~Ends() { if (to) ++*to; } };
            thread_local Ends ends;
            std::string probe(double x) {
              int ended = 0;
              for (int i = 0; i < 4; i++) { std::thread([&] { ends.to = &ended; }).join(); }
              std::map<std::string, int> m{{"one", 1}};
              std::ostringstream s;
              try { m.at("two"); } catch (const std::out_of_range &e) { s << "caught "; }
              s << ended << " tls ";
              Shape *shape = make(7);
              if (Square *q = dynamic_cast<Square *>(shape)) s << q->side << " rtti ";
              try { refuse(); } catch (const Refused &e) { s << e.what() << " "; }
              delete shape;
              s << std::regex_match("abc", std::regex("a.c")) << " " << std::floor(std::sin(x) * 100);
              if (!std::filesystem::exists("/")) s << " no root";
              return s.str();
            }
            """;

    private static final String HEADER = """
            #pragma once
            #include <stdexcept>
            struct Shape { virtual ~Shape(); };
            struct Square : Shape { int side; explicit Square(int n) : side(n) {} ~Square() override; };
            struct Refused : std::runtime_error { using std::runtime_error::runtime_error; };
            Shape *make(int n);
            void refuse();
            """;

    private static final String SHAPES = """
            #include "shape.h"
            Shape::~Shape() = default;
            Square::~Square() = default;
            Shape *make(int n) { return new Square(n); }
            void refuse() { throw Refused("refused"); }
            """;

    private static final String ANSWER = "caught 4 tls 7 rtti refused 1 84";

    @TempDir
    static Path root;

    private TestToolchain toolchain;

    @BeforeAll
    void provision() throws IOException {
        toolchain = TestToolchain.provision(root, CompilerKind.of(Compiler.CPP));
        Files.writeString(root.resolve("shape.h"), HEADER);
        Files.writeString(root.resolve("shape.cc"), SHAPES);
        Files.writeString(root.resolve("parts.cc"), PARTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-O2 -static",
                "-static-pie -fPIE",
                "-no-pie",
                "-m64 --target=x86_64-unknown-linux-musl -march=x86-64-v2 -static-libstdc++ -static-libgcc",
                "-std=c++20 -stdlib=libc++ -lc++ -lgcc_s -lpthread -lm",
                "-stdlib=libstdc++ -lstdc++ -lsupc++ -lgcc_eh -ldl"
            })
    void makes_static_programs_by_hand_whatever_it_is_asked(String options) throws IOException {
        Path main = Files.writeString(root.resolve("main.cc"), """
                #include <iostream>
                #include <string>
                std::string probe(double);
                int main(int argc, char **) { std::cout << probe(argc) << std::endl; }
                """);
        List<String> line = new ArrayList<>(List.of(toolchain.tool("c++").toString(), "-I" + root));
        List.of(main, root.resolve("parts.cc"), root.resolve("shape.cc")).forEach(file -> line.add(file.toString()));
        if (!options.isEmpty()) {
            line.addAll(Arrays.asList(options.split(" ")));
        }
        Path program = root.resolve("by-hand");
        line.addAll(List.of("-o", program.toString()));
        toolchain.run(root, line);

        TestToolchain.assertProven(program);
        assertThat(toolchain.run(root, List.of(program.toString()))).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc -c taken.cc",
                "cc -O2 -fPIC -c taken.cc",
                "gcc -x c++ -c taken.txt",
                "gcc -xc++ -c taken.txt"
            })
    void comes_to_the_c_compiler_too(String line) throws IOException {
        for (String name : List.of("taken.cc", "taken.txt")) {
            Files.writeString(root.resolve(name), """
                    #include <iostream>
                    #include <vector>
                    int main() { std::vector<int> v{40, 2}; std::cout << v[0] + v[1] << std::endl; }
                    """);
        }
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.set(0, toolchain.tool(words.get(0)).toString());
        words.addAll(List.of("-o", "taken.o"));
        toolchain.run(root, words);
        toolchain.run(root, List.of(toolchain.tool("gcc").toString(), "taken.o", "-o", "taken", "-lstdc++"));

        TestToolchain.assertProven(root.resolve("taken"));
        assertThat(toolchain.run(root.resolve("taken"))).isEqualTo("42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc", "g++"})
    void links_a_program_for_musl_s_loader_where_a_shared_library_is_named(String compiler) throws IOException {
        toolchain.assertLinksSharedLibrary(compiler, root);
    }

    @ParameterizedTest
    @ValueSource(strings = {TestToolchain.TAKES_FOR_GRANTED, TestToolchain.TAKES_GNU_FOR_GRANTED})
    void has_what_code_for_linux_takes_for_granted(String text) throws IOException {
        Path source = Files.writeString(root.resolve("granted.cc"), text);
        Path program = root.resolve("granted");

        toolchain.run(
                root,
                List.of(
                        toolchain.tool("g++").toString(),
                        "-Wall",
                        "-Werror",
                        source.toString(),
                        "-o",
                        program.toString()));

        assertThat(toolchain.run(program)).isEqualTo("granted");
    }

    @Test
    void leaves_c_to_gcc() throws IOException {
        Files.writeString(root.resolve("plain.c"), "int main(void) { int class = 0; return class; }\n");
        assertThat(toolchain.run(
                        root,
                        List.of(
                                toolchain.tool("gcc").toString(),
                                "-v",
                                "-c",
                                "plain.c",
                                "-o",
                                "not-c++.o",
                                "-DFILE=a.cc")))
                .isEmpty();
        assertThat(toolchain.run(root, List.of(toolchain.tool("cpp").toString(), "-x", "c++", "shape.cc")))
                .contains("namespace std");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdc++", "c++", "dylib=stdc++", "static:-bundle=stdc++"})
    void links_rust_with_the_cpp_of_two_crates(String library) throws IOException {
        Path project = Files.createDirectories(root.resolve("mixed-" + library.replaceAll("[^a-z]", "")));
        crate(project.resolve("shapes"), "shapes", "", "shape.cc", library, "pub fn linked() {}\n", "lib.rs");
        crate(
                project,
                "mixed",
                "[dependencies]\nshapes = { path = \"shapes\" }\n[workspace]\n",
                "bridge.cc",
                library,
                """
                extern "C" { fn bridge(out: *mut u8, size: usize, x: f64) -> usize; }
                fn main() {
                    shapes::linked();
                    let mut out = [0u8; 200];
                    let n = unsafe { bridge(out.as_mut_ptr(), out.len(), std::env::args().count() as f64) };
                    println!("{}", std::str::from_utf8(&out[..n]).unwrap());
                    std::panic::set_hook(Box::new(|_| {}));
                    let caught = std::panic::catch_unwind(|| panic!("on purpose")).is_err();
                    let joined = std::thread::spawn(|| panic!("on purpose")).join().is_err();
                    println!("{caught} {joined}");
                }
                """,
                "main.rs");
        Files.writeString(project.resolve("bridge.cc"), """
                #include <algorithm>
                #include <cstring>
                #include <iostream>
                #include <string>
                std::string probe(double);
                extern "C" size_t bridge(char *out, size_t size, double x) {
                  std::cout << "from C++" << std::endl;
                  std::string s = probe(x);
                  size_t n = std::min(size, s.size());
                  memcpy(out, s.data(), n);
                  return n;
                }
                """);
        Path program = toolchain.cargoBuild(project, "mixed", "--offline");

        TestToolchain.assertProven(program);
        assertThat(toolchain.run(project, List.of(program.toString())))
                .isEqualTo("from C++\n" + ANSWER + "\ntrue true");
    }

    @Test
    void is_what_cmake_gets_too() throws IOException {
        Path project = Files.createDirectories(root.resolve("cmake"));
        Files.writeString(project.resolve("CMakeLists.txt"), """
                cmake_minimum_required(VERSION 3.16)
                project(probe C CXX)
                set(CMAKE_CXX_STANDARD 17)
                find_package(Threads REQUIRED)
                add_executable(probe main.cc ../parts.cc ../shape.cc)
                target_include_directories(probe PRIVATE ..)
                target_link_libraries(probe Threads::Threads)
                """);
        Files.writeString(project.resolve("main.cc"), """
                #include <iostream>
                std::string probe(double);
                int main(int argc, char **) { std::cout << probe(argc) << std::endl; }
                """);
        toolchain.cmakeBuild(project);

        TestToolchain.assertProven(project.resolve("build/probe"));
        assertThat(toolchain.run(project, List.of("build/probe"))).isEqualTo(ANSWER);
    }

    @Test
    void the_self_test_proves_it() {
        assertThat(toolchain.selfTest(root).report().answer()).endsWith(" unwind=yes c++=yes");
    }

    /** A crate whose build script compiles C++ with the job's variables, with the options the cc crate gives, and names a library. */
    private static void crate(
            Path directory, String name, String more, String source, String library, String code, String file)
            throws IOException {
        Files.createDirectories(directory.resolve("src"));
        Files.writeString(directory.resolve("Cargo.toml"), """
                [package]
                name = "%s"
                version = "1.0.0"
                edition = "2021"
                %s
                """.formatted(name, more));
        Files.writeString(directory.resolve("src").resolve(file), code);
        String sources = source.equals("shape.cc") ? "shape.cc" : "parts.cc";
        Files.writeString(directory.resolve("build.rs"), """
                use std::{env, process::Command};
                fn main() {
                    let out = env::var("OUT_DIR").unwrap();
                    let tool = |name: &str| env::var(format!("{name}_x86_64_unknown_linux_musl")).unwrap();
                    let mut objects = Vec::new();
                    for source in ["%1$s", "%2$s/%3$s"] {
                        if !std::path::Path::new(source).exists() { continue; }
                        let object = format!("{out}/{}.o", objects.len());
                        assert!(Command::new(tool("CXX")).args(["-O2", "-ffunction-sections", "-fdata-sections", "-fPIC",
                            "-m64", "--target=x86_64-unknown-linux-musl", "-static", "-std=c++17", "-I", "%2$s", "-c", "-o"])
                            .args([&object, source]).status().unwrap().success());
                        objects.push(object);
                    }
                    assert!(Command::new(tool("AR")).args(["crs", &format!("{out}/lib%4$s_cpp.a")]).args(&objects)
                        .status().unwrap().success());
                    println!("cargo:rustc-link-search=native={out}");
                    println!("cargo:rustc-link-lib=static=%4$s_cpp");
                    println!("cargo:rustc-link-lib=%5$s");
                    println!("cargo:rustc-link-lib=gcc_s");
                    println!("cargo:rustc-link-lib=m");
                }
                """.formatted(source, root, sources, name, library));
    }
}
