package dev.crossarm.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.cli.TestProgram;
import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.HostLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build cache as its account sees it. */
@SuppressWarnings("try") // what is held or mounted for a while is not named again
class CacheCommandTest {
    @TempDir
    Path root;

    private final TestConsole console = new TestConsole();
    private Path idle;
    private Path busy;

    @BeforeEach
    void two_slots() throws IOException {
        idle = slot("acme-demo-0123456789ab/slot-0", 3 << 20);
        busy = slot("acme-other-0123456789ab/slot-0", 1 << 20);
    }

    private Path slot(String name, int bytes) throws IOException {
        Path slot = root.resolve(name);
        Files.createDirectories(slot.resolve("target"));
        Files.write(slot.resolve("target/file"), new byte[bytes]);
        Files.writeString(slot.resolve("used"), "1793534400000\n" + bytes + "\n/home/demo");
        return slot;
    }

    private int run(String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "cache";
        words[1] = "--cache-directory";
        words[2] = root.toString();
        System.arraycopy(more, 0, words, 3, more.length);
        return new TestProgram().asUser().run(console, words);
    }

    private HostLock.Held inUse() {
        return new HostLock(busy.resolve("lock"), new DurableFiles(Checkpoint.NONE), Instant::now, duration -> {})
                .tryAcquire("crossarm build")
                .orElseThrow();
    }

    @Test
    void shows_what_is_there_with_its_size_and_who_uses_it() {
        try (HostLock.Held held = inUse()) {
            assertThat(run()).isZero();
        }
        assertThat(console.out())
                .contains(
                        "3.0 MiB  2026-",
                        idle.toString(),
                        busy + "  in use: crossarm build (pid ",
                        "4.0 MiB  of 20.0 GiB");
    }

    @Test
    void shows_a_folder_s_name_as_a_terminal_only_prints_it() throws IOException {
        slot("acme\u001B[31m-0123456789ab/slot-0", 1);

        assertThat(run()).isZero();
        assertThat(console.out()).contains("acme?[31m-0123456789ab/slot-0").doesNotContain("\u001B");
    }

    @Test
    void prints_one_json_object() {
        assertThat(run("--json")).isZero();
        assertThat(console.out())
                .contains("\"bytes\" : 4194304", "\"workspace\" : \"/home/demo\"", "\"inUse\" : false", "\"exit\" : 0");
    }

    @Test
    void removes_all_but_what_a_build_is_using() {
        try (HostLock.Held held = inUse()) {
            assertThat(run("--clear", "--yes")).isZero();
        }
        assertThat(idle.getParent()).doesNotExist();
        assertThat(busy.resolve("target/file")).exists();
        assertThat(console.out()).contains("removed 3.0 MiB from " + root);
        assertThat(console.err()).contains(busy + " is in use and was kept");
    }

    @Test
    void removes_nothing_unasked() {
        assertThat(run("--clear")).isEqualTo(64);
        assertThat(console.err()).contains("crossarm cache --clear --yes").doesNotContain("--dry-run");
        assertThat(idle.resolve("target/file")).exists();
    }

    @Test
    void removes_nothing_when_the_answer_is_no_and_says_so_by_its_status() {
        console.onTerminal("n\n");

        assertThat(run("--clear")).isEqualTo(79);
        assertThat(console.err()).contains("Nothing was removed.");
        assertThat(idle.resolve("target/file")).exists();
    }

    @Test
    void says_that_there_is_nothing() {
        assertThat(new TestProgram().asUser().run(console, "cache", "--cache-directory", root + "/none"))
                .isZero();
        assertThat(console.out()).isEqualTo("The build cache is empty: " + root + "/none\n");
    }

    @Test
    void root_removes_nothing_below_a_folder_of_another_account() throws IOException {
        if (!Files.getOwner(root).getName().equals("root")) {
            assertThat(new TestProgram()
                            .run(console, "cache", "--clear", "--yes", "--cache-directory", root.toString()))
                    .isEqualTo(77);
            assertThat(console.err()).contains("sudo -u ");
            assertThat(idle).exists();
            return;
        }
        Files.setAttribute(root, "unix:uid", 65534);
        try {
            assertThat(new TestProgram()
                            .run(console, "cache", "--clear", "--yes", "--cache-directory", root.toString()))
                    .isEqualTo(77);
            assertThat(console.err()).contains("sudo -u nobody crossarm cache --clear");
            assertThat(idle).exists();
        } finally {
            Files.setAttribute(root, "unix:uid", 0);
        }
    }
}
