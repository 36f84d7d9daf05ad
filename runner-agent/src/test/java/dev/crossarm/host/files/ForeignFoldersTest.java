package dev.crossarm.host.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What root does in folders of an account that exchanges them, or what is in them, for links meanwhile. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ForeignFoldersTest {
    private static final Ownership ROOTS = Ownership.mode("rw-r--r--");
    private static final Ownership THEIRS = ROOTS.of(Optional.of(OtherAccount.NAME));
    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x").of(Optional.of(OtherAccount.NAME));

    @TempDir
    Path folder;

    private Path roots;
    private Path home;

    private final List<String> places = new ArrayList<>();
    private final DurableFiles files = new DurableFiles(places::add);

    @BeforeEach
    void makeFolders() throws IOException {
        roots = Files.createDirectory(folder.resolve("roots"));
        home = OtherAccount.folder(folder.resolve("home"));
    }

    @Test
    void writes_links_and_folders_get_the_owner_that_was_named_and_leave_nothing_beside() throws IOException {
        files.createDirectories(home.resolve("a/b"), FOLDER);
        files.write(home.resolve("a/b/theirs"), "x".getBytes(UTF_8), THEIRS);
        files.write(home.resolve("a/b/roots"), "x".getBytes(UTF_8), Ownership.mode("rw-------"));
        files.write(home.resolve("a/b/large"), THEIRS, out -> out.write(new byte[100_000]));
        files.symlink(home.resolve("a/b/link"), Path.of("theirs"));

        assertThat(owner("a")).isEqualTo(OtherAccount.NAME);
        assertThat(owner("a/b")).isEqualTo(OtherAccount.NAME);
        assertThat(owner("a/b/theirs")).isEqualTo(OtherAccount.NAME);
        assertThat(owner("a/b/roots")).isEqualTo("root");
        assertThat(owner("a/b/large")).isEqualTo(OtherAccount.NAME);
        assertThat(home.resolve("a/b/link")).isSymbolicLink().hasContent("x");
        assertThat(names(home.resolve("a/b"))).containsExactly("large", "link", "roots", "theirs");
        assertThat(places)
                .contains("directory-attributes-set", "directory-made", "file-made", "file-written")
                .contains("attributes-set", "file-synced", "file-renamed", "temporary-link-made", "link-made");
    }

    @Test
    void leaves_an_equal_file_alone_and_deletes_what_it_is_told_to() throws IOException {
        Path file = home.resolve("file");
        files.write(file, "x".getBytes(UTF_8), THEIRS);
        places.clear();
        files.write(file, "x".getBytes(UTF_8), THEIRS);
        assertThat(places).isEmpty();

        files.delete(file);
        files.createDirectories(home.resolve("tree/with/folders"), FOLDER);
        files.deleteTree(home.resolve("tree"));

        assertThat(names(home)).isEmpty();
    }

    @Test
    void refuses_to_write_delete_or_make_anything_behind_a_link_of_the_account() throws IOException {
        Files.createDirectories(roots.resolve("tmp/precious"));
        Path way = OtherAccount.own(Files.createSymbolicLink(home.resolve("cargo"), roots));

        assertThat(code(() -> files.write(way.resolve("config.toml"), new byte[0], THEIRS)))
                .isEqualTo("link-on-the-way");
        assertThat(code(() -> files.write(way.resolve("config.toml"), THEIRS, out -> {})))
                .isEqualTo("link-on-the-way");
        assertThat(code(() -> files.createDirectories(way.resolve("bin"), FOLDER)))
                .isEqualTo("link-on-the-way");
        assertThat(code(() -> files.symlink(way.resolve("rustc"), Path.of("x"))))
                .isEqualTo("link-on-the-way");
        assertThat(code(() -> files.deleteTree(way.resolve("tmp")))).isEqualTo("link-on-the-way");
        assertThat(code(() -> files.delete(way.resolve("tmp")))).isEqualTo("link-on-the-way");
        assertThat(names(roots)).containsExactly("tmp");
        assertThat(roots.resolve("tmp/precious")).isDirectory();
    }

    @Test
    void stays_in_the_folder_it_has_opened_when_the_path_is_exchanged_for_a_link() throws IOException {
        Path cargo = OtherAccount.folder(home.resolve("cargo"));
        OtherAccount.own(home);
        HostFiles exchanging = new DurableFiles(place -> {
            if (place.equals("file-made")) {
                exchange(cargo);
            }
        });

        exchanging.write(cargo.resolve("config.toml"), "x".getBytes(UTF_8), THEIRS);

        assertThat(names(roots)).isEmpty();
        assertThat(names(home.resolve("moved"))).containsExactly("config.toml");
    }

    @Test
    void makes_no_folder_where_the_path_has_come_to_lead_meanwhile() throws IOException {
        Path cargo = OtherAccount.folder(home.resolve("cargo"));

        try (Folder held = FolderWalk.toChange(cargo)) {
            exchange(cargo);
            assertThatThrownBy(() -> held.makeDirectory(Path.of("bin"))).hasMessageContaining("exchanged");
            assertThatThrownBy(() -> held.makeLink(Path.of("rustc"), Path.of("x")))
                    .hasMessageContaining("exchanged");
        }

        assertThat(names(roots)).isEmpty();
        assertThat(names(home.resolve("moved"))).isEmpty();
    }

    @Test
    void gives_the_account_no_file_that_was_put_in_the_place_of_a_temporary_one() throws IOException {
        Path secret = Files.writeString(roots.resolve("secret"), "root's");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        List<Boolean> closed = new ArrayList<>();
        HostFiles watched = new DurableFiles(place -> {
            if (place.equals("file-written")) {
                closed.add(staging().stream().allMatch(ForeignFoldersTest::isRootsAlone));
            }
        });

        watched.write(home.resolve(".env"), "x".getBytes(UTF_8), THEIRS);

        assertThat(closed).containsExactly(true);
        assertThat(Files.getOwner(secret).getName()).isEqualTo("root");
    }

    @Test
    void a_missing_parent_belongs_to_the_owner_of_its_folder_and_only_the_last_one_to_the_account() throws IOException {
        files.createDirectories(roots.resolve("rust/cargo"), FOLDER);

        assertThat(Files.getOwner(roots.resolve("rust")).getName()).isEqualTo("root");
        assertThat(Files.getOwner(roots.resolve("rust/cargo")).getName()).isEqualTo(OtherAccount.NAME);
    }

    @Test
    void gives_a_tree_away_without_what_was_linked_into_it() throws IOException {
        Path secret = Files.writeString(roots.resolve("secret"), "root's");
        Path tree = OtherAccount.folder(home.resolve("tree"));
        Path file = OtherAccount.file(tree.resolve("file"), "theirs");
        Files.createLink(tree.resolve("linked"), secret);
        OtherAccount.own(Files.createSymbolicLink(home.resolve("way"), roots));

        files.give(tree, "nobody");

        assertThat(Files.getOwner(tree).getName()).isEqualTo("nobody");
        assertThat(Files.getOwner(file).getName()).isEqualTo("nobody");
        assertThat(Files.getOwner(secret).getName()).isEqualTo("root");
        assertThatThrownBy(() -> files.give(home.resolve("way"), "nobody")).isInstanceOf(CrossarmException.class);
        assertThat(Files.getOwner(roots).getName()).isEqualTo("root");
    }

    @Test
    void removes_what_a_kill_left_in_a_folder_of_another_account() throws IOException {
        DurableFiles killed = new DurableFiles(place -> {
            if (place.equals("file-synced")) {
                throw new AssertionError("killed");
            }
        });
        assertThatThrownBy(() -> killed.write(home.resolve(".env"), "x".getBytes(UTF_8), THEIRS))
                .isInstanceOf(AssertionError.class);
        assertThat(names(home)).hasSize(1);

        files.write(home.resolve(".env"), "y".getBytes(UTF_8), THEIRS);

        assertThat(names(home)).containsExactly(".env");
    }

    @Test
    void takes_no_lock_on_a_file_that_the_account_made_a_link_of() throws IOException {
        OtherAccount.own(Files.createSymbolicLink(home.resolve("lock"), roots.resolve("made-by-root")));
        HostLock lock = new HostLock(home.resolve("lock"), files, () -> java.time.Instant.EPOCH, duration -> {});

        assertThat(code(() -> lock.tryAcquire("test"))).isEqualTo("something-else-in-place");
        assertThat(names(roots)).isEmpty();
    }

    private void exchange(Path cargo) {
        try {
            Files.move(cargo, home.resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
            OtherAccount.own(Files.createSymbolicLink(cargo, roots));
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }

    private List<Path> staging() {
        try (Stream<Path> entries = Files.list(home)) {
            return entries.toList();
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }

    private static boolean isRootsAlone(Path path) {
        return FileState.owner(path).equals("root") && FileState.mode(path).equals("rwx------");
    }

    private String owner(String name) throws IOException {
        return Files.getOwner(home.resolve(name), LinkOption.NOFOLLOW_LINKS).getName();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static String code(org.assertj.core.api.ThrowableAssert.ThrowingCallable doing) {
        return catchThrowableOfType(CrossarmException.class, doing).problem().code();
    }
}
