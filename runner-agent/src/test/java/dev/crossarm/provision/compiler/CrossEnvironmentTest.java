package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Scope;
import dev.crossarm.config.Settings;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.HostFacts;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrossEnvironmentTest {
    private static final String GNU =
            "/opt/crossarm/compilers/" + CompilerKind.of(Compiler.GNU).directory();
    private static final String MUSL =
            "/opt/crossarm/compilers/" + CompilerKind.of(Compiler.MUSL).directory();
    private static final Layout LAYOUT = new Layout(
            Path.of("/opt/crossarm"),
            Path.of("/var/lib/crossarm"),
            Path.of("/var/lib/crossarm/rust/rustup"),
            Path.of("/var/lib/crossarm/rust/cargo"),
            true,
            Optional.of("runner"));

    @Test
    void sets_every_variable_of_a_cross_build_when_the_host_is_arm() {
        JobEnvironment environment = environment("aarch64", Optional.empty());

        assertThat(environment.variables())
                .containsExactly(
                        Map.entry("CC_x86_64_unknown_linux_musl", GNU + "/x86_64-linux-gnu-gcc"),
                        Map.entry("CXX_x86_64_unknown_linux_musl", GNU + "/x86_64-linux-gnu-g++"),
                        Map.entry("AR_x86_64_unknown_linux_musl", "/usr/bin/x86_64-linux-gnu-ar"),
                        Map.entry("RANLIB_x86_64_unknown_linux_musl", "/usr/bin/x86_64-linux-gnu-ranlib"),
                        Map.entry("CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER", "/usr/bin/x86_64-linux-gnu-gcc"),
                        Map.entry("CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUNNER", "/usr/bin/qemu-x86_64"),
                        Map.entry("RUSTUP_HOME", "/var/lib/crossarm/rust/rustup"),
                        Map.entry("CARGO_HOME", "/var/lib/crossarm/rust/cargo"));
        assertThat(environment.pathPrefix())
                .containsExactly(Path.of("/opt/crossarm/bin"), Path.of("/var/lib/crossarm/rust/cargo/bin"));
    }

    @Test
    void sets_more_for_the_compiler_with_musl_s_headers_and_each_for_the_target_alone() {
        Map<String, String> variables = CrossEnvironment.of(
                        Target.X86_64_MUSL,
                        CompilerKind.of(Compiler.MUSL),
                        LAYOUT,
                        host("aarch64"),
                        settings(Optional.empty()))
                .variables();

        assertThat(variables)
                .containsEntry("CC_x86_64_unknown_linux_musl", MUSL + "/x86_64-linux-musl-gcc")
                .containsEntry("CXX_x86_64_unknown_linux_musl", MUSL + "/x86_64-linux-musl-g++")
                .containsEntry("AR_x86_64_unknown_linux_musl", "/usr/bin/x86_64-linux-gnu-ar")
                .containsEntry("CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_LINKER", MUSL + "/x86_64-linux-musl-link")
                .containsEntry(
                        "CMAKE_TOOLCHAIN_FILE_x86_64_unknown_linux_musl",
                        "/opt/crossarm/cmake/x86_64-unknown-linux-musl.cmake")
                .containsEntry(
                        "PKG_CONFIG_LIBDIR_x86_64_unknown_linux_musl",
                        "/opt/crossarm/pkg-config/x86_64-unknown-linux-musl")
                .containsEntry("PKG_CONFIG_ALLOW_CROSS_x86_64_unknown_linux_musl", "1")
                .containsEntry("CONFIG_SITE", "/opt/crossarm/autoconf/config.site")
                .containsEntry(
                        "BINDGEN_EXTRA_CLANG_ARGS_x86_64_unknown_linux_musl",
                        "--target=x86_64-unknown-linux-musl -nostdlibinc -isystem " + MUSL + "/include"
                                + " -isystem /opt/crossarm/musl/current/include"
                                + " -idirafter /opt/crossarm/musl/current/kernel");
        assertThat(variables.keySet())
                .filteredOn(name -> !name.startsWith("RUSTUP_") && !name.equals("CARGO_HOME"))
                .filteredOn(name -> !name.equals("CONFIG_SITE")) // its file does nothing for other targets
                .allMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("x86_64_unknown_linux_musl"));
    }

    @Test
    void names_no_emulator_when_the_host_runs_the_target_itself() {
        assertThat(environment("x86_64", Optional.empty()).variables())
                .doesNotContainKey("CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUNNER");
    }

    @Test
    void hands_on_rustup_s_servers_when_they_are_configured() {
        assertThat(environment("aarch64", Optional.of("http://mirror.example:8000"))
                        .variables())
                .containsEntry("RUSTUP_DIST_SERVER", "http://mirror.example:8000")
                .containsEntry("RUSTUP_UPDATE_ROOT", "http://mirror.example:8000/rustup");
    }

    @Test
    void leaves_variables_alone_that_change_other_builds() {
        assertThat(environment("aarch64", Optional.empty()).variables())
                .doesNotContainKeys(
                        "CC",
                        "CXX",
                        "TARGET_CC",
                        "RUSTFLAGS",
                        "CARGO_BUILD_TARGET",
                        "PKG_CONFIG_ALLOW_CROSS",
                        "CRATE_CC_NO_DEFAULTS");
    }

    private static JobEnvironment environment(String architecture, Optional<String> server) {
        return CrossEnvironment.of(
                Target.X86_64_MUSL, CompilerKind.of(Compiler.GNU), LAYOUT, host(architecture), settings(server));
    }

    private static HostFacts host(String architecture) {
        return new HostFacts("debian", "13", "Debian 13", architecture, "6.12", 1L << 33, 4);
    }

    private static Settings settings(Optional<String> server) {
        return new Settings(
                Scope.SYSTEM,
                LAYOUT.prefix(),
                LAYOUT.state(),
                LAYOUT.owner(),
                Target.X86_64_MUSL,
                Compiler.GNU,
                "stable",
                List.of(),
                Settings.RustupSource.AUTO,
                server,
                server.map(root -> root + "/rustup"),
                List.of(),
                Duration.ofMinutes(10));
    }
}
