package dev.crossarm.host.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RegularFileTest {
    private static final int LIMIT = 1 << 16;

    @TempDir
    Path folder;

    @Test
    void reads_a_file_of_its_own_and_one_of_another_account() throws IOException {
        Path own = Files.writeString(folder.resolve("own"), "mine");
        Path home = OtherAccount.folder(folder.resolve("home"));
        Path theirs = OtherAccount.file(home.resolve(".env"), "theirs");

        assertThat(text(own)).isEqualTo("mine");
        assertThat(text(theirs)).isEqualTo("theirs");
        assertThatThrownBy(() -> text(home.resolve("absent"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> text(folder.resolve("no/such"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refuses_a_pipe_and_a_device_at_once_whoever_has_put_it_there() throws Exception {
        Path home = OtherAccount.folder(folder.resolve("home"));
        Path pipe = pipe(home.resolve("pipe"));
        Path own = pipe(folder.resolve("pipe"));
        Path zero = OtherAccount.own(Files.createSymbolicLink(home.resolve("zero"), Path.of("/dev/zero")));
        Path ownZero = Files.createSymbolicLink(folder.resolve("zero"), Path.of("/dev/zero"));

        assertThat(code(pipe)).isEqualTo("something-else-in-place");
        assertThat(code(own)).isEqualTo("something-else-in-place");
        assertThat(code(zero)).isEqualTo("something-else-in-place");
        assertThat(code(ownZero)).isEqualTo("something-else-in-place");
        assertThat(code(home)).isEqualTo("directory-in-place");
    }

    @Test
    void opens_a_file_of_any_size_and_nothing_but_a_file() throws Exception {
        Path home = OtherAccount.folder(folder.resolve("home"));
        Path theirs = OtherAccount.file(home.resolve("log"), "theirs");
        Path pipe = pipe(home.resolve("pipe"));
        Path secret = Files.writeString(folder.resolve("secret"), "root's");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path link = OtherAccount.own(Files.createSymbolicLink(home.resolve("link"), secret));

        try (InputStream in = RegularFile.stream(theirs)) {
            assertThat(in).hasContent("theirs");
        }
        assertThat(codeOf(() -> RegularFile.stream(pipe).close())).isEqualTo("something-else-in-place");
        assertThat(codeOf(() -> RegularFile.open(link).close())).isEqualTo("foreign-file");
    }

    @Test
    void reads_a_handle_that_the_caller_passed_on_as_it_is() throws Exception {
        Process child = new ProcessBuilder(
                        "sh",
                        "-c",
                        "echo passed | \"$0\" -cp \"$1\" \"$2\" /dev/stdin",
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        System.getProperty("java.class.path") + ":" + classes(RegularFile.class) + ":"
                                + classes(RegularFileTest.class),
                        Stream.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(child.getInputStream()).hasContent("passed");
    }

    /** A program that reads the file it is told. */
    public static final class Stream {
        private Stream() {}

        public static void main(String[] arguments) throws IOException {
            try (InputStream in = RegularFile.stream(Path.of(arguments[0]))) {
                in.transferTo(System.out);
            }
        }
    }

    private static Path classes(Class<?> type) throws java.net.URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void gives_up_a_pipe_that_has_come_into_the_place_of_the_file() throws Exception {
        Path home = OtherAccount.folder(folder.resolve("home"));
        pipe(home.resolve("was-a-file"));

        try (HandleFolder handle = HandleFolder.of(home)) {
            CrossarmException refused = catchThrowableOfType(
                    CrossarmException.class, () -> handle.openInTime(Path.of("was-a-file"), Duration.ofMillis(200)));
            assertThat(refused.problem().code()).isEqualTo("something-else-in-place");
        }
    }

    @Test
    void refuses_and_closes_a_file_other_than_the_one_that_was_looked_at() throws IOException {
        Path looked = Files.writeString(folder.resolve("looked"), "theirs");
        Path secret = Files.writeString(folder.resolve("secret"), "root's");
        PosixFileAttributes found = Files.readAttributes(looked, PosixFileAttributes.class);

        try (FileChannel same = FileChannel.open(looked)) {
            RegularFile.requireSame(looked, found, same);
            assertThat(same.isOpen()).isTrue();
        }
        try (FileChannel other = FileChannel.open(secret)) {
            assertThat(codeOf(() -> RegularFile.requireSame(looked, found, other)))
                    .isEqualTo("file-exchanged");
            assertThat(other.isOpen()).isFalse();
        }
    }

    @Test
    void refuses_a_file_beyond_the_limit_without_holding_it() throws IOException {
        Path large = folder.resolve("large");
        try (var file = new java.io.RandomAccessFile(large.toString(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThat(code(large)).isEqualTo("file-too-large");
    }

    @Test
    void takes_nothing_through_a_link_that_the_account_could_not_read_itself() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "root's");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        Path inside = Files.writeString(closed.resolve("readable"), "root's");
        Path home = OtherAccount.folder(folder.resolve("home"));

        assertThat(code(link(home.resolve("a"), secret))).isEqualTo("foreign-file");
        assertThat(code(link(home.resolve("b"), inside))).isEqualTo("foreign-file");
        assertThat(code(link(home.resolve("way"), closed).resolve("readable"))).isEqualTo("foreign-file");
        assertThat(code(Files.createLink(home.resolve("name"), secret))).isEqualTo("foreign-file");
    }

    @Test
    void follows_a_link_to_what_the_account_could_read_itself() throws IOException {
        Path home = OtherAccount.folder(folder.resolve("home"));
        Path own = OtherAccount.file(home.resolve("own"), "theirs");
        Path everybodys = Files.writeString(folder.resolve("everybodys"), "all");
        Files.setPosixFilePermissions(everybodys, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(text(link(home.resolve("a"), own))).isEqualTo("theirs");
        assertThat(text(link(home.resolve("b"), Path.of("own")))).isEqualTo("theirs");
        assertThat(text(link(home.resolve("c"), everybodys))).isEqualTo("all");
        assertThat(text(Files.createSymbolicLink(folder.resolve("roots"), own))).isEqualTo("theirs");
    }

    @Test
    void never_reads_what_is_exchanged_for_a_link_meanwhile() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "root's");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path home = OtherAccount.folder(folder.resolve("home"));
        Path file = OtherAccount.file(home.resolve(".env"), "theirs");
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger exchanges = new AtomicInteger();
        Thread attacker = new Thread(() -> exchange(home, secret, over, exchanges));
        attacker.start();
        try {
            for (int tries = 0; tries < 500 || exchanges.get() < 500; tries++) {
                try {
                    assertThat(text(file)).isEqualTo("theirs");
                } catch (CrossarmException | IOException refused) {
                    assertThat(refused).hasMessageNotContaining("root's");
                }
            }
        } finally {
            over.set(true);
            attacker.join();
        }
    }

    private static void exchange(Path home, Path secret, AtomicBoolean over, AtomicInteger exchanges) {
        try {
            while (!over.get()) {
                Path link = Files.createSymbolicLink(home.resolve("link"), secret);
                Files.move(link, home.resolve(".env"), StandardCopyOption.ATOMIC_MOVE);
                Path file = OtherAccount.file(home.resolve("file"), "theirs");
                Files.move(file, home.resolve(".env"), StandardCopyOption.ATOMIC_MOVE);
                exchanges.incrementAndGet();
            }
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }

    private static Path link(Path link, Path destination) throws IOException {
        return OtherAccount.own(Files.createSymbolicLink(link, destination));
    }

    private static String codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable doing) {
        return catchThrowableOfType(CrossarmException.class, doing).problem().code();
    }

    private static Path pipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
        return path;
    }

    private static String text(Path file) throws IOException {
        return RegularFile.text(file, LIMIT, UTF_8);
    }

    private static String code(Path file) {
        return catchThrowableOfType(CrossarmException.class, () -> text(file))
                .problem()
                .code();
    }
}
