package dev.crossarm.job.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.TestSurroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.OtherAccount;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What root strips and packs in a checkout of another account, which plants links and pipes. Needs root. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ForeignCheckoutTest {
    private static final CrossTools TOOLS = CrossTools.of(Target.X86_64_MUSL);

    @TempDir
    Path folder;

    private final DurableFiles files = new DurableFiles(Checkpoint.NONE);
    private Path checkout;
    private Path secret;

    @BeforeEach
    void checkout() throws IOException {
        checkout = OtherAccount.folder(folder.resolve("checkout"));
        secret = Files.writeString(folder.resolve("secret"), "root's own");
        Files.setPosixFilePermissions(secret, Set.of(PosixFilePermission.OWNER_READ));
    }

    @Test
    void strips_a_program_and_leaves_nothing_but_it_and_its_debug_file() throws Exception {
        Path app = compiled();
        long before = Files.size(app);

        Optional<Path> debug = stripping().strip(app, true);

        assertThat(Files.size(app)).isLessThan(before);
        assertThat(debug).contains(checkout.resolve("app.debug"));
        try (var entries = Files.list(checkout)) {
            assertThat(entries)
                    .containsExactlyInAnyOrder(app, checkout.resolve("app.debug"), checkout.resolve("app.c"));
        }
        assertThat(PackingProject.run(checkout, "readelf", "--string-dump=.gnu_debuglink", app.toString()))
                .contains("app.debug");
    }

    @Test
    void strips_nothing_that_the_account_has_put_in_the_place_of_the_program() throws Exception {
        Path app = compiled();
        Path roots = Files.copy(app, folder.resolve("roots"));
        Files.delete(app);
        Files.setPosixFilePermissions(roots, Set.of(PosixFilePermission.OWNER_READ));
        OtherAccount.own(Files.createSymbolicLink(app, roots));

        assertThat(code(() -> stripping().strip(app, true))).isEqualTo("foreign-file");
        assertThat(checkout.resolve("app.debug")).doesNotExist();
    }

    @Test
    void strips_no_pipe() throws Exception {
        Path app = pipe("app");

        assertThat(code(() -> stripping().strip(app, false))).isEqualTo("something-else-in-place");
    }

    @Test
    void packs_no_content_that_the_account_could_not_read_itself() throws IOException {
        Path link = OtherAccount.own(Files.createSymbolicLink(checkout.resolve("config"), secret));

        assertThat(code(() -> zip(link))).isEqualTo("foreign-file");
        assertThat(code(() -> archive(link))).isEqualTo("foreign-file");
    }

    @Test
    void packs_no_pipe() throws Exception {
        Path pipe = pipe("config");

        assertThat(code(() -> zip(pipe))).isEqualTo("something-else-in-place");
        assertThat(code(() -> archive(pipe))).isEqualTo("something-else-in-place");
    }

    @Test
    void packs_into_a_folder_of_the_account_and_leaves_nothing_beside() throws IOException {
        Path config = OtherAccount.file(checkout.resolve("config"), "a = 1\n");

        Packed zip = zip(config);

        assertThat(zip.unpackedBytes()).isEqualTo(7 + 6);
        try (var entries = Files.list(checkout.resolve("out"))) {
            assertThat(entries).containsExactly(checkout.resolve("out/app.zip"));
        }
    }

    @Test
    void packs_through_no_link_on_the_way() throws IOException {
        Path config = OtherAccount.file(checkout.resolve("config"), "a = 1\n");
        Path roots = Files.createDirectory(folder.resolve("roots"));
        OtherAccount.own(Files.createSymbolicLink(checkout.resolve("out"), roots));

        assertThat(code(() -> zip(config))).isEqualTo("link-on-the-way");
        assertThat(roots).isEmptyDirectory();
    }

    private Packed zip(Path config) throws IOException {
        return LambdaZip.write(
                new PackingWriter(files),
                program(),
                LambdaZip.Layout.FUNCTION,
                List.of(new PackedEntry("config", config, false)),
                checkout.resolve("out/app.zip"));
    }

    private Packed archive(Path config) throws IOException {
        return ArchiveFile.write(
                new PackingWriter(files),
                files,
                program(),
                List.of(new PackedEntry("config", config, false)),
                checkout.resolve("out/app.tar.gz"));
    }

    private BuiltProgram program() throws IOException {
        return new BuiltProgram("pkg", "1.0.0", "app", OtherAccount.file(checkout.resolve("program"), "program"));
    }

    private static Stripping stripping() {
        return new Stripping(
                new ProcessCommandRunner(TestSurroundings.real()), new DurableFiles(Checkpoint.NONE), TOOLS);
    }

    private Path compiled() throws IOException, InterruptedException {
        Path source = OtherAccount.file(checkout.resolve("app.c"), "int main(void) { return 0; }\n");
        Path app = checkout.resolve("app");
        PackingProject.run(folder, TOOLS.tool("gcc").toString(), "-g", "-o", app.toString(), source.toString());
        return OtherAccount.own(app);
    }

    private Path pipe(String name) throws IOException, InterruptedException {
        PackingProject.run(checkout, "mkfifo", name);
        return OtherAccount.own(checkout.resolve(name));
    }

    private static String code(org.assertj.core.api.ThrowableAssert.ThrowingCallable doing) {
        return catchThrowableOfType(CrossarmException.class, doing).problem().code();
    }
}
