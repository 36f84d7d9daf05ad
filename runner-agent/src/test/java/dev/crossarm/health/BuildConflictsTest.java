package dev.crossarm.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build says of cargo's files and of variables, with the default compiler. */
final class BuildConflictsTest {
    @TempDir
    Path root;

    private final Map<String, String> variables = new TreeMap<>(Map.of("PATH", "/usr/bin:/bin"));
    private DoctorBench bench;
    private Path config;

    @BeforeEach
    void prepare() throws IOException {
        bench = new DoctorBench(root).compiler(CompilerKind.of(Compiler.MUSL)).in(root.resolve("home/project"));
        config = root.resolve("home/project/.cargo/config.toml");
    }

    private void config(String text) throws IOException {
        bench.write("home/project/.cargo/config.toml", text);
    }

    private List<Finding> conflicts() {
        return BuildConflicts.of(
                variables,
                root.resolve("home/project"),
                bench.layout().cargoHome(),
                bench.environment(),
                Target.X86_64_MUSL);
    }

    private List<String> lines() {
        return conflicts().stream()
                .map(finding -> finding.severity() + " " + finding.summary())
                .toList();
    }

    @Test
    void says_in_one_line_that_our_linker_wins_over_a_configs() throws IOException {
        config("[target.x86_64-unknown-linux-musl]\nlinker = \"lld\"\nrunner = \"qemu-x86_64\"\n");

        assertThat(lines())
                .containsExactly("NOTE target.x86_64-unknown-linux-musl.linker in " + config
                        + ": Crossarm's wins, through CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER");
        assertThat(conflicts().get(0).detail()).startsWith("lld; Crossarm's is " + root.resolve("opt/crossarm"));
    }

    @Test
    void says_one_line_of_musl_gcc_too() throws IOException {
        config("[target.x86_64-unknown-linux-musl]\nlinker = \"musl-gcc\"\n");

        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("WARNING target.x86_64-unknown-linux-musl.linker in ")
                        .contains("Crossarm's wins, through CARGO_TARGET_", "musl-gcc must not link"));
    }

    @Test
    void tells_of_the_nearest_linker_alone() throws IOException {
        bench.write("home/.cargo/config.toml", "[target.x86_64-unknown-linux-musl]\nlinker = \"far\"\n");
        config("[target.x86_64-unknown-linux-musl]\nlinker = \"near\"\n");

        assertThat(conflicts())
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail()).startsWith("near;"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CC = { value = \"clang\", force = true } | NOTE | env.CC | Crossarm's wins for the target",
                "CC = \"clang\" | NOTE | env.CC | Crossarm's wins for the target",
                "CC = \"x86_64-linux-musl-gcc\" | WARNING | env.CC | build scripts for this machine get a compiler for another",
                "TARGET_CXX = \"clang++\" | NOTE | env.TARGET_CXX | Crossarm's wins for this target",
                "HOST_CC = \"clang\" | NOTE | env.HOST_CC | build scripts for this machine use it",
                "CC_x86_64_unknown_linux_musl = { value = \"clang\", force = true } | WARNING |"
                        + " env.CC_x86_64_unknown_linux_musl | overrides Crossarm's: it has force = true",
                "CC_x86_64_unknown_linux_musl = { value = \"\", force = true } | WARNING |"
                        + " env.CC_x86_64_unknown_linux_musl | overrides Crossarm's: it has force = true",
                "\"CC_x86_64-unknown-linux-musl\" = \"clang\" | WARNING | env.CC_x86_64-unknown-linux-musl | overrides"
                        + " Crossarm's: crates read the name with dashes first",
                "\"PKG_CONFIG_LIBDIR_x86_64-unknown-linux-musl\" = \"/usr/lib\" | WARNING"
                        + " | env.PKG_CONFIG_LIBDIR_x86_64-unknown-linux-musl | overrides Crossarm's",
                "CFLAGS = \"-O3\" | WARNING | env.CFLAGS | both apply",
                "PKG_CONFIG_PATH = \"/usr/lib/pkgconfig\" | WARNING | env.PKG_CONFIG_PATH | links this machine's libraries",
                "RUSTFLAGS = \"-Clinker=lld\" | NOTE | env.RUSTFLAGS | no effect: cargo reads it only from its own",
                "CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER = { value = \"lld\", force = true } | NOTE"
                        + " | env.CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER | no effect",
                "RUSTUP_TOOLCHAIN = \"nightly\" | ERROR | env.RUSTUP_TOOLCHAIN | cargo refuses to work",
                "CARGO_HOME = { value = \"x\", force = true } | ERROR | env.CARGO_HOME | cargo refuses to work",
            })
    void judges_what_a_config_sets_like_a_variable(String entry, Severity severity, String key, String effect)
            throws IOException {
        config("[env]\n" + entry + "\n");

        assertThat(conflicts()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.summary()).contains(key + " in " + config).contains(effect);
            assertThat(finding.remedies().isEmpty()).isEqualTo(severity == Severity.NOTE);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CC_x86_64_unknown_linux_musl = \"clang\"",
                "AR_x86_64_unknown_linux_musl = { value = \"llvm-ar\", force = false }",
                "PKG_CONFIG_PATH = { value = \"/x\", relative = true }",
                "GREETING = { value = \"hello\", force = true }",
                "CROSS_COMPILE = \"x-\"",
            })
    void keeps_silent_where_an_entry_gives_way_or_has_no_say(String entry) throws IOException {
        variables.put("PKG_CONFIG_PATH", "");
        config("[env]\n" + entry + "\n");

        assertThat(conflicts()).isEmpty();
    }

    @Test
    void tells_of_the_variable_and_not_of_the_entry_that_gives_way_to_it() throws IOException {
        variables.put("CC", "gcc-12");
        config("[env]\nCC = \"clang\"\n");

        assertThat(lines())
                .containsExactly("NOTE CC is set here: Crossarm's wins for the target; builds for this machine use it");
    }

    @Test
    void says_that_the_name_with_dashes_wins_over_a_forced_one_without() throws IOException {
        variables.put("CC_x86_64-unknown-linux-musl", "gcc");
        config("[env]\nCC_x86_64_unknown_linux_musl = { value = \"clang\", force = true }\n");

        assertThat(lines())
                .containsExactly(
                        "WARNING CC_x86_64-unknown-linux-musl is set here: overrides Crossarm's: crates read the name with dashes first",
                        "NOTE env.CC_x86_64_unknown_linux_musl in " + config
                                + ": CC_x86_64-unknown-linux-musl wins, because crates read it first");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CC_x86_64_unknown_linux_musl | clang | NOTE | Crossarm's comes later and wins",
                "CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER | lld | NOTE | Crossarm's comes later and wins",
                "RUSTFLAGS | -Dwarnings | NOTE | disables rustflags of every cargo config",
                "PKG_CONFIG_PATH | /usr/lib/pkgconfig | WARNING | into PKG_CONFIG_PATH_x86_64_unknown_linux_musl",
                "PKG_CONFIG_SYSROOT_DIR | /srv/root | WARNING | nothing is found",
                "LDFLAGS | -L/usr/lib | WARNING | for this machine and the target",
            })
    void says_who_wins_over_a_variable(String name, String value, Severity severity, String effect) {
        variables.put(name, value);

        assertThat(conflicts()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.summary()).startsWith(name + " is set here: ").contains(effect);
        });
    }

    @Test
    void leaves_to_the_doctor_what_merely_also_applies() {
        variables.putAll(Map.of(
                "RUSTC_WRAPPER", "sccache",
                "CROSS_COMPILE", "x-",
                "PKG_CONFIG_LIBDIR", "/usr/lib/pkgconfig",
                "PKG_CONFIG_ALLOW_CROSS", "1",
                "PKG_CONFIG_PATH_x86_64_unknown_linux_musl", "/srv/musl/pkgconfig",
                "CARGO_HOME", "/home/ada/.cargo"));

        assertThat(conflicts()).isEmpty();
    }

    @Test
    void keeps_silent_in_a_job_of_a_provisioned_runner() throws IOException {
        JobEnvironment ours = bench.environment();
        variables.putAll(ours.variables());
        StringBuilder entries = new StringBuilder("[env]\n");
        ours.variables().forEach((name, value) -> {
            if (!name.endsWith("_HOME")) {
                entries.append(name).append(" = { value = \"").append(value).append("\", force = true }\n");
            }
        });
        config(entries.toString());

        assertThat(conflicts()).isEmpty();
    }
}
