package dev.crossarm.host.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTrustTest {
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
    void trusts_what_is_roots_and_ones_own_all_the_way_up() {
        assertThat(FolderTrust.writableByAnother(inner)).isEmpty();
        assertThat(FolderTrust.writableByAnother(inner.resolve("not/there/yet")))
                .isEmpty();
    }

    @Test
    void names_the_folder_that_others_may_write_be_it_above() throws IOException {
        mode(root.resolve("a"), "rwxrwxrwx");

        assertThat(FolderTrust.writableByAnother(inner)).contains(root.resolve("a"));
        assertThat(FolderTrust.writableByAnother(root)).isEmpty();
    }

    @Test
    void sees_through_a_link_and_where_the_link_lies() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("a/b"));
        mode(root.resolve("a/b"), "rwxrwxrwx");

        assertThat(FolderTrust.writableByAnother(link.resolve("c"))).isPresent();
        mode(root.resolve("a/b"), "rwxr-xr-x");
        assertThat(FolderTrust.writableByAnother(link.resolve("c"))).isEmpty();
    }

    @Test
    void takes_a_sticky_folder_for_safe_only_where_the_next_name_is_there() {
        assertThat(FolderTrust.writableByAnother(Path.of("/tmp"))).isEmpty();
        assertThat(FolderTrust.writableByAnother(Path.of("/tmp/no-such-folder-of-crossarm")))
                .contains(Path.of("/tmp"));
    }

    @Test
    void names_the_folder_that_belongs_to_another_account() {
        // apt's own account has this one on every Debian and Ubuntu.
        Path partial = Path.of("/var/lib/apt/lists/partial");

        assertThat(FolderTrust.writableByAnother(partial)).contains(partial);
        assertThat(FolderTrust.writableByAnother(partial.resolve("file"))).contains(partial);
    }

    private static void mode(Path folder, String permissions) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }
}
