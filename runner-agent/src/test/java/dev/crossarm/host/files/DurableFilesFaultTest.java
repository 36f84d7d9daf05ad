package dev.crossarm.host.files;

import static dev.crossarm.host.files.DurableFilesTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.FileProblems;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that only a real file system can give: full, read-only, forbidden, foreign accounts. */
final class DurableFilesFaultTest {
    private static final Ownership PLAIN = Ownership.mode("rw-r--r--");

    @TempDir
    Path folder;

    private final HostFiles files = new DurableFiles(Checkpoint.NONE);

    @Test
    void keeps_the_old_content_and_no_left_over_when_the_disk_is_full() throws IOException {
        Path disk = folder.resolve("disk");
        try (TestMount mount = TestMount.tmpfs(disk, "size=64k")) {
            Path target = disk.resolve("file");
            files.write(target, new byte[1000], PLAIN);

            Problem problem = problem(() -> files.write(target, new byte[200_000], PLAIN));

            assertThat(problem.code()).isEqualTo("no-space");
            assertThat(problem.exit()).isEqualTo(ExitStatus.CANNOT_CREATE);
            assertThat(problem.summary()).contains(target.toString());
            assertThat(problem.remedies())
                    .anyMatch(line -> line.contains("df -h "))
                    .anyMatch(line -> line.contains("df -i "));
            assertThat(disk).isDirectoryContaining(target::equals);
            assertThat(disk.toFile().list()).containsExactly("file");
            assertThat(target).hasBinaryContent(new byte[1000]);
            assertThat(mount).isNotNull();
        }
    }

    @Test
    void says_no_space_when_the_disk_is_out_of_inodes() throws IOException {
        Path disk = folder.resolve("disk");
        try (TestMount mount = TestMount.tmpfs(disk, "size=1m,nr_inodes=3")) {
            files.write(disk.resolve("one"), new byte[1], PLAIN);
            files.write(disk.resolve("two"), new byte[1], PLAIN);

            assertThat(problem(() -> files.write(disk.resolve("three"), new byte[1], PLAIN))
                            .code())
                    .isEqualTo("no-space");
            assertThat(problem(() -> files.createDirectories(disk.resolve("four"), PLAIN))
                            .code())
                    .isEqualTo("no-space");
            assertThat(disk.toFile().list()).containsExactlyInAnyOrder("one", "two");
            assertThat(mount).isNotNull();
        }
    }

    @Test
    void accepts_equal_content_and_refuses_other_on_a_read_only_file_system() throws IOException {
        Path disk = folder.resolve("disk");
        try (TestMount mount = TestMount.tmpfs(disk, "size=64k")) {
            Path target = disk.resolve("file");
            files.write(target, new byte[10], PLAIN);
            mount.remountReadOnly();

            files.write(target, new byte[10], PLAIN);
            Problem problem = problem(() -> files.write(target, new byte[11], PLAIN));

            assertThat(problem.code()).isEqualTo("read-only-file-system");
            assertThat(problem.exit()).isEqualTo(ExitStatus.CANNOT_CREATE);
            assertThat(problem(() -> files.delete(target)).code()).isEqualTo("read-only-file-system");
            assertThat(problem(() -> files.deleteTree(disk)).code()).isEqualTo("mounted-inside");
            assertThat(target).hasBinaryContent(new byte[10]);
        }
    }

    @Test
    void refuses_to_delete_a_tree_that_something_is_mounted_in() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        try (TestMount mount = TestMount.tmpfs(tree.resolve("a disk"), "size=64k")) {
            Path precious = Files.createFile(tree.resolve("a disk/precious"));

            Problem problem = problem(() -> files.deleteTree(tree));

            assertThat(problem.code()).isEqualTo("mounted-inside");
            assertThat(problem.remedies()).containsExactly("sudo umount '" + tree.resolve("a disk") + "'");
            assertThat(precious).exists();
            assertThat(mount).isNotNull();
        }
    }

    @Test
    void names_the_missing_right() {
        // Nobody may make files here, not even root.
        Problem problem = problem(() -> files.write(Path.of("/sys/kernel/crossarm"), new byte[1], PLAIN));

        assertThat(problem.code()).isEqualTo("no-permission");
        assertThat(problem.exit()).isEqualTo(ExitStatus.NO_PERMISSION);
        assertThat(problem.remedies()).anyMatch(line -> line.contains("sudo "));
    }

    @Test
    void translates_what_the_kernel_says_of_immutable_files() {
        Problem problem = FileProblems.translate(
                        "write",
                        Path.of("/etc/x"),
                        new java.nio.file.FileSystemException("/etc/x", null, "Operation not permitted"))
                .problem();

        assertThat(problem.exit()).isEqualTo(ExitStatus.NO_PERMISSION);
        assertThat(problem.remedies()).anyMatch(line -> line.startsWith("lsattr -d "));
    }

    @Test
    void names_links_that_lead_in_a_circle() throws IOException {
        Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));

        assertThat(problem(() -> files.write(folder.resolve("a/file"), new byte[1], PLAIN))
                        .code())
                .isEqualTo("link-loop");
    }

    @Test
    void gives_a_file_to_an_account_and_its_group_when_run_as_root() throws IOException {
        assertThat(Files.getOwner(Path.of("/proc/self")).getName())
                .as("giving files away needs root: run the tests as root")
                .isEqualTo("root");
        Account daemon = new Accounts().byName("daemon").orElseThrow();
        Path target = folder.resolve("file");
        Path directory = folder.resolve("deep/er");

        files.write(target, new byte[1], PLAIN.of(Optional.of("daemon")));
        files.createDirectories(directory, Ownership.mode("rwxr-x---").of(Optional.of("daemon")));

        assertThat(owner(target)).containsEntry("uid", daemon.uid()).containsEntry("gid", daemon.gid());
        assertThat(owner(directory)).containsEntry("uid", daemon.uid()).containsEntry("gid", daemon.gid());
        files.write(target, new byte[1], PLAIN);
        assertThat(owner(target)).containsEntry("uid", 0).containsEntry("gid", 0);
    }

    private static Map<String, Object> owner(Path path) throws IOException {
        return Files.readAttributes(path, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    }
}
