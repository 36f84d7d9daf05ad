package dev.crossarm.provision.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.plan.Stamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SelfTestInputsTest {
    @TempDir
    Path root;

    private SelfTestBench bench;
    private Path libc;

    @BeforeEach
    void prepare() throws IOException {
        Path toolchain = root.resolve("rustup/toolchains/stable");
        libc = toolchain.resolve("lib/rustlib/x86_64-unknown-linux-musl/lib/self-contained/libc.a");
        Files.createDirectories(libc.getParent());
        Files.createDirectories(toolchain.resolve("bin"));
        Files.createDirectories(root.resolve("cargo/bin"));
        Files.writeString(libc, "libc");
        Files.writeString(toolchain.resolve("bin/rustc"), "rustc");
        Files.writeString(toolchain.resolve("lib/rustlib/components"), "rustc\nrust-std\n");
        Files.writeString(root.resolve("rustup/settings.toml"), "default_toolchain = \"stable\"\n");
        Files.writeString(root.resolve("cargo/config.toml"), "");
        bench = new SelfTestBench(root, root.resolve("rustup"), root.resolve("cargo"));
    }

    @Test
    void stays_the_same_while_nothing_changes() {
        assertThat(SelfTestInputs.text(bench.subject())).isEqualTo(SelfTestInputs.text(bench.subject()));
    }

    @Test
    void changes_with_each_thing_the_result_depends_on() throws IOException {
        assertChanges(() -> Files.writeString(root.resolve("cargo/config.toml"), "[build]\ntarget = \"x\"\n"));
        assertChanges(() -> Files.writeString(root.resolve("rustup/settings.toml"), "default_toolchain = \"1.90\"\n"));
        assertChanges(() -> Files.writeString(root.resolve("rustup/toolchains/stable/bin/rustc"), "newer rustc"));
        assertChanges(() -> Files.setLastModifiedTime(libc, FileTime.from(Instant.EPOCH)));
        assertChanges(() -> Files.delete(libc));
        assertChanges(() -> Files.delete(bench.layout().bin().resolve("x86_64-linux-musl-gcc")));
        assertChanges(() -> Files.writeString(bench.layout().prefix().resolve("new-header.h"), ""));
        assertChangesText(() -> bench.with("BINDGEN_EXTRA_CLANG_ARGS_x86_64_unknown_linux_musl", "--sysroot=/x"));
        assertChangesText(() -> bench.asArm());
    }

    @Test
    void stays_the_same_when_a_build_writes_into_rust_homes_below_the_prefix() throws IOException {
        Path rust = root.resolve("inside/prefix/rust");
        SelfTestBench inside = new SelfTestBench(root.resolve("inside"), rust.resolve("rustup"), rust.resolve("cargo"));
        String before = SelfTestInputs.text(inside.subject());
        Files.createDirectories(rust.resolve("cargo"));
        Stamps stamps = stamps(inside);

        Path registry = Files.createDirectories(rust.resolve("cargo/registry/cache"));
        Files.writeString(registry.resolve("cc-1.2.0.crate"), "crate");

        assertThat(SelfTestInputs.text(inside.subject())).isEqualTo(before);
        assertThat(stamps.stillHold()).isTrue();
        Files.createDirectories(rust.resolve("rustup"));
        Files.writeString(rust.resolve("rustup/settings.toml"), "default_toolchain = \"stable\"\n");
        assertThat(SelfTestInputs.text(inside.subject())).isNotEqualTo(before);
    }

    @Test
    void can_be_had_when_nothing_is_there() throws IOException {
        SelfTestBench empty = new SelfTestBench(root.resolve("empty"), root.resolve("no"), root.resolve("nor"));

        assertThat(SelfTestInputs.text(empty.subject())).contains("config.toml: absent");
    }

    private void assertChanges(Action action) throws IOException {
        Stamps before = stamps(bench);
        assertThat(before.stillHold()).isTrue();
        assertChangesText(action);
        assertThat(before.stillHold()).as("the stamps show it too").isFalse();
    }

    private void assertChangesText(Action action) throws IOException {
        String before = SelfTestInputs.text(bench.subject());
        action.run();
        assertThat(SelfTestInputs.text(bench.subject())).isNotEqualTo(before);
    }

    private static Stamps stamps(SelfTestBench bench) {
        return Stamps.of(SelfTestInputs.files(bench.subject())).orElseThrow();
    }

    /** Something done to the host. */
    private interface Action {
        void run() throws IOException;
    }
}
