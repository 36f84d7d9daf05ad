package dev.crossarm.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.files.OtherAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs root. */
class RootsOwnTest {
    @TempDir
    Path temporary;

    private Path root;
    private Path inner;

    @BeforeEach
    void makeFolders() throws IOException {
        root = temporary.toRealPath();
        inner = Files.createDirectories(root.resolve("a/b/c"));
        for (Path folder : List.of(root, root.resolve("a"), root.resolve("a/b"), inner)) {
            mode(folder, "rwxr-xr-x");
        }
    }

    @Test
    void trusts_what_is_roots_all_the_way_up() {
        assertThat(writableByAnother(inner)).isEmpty();
        assertThat(RootsOwn.holds(inner)).isTrue();
    }

    @Test
    void judges_what_is_missing_by_the_folder_it_would_be_made_in() throws IOException {
        Path missing = inner.resolve("not/there/yet");

        assertThat(writableByAnother(missing)).isEmpty();
        mode(inner, "rwxrwxrwx");
        assertThat(writableByAnother(missing)).contains(inner);
    }

    @Test
    void reaches_as_far_as_folders_are_roots_and_no_link_or_file_comes() throws IOException {
        assertThat(RootsOwn.reach(Path.of("/usr/lib/os-release")))
                .isEqualTo(new RootsOwn.Reach(Path.of("/usr/lib"), true));
        assertThat(RootsOwn.reach(Path.of("/proc/self/fd")).folder()).isEqualTo(Path.of("/proc"));
        mode(root.resolve("a"), "rwxrwxrwx");
        assertThat(root.resolve("a").startsWith(RootsOwn.reach(inner).folder())).isTrue();

        Path hidden = Files.createTempDirectory(Path.of("/var/lib"), "reach");
        try {
            assertThat(RootsOwn.reach(hidden.resolve("absent"))).isEqualTo(new RootsOwn.Reach(hidden, false));
            OtherAccount.own(hidden);
            assertThat(RootsOwn.reach(hidden.resolve("absent")).folder()).isEqualTo(Path.of("/var/lib"));
        } finally {
            Files.delete(hidden);
        }
    }

    @Test
    void does_not_hold_what_is_missing() {
        assertThat(RootsOwn.holds(root.resolve("absent"))).isFalse();
    }

    @Test
    void names_the_folder_that_others_may_write_be_it_above() throws IOException {
        mode(root.resolve("a"), "rwxrwxrwx");

        assertThat(writableByAnother(inner)).contains(root.resolve("a"));
        assertThat(writableByAnother(root)).isEmpty();
        assertThat(RootsOwn.holds(inner)).isFalse();
    }

    @Test
    void sees_through_a_link() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("a/b"));

        assertThat(writableByAnother(link.resolve("c"))).isEmpty();
        assertThat(RootsOwn.holds(link)).isTrue();
        mode(root.resolve("a/b"), "rwxrwxrwx");
        assertThat(writableByAnother(link.resolve("c"))).contains(root.resolve("a/b"));
        assertThat(RootsOwn.holds(link)).isFalse();
    }

    @Test
    void goes_up_from_where_a_link_leads_as_the_system_does() throws IOException {
        Path theirs = OtherAccount.folder(root.resolve("theirs"));
        Files.createDirectory(theirs.resolve("in"));
        Files.createDirectory(root.resolve("bin"));
        Files.createSymbolicLink(root.resolve("link"), theirs.resolve("in"));

        assertThat(writableByAnother(root.resolve("link/../bin"))).contains(theirs);
    }

    @Test
    void takes_a_sticky_folder_for_safe_only_where_the_next_name_is_there() {
        assertThat(writableByAnother(Path.of("/tmp/no-such-folder-of-crossarm")))
                .contains(Path.of("/tmp"));
    }

    @Test
    void counts_a_sticky_folder_itself_as_one_that_others_may_write() {
        assertThat(writableByAnother(Path.of("/tmp"))).contains(Path.of("/tmp"));
        assertThat(RootsOwn.holds(Path.of("/tmp"))).isFalse();
    }

    @Test
    void trusts_no_link_in_a_sticky_folder() throws IOException {
        Path sticky = Files.createDirectory(root.resolve("sticky"));
        Files.setAttribute(sticky, "unix:mode", 01777);
        Path link = Files.createSymbolicLink(sticky.resolve("link"), inner);

        assertThat(writableByAnother(link)).contains(sticky);
    }

    @Test
    void names_what_belongs_to_another_account_unless_that_is_trusted() throws IOException {
        Path home = OtherAccount.folder(root.resolve("home"));
        Path bin = Files.createDirectory(home.resolve("bin"));
        Path link = Files.createSymbolicLink(root.resolve("to-theirs"), bin);

        assertThat(writableByAnother(bin)).contains(home);
        assertThat(writableByAnother(bin.resolve("file"))).contains(home);
        assertThat(RootsOwn.holds(bin)).isFalse();
        assertThat(RootsOwn.holds(link)).isFalse();
        assertThat(RootsOwn.writableByAnother(bin, owner -> owner.getName().equals(OtherAccount.NAME)))
                .isEmpty();
    }

    private static Optional<Path> writableByAnother(Path path) {
        return RootsOwn.writableByAnother(path, owner -> false);
    }

    private static void mode(Path folder, String permissions) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }
}
