package dev.crossarm.host.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public final class DurableFilesTest {
    private static final Ownership PLAIN = Ownership.mode("rw-r--r--");

    @TempDir
    Path folder;

    private final List<String> places = new ArrayList<>();
    private final HostFiles files = new DurableFiles(places::add);

    @Test
    void writes_content_and_mode_and_passes_every_checkpoint() throws IOException {
        Path target = folder.resolve("etc.conf");

        files.write(target, bytes("a\n"), Ownership.mode("rwxr-x--x"));

        assertThat(target).hasContent("a\n");
        assertThat(mode(target)).isEqualTo("rwxr-x--x");
        assertThat(places)
                .containsExactly("file-made", "file-written", "attributes-set", "file-synced", "file-renamed");
        assertThat(names()).containsExactly("etc.conf");
    }

    @Test
    void leaves_an_equal_file_untouched() throws IOException {
        Path target = folder.resolve("same");
        files.write(target, bytes("x"), PLAIN);
        Object inode = Files.getAttribute(target, "unix:ino");
        places.clear();

        files.write(target, bytes("x"), PLAIN);

        assertThat(Files.getAttribute(target, "unix:ino")).isEqualTo(inode);
        assertThat(places).isEmpty();
    }

    @Test
    void writes_again_when_only_the_mode_differs() throws IOException {
        Path target = folder.resolve("mode");
        files.write(target, bytes("x"), PLAIN);

        files.write(target, bytes("x"), Ownership.mode("rw-------"));

        assertThat(mode(target)).isEqualTo("rw-------");
    }

    @Test
    void takes_away_a_set_user_id_bit_when_content_is_equal() throws IOException {
        Path target = folder.resolve("setuid");
        files.write(target, bytes("x"), Ownership.mode("rwxr-xr-x"));
        Files.setAttribute(target, "unix:mode", 04755);

        files.write(target, bytes("x"), Ownership.mode("rwxr-xr-x"));

        assertThat((Integer) Files.getAttribute(target, "unix:mode") & 07000).isZero();
    }

    @Test
    void converges_when_killed_at_any_checkpoint_of_a_write() throws IOException {
        Path target = folder.resolve("file");
        for (String place : List.of("file-made", "file-written", "attributes-set", "file-synced", "file-renamed")) {
            files.write(target, bytes("old"), PLAIN);
            HostFiles killed = new DurableFiles(dyingAt(place));

            assertThatThrownBy(() -> killed.write(target, bytes("new"), Ownership.mode("rw-r-----")))
                    .isInstanceOf(Killed.class);
            assertThat(target).content().isIn("old", "new");
            assertThat(names()).as(place).hasSize(place.equals("file-renamed") ? 1 : 2);

            new DurableFiles(Checkpoint.NONE).write(target, bytes("new"), Ownership.mode("rw-r-----"));
            assertThat(target).hasContent("new");
            assertThat(mode(target)).isEqualTo("rw-r-----");
            assertThat(names()).as(place).containsExactly("file");
        }
    }

    @Test
    void converges_when_killed_while_making_directories_and_links() throws IOException {
        for (String place : List.of("directory-attributes-set", "directory-made")) {
            Path upper = folder.resolve("dirs-" + place);
            Path made = upper.resolve("deep");
            HostFiles killed = new DurableFiles(dyingAt(place));
            assertThatThrownBy(() -> killed.createDirectories(made, Ownership.mode("rwx--x--x")))
                    .isInstanceOf(Killed.class);

            files.createDirectories(made, Ownership.mode("rwx--x--x"));
            assertThat(mode(made)).isEqualTo("rwx--x--x");
            assertThat(mode(upper)).isEqualTo("rwx--x--x");
        }
        for (String place : List.of("temporary-link-made", "link-made")) {
            Path link = folder.resolve("link-" + place);
            HostFiles killed = new DurableFiles(dyingAt(place));
            assertThatThrownBy(() -> killed.symlink(link, Path.of("there"))).isInstanceOf(Killed.class);

            files.symlink(link, Path.of("there"));
            assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("there"));
        }
        assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void removes_left_overs_of_dead_processes_only() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Process alive = new ProcessBuilder("sleep", "60").start();
        try {
            Path ofDead = leftOver("file", dead.pid());
            Path ofAlive = leftOver("file", alive.pid());
            Path ofNamesake = leftOver(
                    "file", ProcessHandle.current().parent().orElseThrow().pid());
            Files.setLastModifiedTime(ofNamesake, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
            Path ofOther = leftOver("other", dead.pid());
            Path foreign = Files.createFile(folder.resolve(".file.swp"));

            files.write(folder.resolve("file"), bytes("x"), PLAIN);

            assertThat(ofDead).doesNotExist();
            assertThat(ofNamesake).as("a younger process has the same number").doesNotExist();
            assertThat(ofAlive).exists();
            assertThat(ofOther).exists();
            assertThat(foreign).exists();
        } finally {
            alive.destroyForcibly();
        }
    }

    @Test
    void refuses_a_directory_or_a_link_in_place_of_a_file() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("dir"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));

        Problem first = problem(() -> files.write(directory, bytes("x"), PLAIN));
        Problem second = problem(() -> files.write(link, bytes("x"), PLAIN));

        assertThat(first.code()).isEqualTo("directory-in-place");
        assertThat(first.exit()).isEqualTo(ExitStatus.CANNOT_CREATE);
        assertThat(first.summary()).contains(directory.toString());
        assertThat(second.code()).isEqualTo("link-in-place");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void refuses_a_pipe_in_place_of_a_file_and_never_waits_on_one() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(problem(() -> files.write(pipe, bytes("x"), PLAIN)).code()).isEqualTo("something-else-in-place");
        assertThat(problem(() -> files.read(pipe)).code()).isEqualTo("something-else-in-place");
    }

    @Test
    void reads_content_follows_links_and_is_empty_when_there_is_nothing() throws IOException {
        Files.writeString(folder.resolve("real"), "content");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));

        assertThat(files.read(folder.resolve("link")))
                .hasValueSatisfying(found -> assertThat(found).asString(UTF_8).isEqualTo("content"));
        assertThat(files.read(folder.resolve("dangling"))).isEmpty();
        assertThat(files.read(folder.resolve("absent"))).isEmpty();
        assertThat(problem(() -> files.read(folder)).code()).isEqualTo("directory-in-place");
    }

    @Test
    void gives_only_directories_it_makes_the_mode() throws IOException {
        Path existing = Files.createDirectory(
                folder.resolve("existing"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        files.createDirectories(existing.resolve("a/b"), Ownership.mode("rwxr-xr-x"));
        files.createDirectories(existing.resolve("a/b"), Ownership.mode("rwx------"));

        assertThat(mode(existing)).isEqualTo("rwx------");
        assertThat(mode(existing.resolve("a"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(existing.resolve("a/b"))).isEqualTo("rwxr-xr-x");
        assertThat(places)
                .containsExactly(
                        "directory-attributes-set", "directory-made", "directory-attributes-set", "directory-made");
    }

    @Test
    void names_the_file_that_stands_where_a_directory_must_be() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(problem(() -> files.createDirectories(file.resolve("below"), PLAIN))
                        .summary())
                .contains(file.toString());
        assertThat(problem(() -> files.write(file.resolve("below"), bytes("x"), PLAIN))
                        .code())
                .isEqualTo("not-a-directory");
    }

    @Test
    void replaces_a_link_but_not_a_file_by_a_link() throws IOException {
        Path link = folder.resolve("current");
        files.symlink(link, Path.of("one"));
        files.symlink(link, Path.of("two"));
        places.clear();
        files.symlink(link, Path.of("two"));

        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("two"));
        assertThat(places).isEmpty();
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(problem(() -> files.symlink(file, Path.of("x"))).code()).isEqualTo("something-else-in-place");
        assertThat(problem(() -> files.symlink(folder, Path.of("x"))).code()).isEqualTo("directory-in-place");
    }

    @Test
    void deletes_files_and_links_but_never_an_empty_directory() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Path directory = Files.createDirectory(folder.resolve("dir"));

        files.delete(link);
        assertThat(file).exists();
        files.delete(file);
        files.delete(file);

        assertThat(file).doesNotExist();
        assertThat(problem(() -> files.delete(directory)).code()).isEqualTo("directory-in-place");
        assertThat(directory).exists();
    }

    @Test
    void deletes_a_tree_without_following_its_links() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createFile(outside.resolve("precious"));
        Path tree = Files.createDirectories(folder.resolve("tree/a/b"));
        Files.createFile(tree.resolve("file"));
        Files.createSymbolicLink(tree.resolve("link"), outside);

        files.deleteTree(folder.resolve("tree"));
        files.deleteTree(folder.resolve("tree"));

        assertThat(folder.resolve("tree")).doesNotExist();
        assertThat(outside.resolve("precious")).exists();
        Path link = Files.createSymbolicLink(folder.resolve("to-outside"), outside);
        assertThat(problem(() -> files.deleteTree(link)).code()).isEqualTo("link-in-place");
        assertThat(outside.resolve("precious")).exists();
    }

    @Test
    void deletes_a_tree_deeper_than_any_path_can_say() throws IOException {
        Path tree = folder.resolve("tree");
        for (int i = 0; i < 20; i++) {
            Path bottom = Files.createDirectories(folder.resolve("next" + "/d".repeat(1000)));
            if (Files.exists(tree)) {
                Files.move(tree, bottom.resolve("d"));
            }
            Files.move(folder.resolve("next"), tree);
        }
        Files.createFile(tree.resolve("d/d/file"));

        files.deleteTree(tree);

        assertThat(tree).doesNotExist();
    }

    @Test
    void reads_no_more_than_anybody_writes_by_hand() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[RegularFile.HAND_WRITTEN + 1]);

        assertThat(problem(() -> files.read(large)).code()).isEqualTo("file-too-large");
    }

    @Test
    void converges_when_killed_while_deleting_a_tree() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/a"));
        Files.createFile(tree.resolve("one"));
        Files.createFile(tree.resolve("two"));
        HostFiles killed = new DurableFiles(dyingAt("deleted"));

        assertThatThrownBy(() -> killed.deleteTree(folder.resolve("tree"))).isInstanceOf(Killed.class);
        assertThat(tree).exists();

        files.deleteTree(folder.resolve("tree"));
        assertThat(folder.resolve("tree")).doesNotExist();
    }

    @Test
    void says_that_an_account_is_unknown_before_anything_is_written() {
        Ownership nobody = PLAIN.of(Optional.of("no-such-account-here"));

        Problem problem = problem(() -> files.write(folder.resolve("file"), bytes("x"), nobody));

        assertThat(problem.code()).isEqualTo("no-such-user");
        assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        assertThat(places).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    private Path leftOver(String name, long pid) throws IOException {
        return Files.createFile(folder.resolve("." + name + ".crossarm-" + pid + "-1.tmp"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    public static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(CrossarmException.class, call)
                .problem();
    }

    private static Checkpoint dyingAt(String place) {
        return reached -> {
            if (reached.equals(place)) {
                throw new Killed();
            }
        };
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void makes_a_directory_that_several_steps_want_at_once() throws Exception {
        DurableFiles shared = new DurableFiles(Checkpoint.NONE);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 200; round++) {
                Path deep = folder.resolve("round" + round).resolve("a").resolve("b");
                List<Callable<Boolean>> all = Collections.nCopies(8, () -> {
                    shared.createDirectories(deep, Ownership.mode("rwxr-xr-x"));
                    return Files.isDirectory(deep);
                });
                for (Future<Boolean> one : pool.invokeAll(all)) {
                    assertThat(one.get()).isTrue();
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
