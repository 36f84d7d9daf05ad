package dev.crossarm.host.files;

import dev.crossarm.host.FileProblems;
import dev.crossarm.host.RootsOwn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads files that another account may have put in their place: a configuration file, a runner's {@code .env}, what lies
 * in a project. A named pipe, a device, a folder and a file beyond the limit are problems at once, and never a read
 * without an end. Root is given nothing out of another account's folder that this account could not read itself,
 * whatever it exchanges for a link meanwhile.
 */
public final class RegularFile {
    /** Enough for what people write by hand. */
    public static final int HAND_WRITTEN = 1 << 20;

    /** Enough for what programs write: lock files, manifests; and little enough to be held as text in a small heap. */
    public static final int GENERATED = 16 << 20;

    /** Enough for a program such as rustup. */
    public static final int PROGRAM = 32 << 20;

    private static final int CHUNK = 1 << 16;
    private static final Duration TO_OPEN = Duration.ofSeconds(10);
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private RegularFile() {}

    /** A class of its own, because most starts need no pattern. */
    private static final class HandedOver {
        private static final Pattern HANDLE = Pattern.compile("/dev/(?:stdin|fd/\\d+)|/proc/self/fd/\\d+");

        private HandedOver() {}
    }

    /**
     * The whole content.
     *
     * @param limit in bytes; a larger file is a problem
     * @throws NoSuchFileException when there is none
     * @throws IOException when it cannot be read
     * @throws dev.crossarm.problem.CrossarmException when it is no regular file, too large, or (to root) not the
     *     account's own
     */
    public static byte[] read(Path file, int limit) throws IOException {
        try (FileChannel channel = open(file)) {
            return content(file, channel, limit);
        }
    }

    /**
     * Opens the file to read it: for one of any size, of which no more is held than is looked at. Closed by the caller.
     *
     * @throws NoSuchFileException when there is none
     * @throws IOException when it cannot be read
     * @throws dev.crossarm.problem.CrossarmException when it is no regular file, or (to root) not the account's own
     */
    public static FileChannel open(Path file) throws IOException {
        return RootsOwn.root() ? openAsRoot(file) : openByPath(file);
    }

    /**
     * The same, from the beginning on. What the caller handed over as a handle, such as {@code /dev/stdin}, is read as it is:
     * nobody else can put it there.
     */
    public static InputStream stream(Path file) throws IOException {
        return HandedOver.HANDLE.matcher(file.toString()).matches()
                ? Files.newInputStream(file)
                : Channels.newInputStream(open(file));
    }

    /**
     * The whole content as UTF-8 text.
     *
     * @throws java.nio.charset.CharacterCodingException when it is not
     */
    public static String utf8(Path file, int limit) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(read(file, limit)))
                .toString();
    }

    /** The whole content as text; malformed bytes become replacement characters. */
    public static String text(Path file, int limit, Charset charset) throws IOException {
        return new String(read(file, limit), charset);
    }

    /** The whole content; empty when there is no such file, or its folder is not there. */
    public static Optional<byte[]> readIfThere(Path file, int limit) throws IOException {
        try {
            return Optional.of(read(file, limit));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static FileChannel openByPath(Path file) throws IOException {
        requireRegular(file, Files.readAttributes(file, BasicFileAttributes.class));
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private static FileChannel openAsRoot(Path file) throws IOException {
        FolderWalk.Place place = FolderWalk.toRead(file);
        try (Folder folder = place.folder()) {
            PosixFileAttributes found = folder.look(place.name());
            requireRegular(file, found);
            boolean roots = folder instanceof PathFolder && place.account().isEmpty();
            if (!roots) {
                requireOwn(file, place, found);
            }
            FileChannel channel = open(folder, place.name());
            if (!roots) {
                requireSame(file, found, channel);
            }
            return channel;
        }
    }

    private static void requireRegular(Path file, BasicFileAttributes found) {
        if (found.isDirectory()) {
            throw FileProblems.directoryInPlace("read", file).asException();
        }
        if (!found.isRegularFile()) {
            throw FileProblems.somethingElseInPlace("read", file).asException();
        }
    }

    /** What the account whose folder or link leads there could read itself. */
    private static void requireOwn(Path file, FolderWalk.Place place, PosixFileAttributes found) throws IOException {
        PosixFileAttributes folder = place.folder().look();
        UserPrincipal account = place.account().orElse(folder.owner());
        Set<PosixFilePermission> mode = found.permissions();
        boolean everybodys = mode.contains(PosixFilePermission.OTHERS_READ) && place.open();
        boolean groups = place.account().isEmpty()
                && mode.contains(PosixFilePermission.GROUP_READ)
                && found.group().equals(folder.group());
        if (!found.owner().equals(account) && !everybodys && !groups) {
            throw FileProblems.notOfItsFolder(file, found.owner().getName(), account.getName())
                    .asException();
        }
    }

    /** Opens what was a regular file a moment ago. */
    static FileChannel open(Folder folder, Path name) throws IOException {
        return folder instanceof HandleFolder handle
                ? handle.openInTime(name, TO_OPEN)
                : folder.open(name, Set.of(StandardOpenOption.READ));
    }

    /**
     * That the file that was looked at is the one that was opened. Java tells nothing about an open file but its size;
     * the kernel tells what our handles lead to, and nobody else can make one of them lead there. Closes it where it is not.
     */
    static void requireSame(Path file, PosixFileAttributes found, FileChannel opened) throws IOException {
        Object key = Objects.requireNonNull(found.fileKey());
        try (DirectoryStream<Path> handles = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path handle : handles) {
                if (key.equals(keyOf(handle))) {
                    return;
                }
            }
        }
        opened.close();
        throw FileProblems.exchanged(file).asException();
    }

    private static @org.jspecify.annotations.Nullable Object keyOf(Path handle) {
        try {
            return Files.readAttributes(handle, BasicFileAttributes.class).fileKey();
        } catch (IOException closedMeanwhile) {
            return null;
        }
    }

    static byte[] content(Path file, FileChannel channel, int limit) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream((int) Math.min(channel.size() + 1, limit));
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (channel.read(chunk) >= 0) {
            content.write(chunk.array(), 0, chunk.position());
            chunk.clear();
            if (content.size() > limit) {
                throw FileProblems.tooLarge(file, limit).asException();
            }
        }
        return content.toByteArray();
    }
}
