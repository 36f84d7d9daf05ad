package dev.crossarm.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.target.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A crate that runs the real bindgen while it builds: libclang is this machine's, the headers are musl's. Wants libclang-dev. */
@Tag("rust")
class RealBindgenTest {
    @TempDir
    Path root;

    /** Today's, and the last one that does not read the variable with the target's name. */
    @ParameterizedTest
    @CsvSource({"0.72, false", "=0.58.1, true"})
    void bindgen_reads_the_target_s_headers(String version, boolean bare) throws IOException {
        TestToolchain provisioned = TestToolchain.provision(root, CompilerKind.of(Compiler.MUSL))
                .with("CARGO_HOME", root.resolve("cargo").toString());
        Path project = Files.createDirectories(root.resolve("project"));
        project(project, version);
        TestToolchain toolchain = provisioned;
        if (bare) {
            assertThat(provisioned.tried(project, provisioned.cargoLine()).err().whole())
                    .contains("file not found");
            toolchain = provisioned.with(
                    "BINDGEN_EXTRA_CLANG_ARGS",
                    provisioned.variables().getOrDefault("BINDGEN_EXTRA_CLANG_ARGS_x86_64_unknown_linux_musl", ""));
        }

        // musl's regex_t has re_nsub first and regmatch_t is 16 bytes; with glibc's headers it would be 48 and 8.
        assertThat(toolchain.run(toolchain.cargoBuild(project, "bound"))).isEqualTo("0 16 1");
    }

    private static void project(Path project, String version) throws IOException {
        Files.createDirectories(project.resolve("src"));
        Files.writeString(project.resolve("Cargo.toml"), """
                [package]
                name = "bound"
                version = "1.0.0"
                edition = "2021"
                [build-dependencies]
                bindgen = { version = "%s", default-features = false, features = ["runtime"] }
                [workspace]
                """.formatted(version));
        Files.writeString(project.resolve("build.rs"), """
                fn main() {
                    let out = std::path::PathBuf::from(std::env::var("OUT_DIR").unwrap());
                    bindgen::Builder::default().header("bound.h").allowlist_type("regex_t|regmatch_t")
                        .allowlist_function("regcomp|regexec|regfree").allowlist_var("REG_EXTENDED|LINUX_VERSION_CODE")
                        .generate().unwrap().write_to_file(out.join("bound.rs")).unwrap();
                }
                """);
        Files.writeString(project.resolve("bound.h"), """
                #include <regex.h>
                #include <linux/version.h>
                #ifdef __GLIBC__
                #error glibc
                #endif
                """);
        Files.writeString(project.resolve("src/main.rs"), """
                #![allow(non_camel_case_types, non_upper_case_globals, dead_code, non_snake_case)]
                include!(concat!(env!("OUT_DIR"), "/bound.rs"));
                fn main() {
                    let mut regex: regex_t = unsafe { std::mem::zeroed() };
                    let mut hit: [regmatch_t; 1] = unsafe { std::mem::zeroed() };
                    assert_eq!(unsafe { regcomp(&mut regex, c"b+".as_ptr(), REG_EXTENDED as _) }, 0);
                    assert_eq!(unsafe { regexec(&regex, c"abb".as_ptr(), 1, hit.as_mut_ptr(), 0) }, 0);
                    unsafe { regfree(&mut regex) };
                    println!("{} {} {}", std::mem::offset_of!(regex_t, re_nsub), std::mem::size_of::<regmatch_t>(), hit[0].rm_so);
                }
                """);
    }
}
