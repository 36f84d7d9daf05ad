package dev.crossarm.host.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.crossarm.host.RootsOwn;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PrivateFileTest {
    @TempDir
    private Path folder;

    @Test
    void reads_what_only_its_owner_can() throws IOException {
        for (String mode : List.of("rw-------", "r--------")) {
            assertThat(PrivateFile.read("the key", file(mode), 100)).isEqualTo("s3cret".getBytes(UTF_8));
        }
    }

    @Test
    void refuses_what_others_can_read_change_or_run_and_says_how_to_end_that() throws IOException {
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rwx------", "rw-rw-rw-")) {
            Path file = file(mode);
            Problem problem = problem(file);
            assertThat(problem.code()).isEqualTo("secret-readable-by-others");
            assertThat(problem.detail()).contains(mode);
            assertThat(problem.remedies()).singleElement().asString().endsWith("chmod 0600 " + file);
        }
    }

    @Test
    void follows_no_link_and_opens_nothing_but_files() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file("rw-------"));
        assertThat(problem(link).code()).isEqualTo("link-in-place");
        Path sub = Files.createDirectory(folder.resolve("sub"));
        assertThat(problem(sub).code()).isEqualTo("directory-in-place");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", "-m", "0600", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(problem(pipe).code()).isEqualTo("something-else-in-place");
        assertThat(problem(folder.resolve("none")).code()).isEqualTo("secret-missing");
        assertThat(problem(folder.resolve("none/none")).code()).isEqualTo("secret-missing");
        assertThat(problem(Path.of("/")).code()).isEqualTo("directory-in-place");
    }

    @Test
    void reads_no_more_than_the_limit() throws IOException {
        Path file = file("rw-------");
        Files.writeString(file, "x".repeat(101));
        assertThat(problem(file).code()).isEqualTo("file-too-large");
    }

    @Test
    void gives_root_nothing_that_another_account_can_have_put_there() throws IOException {
        assumeThat(RootsOwn.root()).isTrue();
        Path file = file("rw-------");
        Files.setOwner(
                file, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        assertThat(problem(file).code()).isEqualTo("secret-of-another");

        Path own = file("rw-------");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(problem(own).code()).isEqualTo("secret-in-foreign-folder");
    }

    private Path file(String mode) throws IOException {
        Path file = folder.resolve("secret");
        Files.deleteIfExists(file);
        Files.writeString(file, "s3cret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    private static Problem problem(Path file) {
        return Assertions.catchThrowableOfType(CrossarmException.class, () -> PrivateFile.read("the key", file, 100))
                .problem();
    }
}
