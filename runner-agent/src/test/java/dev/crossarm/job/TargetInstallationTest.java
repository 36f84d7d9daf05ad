package dev.crossarm.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Adding the target with a rustup that, like the real one, cannot work twice in one home at once. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TargetInstallationTest {
    @TempDir
    Path root;

    private ScriptedCargo first;
    private ScriptedCargo second;
    private Path toolchain;

    @BeforeEach
    void machine() throws IOException {
        first = new ScriptedCargo(root);
        second = new ScriptedCargo(root);
        Path home = Files.createDirectories(root.resolve("rustup"));
        Files.writeString(home.resolve("settings.toml"), "default_toolchain = \"stable-x86_64-unknown-linux-gnu\"\n");
        toolchain = Files.createDirectories(home.resolve("toolchains/stable-x86_64-unknown-linux-gnu/lib/rustlib"));
        Path target = toolchain.resolve("x86_64-unknown-linux-musl/lib");
        ScriptedCargo.write(
                root.resolve("bin/rustup"),
                "#!/bin/bash\necho run >>'" + root + "/runs'\nmkdir '" + root + "/busy' || exit 3\n: >'" + root
                        + "/started'\nfor i in {1..100}; do [[ ! -e '" + root + "/go' ]] || break; sleep 0.1; done\n"
                        + "mkdir -p '" + target + "'\nrmdir '" + root + "/busy'\n");
        ScriptedCargo.executable(root.resolve("bin/rustup"));
    }

    @Test
    void a_second_build_waits_for_the_first_to_add_the_target_and_says_so() throws Exception {
        first.answering("build", ScriptedCargo.builds("demo", "/bin/true"));
        second.answering("build", ScriptedCargo.builds("demo", "/bin/true"));
        first.host();
        CompletableFuture<BuildRun.Ended> one = CompletableFuture.supplyAsync(() -> first.build(first.request()));
        while (!Files.exists(root.resolve("started"))) {
            Thread.sleep(20);
        }
        CompletableFuture<BuildRun.Ended> other = CompletableFuture.supplyAsync(() -> second.build(second.request()));
        while (!second.shown().contains("waiting for another run") && !other.isDone()) {
            Thread.sleep(20);
        }
        Files.createFile(root.resolve("go"));

        assertThat(List.of(one.get().exit(), other.get().exit())).containsExactly(0, 0);
        assertThat(second.shown()).contains("waiting for another run: crossarm build: rustup (pid ");
        assertThat(Files.readAllLines(root.resolve("runs"))).containsExactly("run");
        assertThat(root.resolve("rustup/crossarm.lock.holder")).doesNotExist();
    }
}
