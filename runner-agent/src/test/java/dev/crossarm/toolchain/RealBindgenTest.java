package dev.crossarm.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.config.Layout;
import dev.crossarm.host.Checkpoint;
import dev.crossarm.host.Command;
import dev.crossarm.host.CommandRunner;
import dev.crossarm.host.DurableFiles;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.HostFactsReader;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crate that runs the real bindgen while it builds: libclang is this machine's, the headers are musl's. Wants libclang-dev. */
@Tag("rust")
class RealBindgenTest {
    private static final CommandRunner COMMANDS = RealCommands.create();

    @TempDir
    Path root;

    @Test
    void bindgen_reads_the_target_s_headers() throws IOException {
        TestRust rust = TestRust.require();
        Layout layout = new Layout(
                root.resolve("prefix"),
                root.resolve("state"),
                rust.rustupHome(),
                rust.cargoHome(),
                true,
                Optional.empty());
        HostFacts host = new HostFactsReader().read();
        CompilerPlace place = CompilerPlace.of(
                CompilerKind.MUSL,
                CrossTools.of(Target.X86_64_MUSL),
                new RustPlace(layout, TestSettings.plain(layout), host));
        DurableFiles files = new DurableFiles(Checkpoint.NONE);
        RustPorts ports = new RustPorts(files, COMMANDS, new ReceiptStore(files, layout.receipts()));
        for (Step step : List.of(
                MuslSysrootStep.of(Path.of("/"), place, host, ports), new CompilersStep(place, files, COMMANDS))) {
            step.plan((Observation.Drifted) step.check()).forEach(change -> step.apply(change, Progress.NONE));
        }
        Path project = Files.createDirectories(root.resolve("project"));
        project(project);

        Map<String, String> variables = new HashMap<>(
                CrossEnvironment.of(Target.X86_64_MUSL, CompilerKind.MUSL, layout, host, TestSettings.plain(layout))
                        .variables());
        variables.put("PATH", rust.cargoHome().resolve("bin") + ":/usr/bin:/bin");
        variables.put("CARGO_HOME", root.resolve("cargo").toString());
        COMMANDS.run(Command.of("cargo", "build", "--target", Target.X86_64_MUSL.triple())
                        .in(project)
                        .withEnvironment(variables)
                        .within(Duration.ofMinutes(15)))
                .orThrow("cargo", "it does not build");

        Path program = project.resolve("target/x86_64-unknown-linux-musl/debug/bound");
        // musl's regex_t has re_nsub first and regmatch_t is 16 bytes; with glibc's headers it would be 48 and 8.
        assertThat(COMMANDS.run(Command.of(program.toString())).out().strip()).isEqualTo("0 16 1");
    }

    private static void project(Path project) throws IOException {
        Files.createDirectories(project.resolve("src"));
        Files.writeString(project.resolve("Cargo.toml"), """
                [package]
                name = "bound"
                version = "1.0.0"
                edition = "2021"
                [build-dependencies]
                bindgen = { version = "0.72", default-features = false, features = ["runtime"] }
                [workspace]
                """);
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
