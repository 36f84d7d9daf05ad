package dev.crossarm.download;

import static dev.crossarm.download.TestDownloads.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.OtherAccount;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of archives, and what does not. */
class ArchiveTest {
    private static final Archive LIMITS = new Archive(100, 10_000);

    @TempDir
    Path folder;

    private Path target() {
        return folder.resolve("inside/target");
    }

    private void unpack(byte[] archive) throws IOException {
        Files.createDirectories(folder.resolve("inside"));
        Path file = Files.write(folder.resolve("a.tar.gz"), archive);
        LIMITS.unpack(file, new DurableFiles(Checkpoint.NONE).newTree(target()));
    }

    @Test
    void makes_files_folders_and_links_with_modes_of_its_own() throws IOException {
        unpack(new TestTar()
                .folder(".")
                .folder("./bin")
                .file("./bin/tool", 07755, "program")
                .file("./deep/down/text", 0666, "text")
                .link("./bin/other", "tool")
                .link("./deep/down/up", "../../bin/tool")
                .bytes());

        Map<String, String> made = new TreeMap<>();
        try (Stream<Path> all = Files.walk(target())) {
            for (Path path : all.toList()) {
                made.put(
                        target().relativize(path).toString(),
                        Files.isSymbolicLink(path)
                                ? "-> " + Files.readSymbolicLink(path)
                                : PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
                assertThat(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName())
                        .isEqualTo("root");
            }
        }
        assertThat(made)
                .containsExactlyEntriesOf(new TreeMap<>(Map.of(
                        "", "rwx------",
                        "bin", "rwxr-xr-x",
                        "bin/tool", "rwxr-xr-x",
                        "bin/other", "-> tool",
                        "deep", "rwxr-xr-x",
                        "deep/down", "rwxr-xr-x",
                        "deep/down/text", "rw-r--r--",
                        "deep/down/up", "-> ../../bin/tool")));
        assertThat((Integer) Files.getAttribute(target().resolve("bin/tool"), "unix:mode") & 07000)
                .isZero();
        assertThat(target().resolve("deep/down/up")).hasContent("program");
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                hostile("a way out", tar -> tar.file("bin/../../victim", 0644, "x")),
                hostile("a way out as a folder", tar -> tar.folder("../outside")),
                hostile("an absolute path", tar -> tar.file("/tmp/crossarm-victim", 0644, "x")),
                hostile("a link out", tar -> tar.link("bin", "../..")),
                hostile("a link to an absolute path", tar -> tar.link("bin", "/etc")),
                hostile("a link to the folder above itself", tar -> tar.link("l", "..")),
                hostile(
                        "a way up through a link",
                        tar -> tar.folder("d").link("d/l", "..").link("m", "d/l/../..")),
                hostile(
                        "a file through a link",
                        tar -> tar.folder("d").link("l", "d").file("l/x", 0644, "x")),
                hostile(
                        "a folder through a link",
                        tar -> tar.folder("d").link("l", "d").folder("l/x")),
                hostile("a file below a file", tar -> tar.file("f", 0644, "x").file("f/x", 0644, "x")),
                hostile("a file twice", tar -> tar.file("f", 0644, "x").file("f", 0644, "y")),
                hostile("a link over a file", tar -> tar.file("f", 0644, "x").link("f", "g")),
                hostile("a file over a link", tar -> tar.link("f", "g").file("f", 0644, "x")),
                hostile("a hard link", tar -> tar.file("f", 0644, "x").hardLink("g", "f")),
                hostile("a hard link out", tar -> tar.hardLink("g", "/etc/shadow")),
                hostile("a character device", tar -> tar.special("null", TarConstants.LF_CHR)),
                hostile("a block device", tar -> tar.special("sda", TarConstants.LF_BLK)),
                hostile("a pipe", tar -> tar.special("pipe", TarConstants.LF_FIFO)),
                hostile("too much", tar -> tar.file("f", 0644, new byte[10_001])),
                hostile(
                        "too much together",
                        tar -> tar.file("f", 0644, new byte[6000]).file("g", 0644, new byte[6000])),
                hostile("too many", tar -> {
                    for (int i = 0; i < 101; i++) {
                        tar.folder("d" + i);
                    }
                }));
    }

    private static Arguments hostile(String what, Consumer<TestTar> filling) {
        TestTar tar = new TestTar();
        filling.accept(tar);
        return Arguments.of(what, tar.bytes());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refuses_what_could_do_harm_and_touches_nothing_outside(String what, byte[] archive) {
        Problem problem = problem(() -> unpack(archive));

        assertThat(problem.exit()).as(problem.toString()).isEqualTo(ExitStatus.DATA);
        assertThat(problem.code()).startsWith("archive-");
        assertThat(folder.resolve("victim")).doesNotExist();
        assertThat(folder.resolve("outside")).doesNotExist();
        assertThat(Path.of("/tmp/crossarm-victim")).doesNotExist();
        assertThat(target().resolve("d/x")).doesNotExist();
    }

    @Test
    void refuses_what_is_cut_off_empty_or_something_else() {
        byte[] whole = new TestTar().file("f", 0644, "x".repeat(5000)).bytes();

        for (byte[] bad : new byte[][] {
            {},
            new TestTar().bytes(),
            "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            Arrays.copyOf(whole, whole.length / 2)
        }) {
            assertThat(problem(() -> unpack(bad)).code()).isEqualTo("archive-damaged");
        }
    }

    @Test
    void begins_again_where_a_killed_run_left_something() throws IOException {
        Files.createDirectories(target().resolve("left/over"));

        unpack(new TestTar().file("f", 0644, "x").bytes());

        assertThat(target()).isDirectoryNotContaining("glob:**left");
    }

    @Test
    void unpacks_nothing_as_root_where_another_account_can_exchange_it() throws IOException {
        Path theirs = OtherAccount.folder(folder.resolve("theirs"));

        assertThat(problem(() -> new DurableFiles(Checkpoint.NONE).newTree(theirs.resolve("tree")))
                        .code())
                .isEqualTo("folder-not-roots");
    }
}
