package dev.crossarm.host.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Adds to the end of a file that another program reads, such as one that a job's runner made for outputs. Nothing is added
 * through a link, nor to anything but a regular file; as root, neither to a file that is not its folder's owner's.
 */
public final class AppendedFile {
    private static final StandardOpenOption READ = StandardOpenOption.READ;
    private static final StandardOpenOption WRITE = StandardOpenOption.WRITE;

    private AppendedFile() {}

    /**
     * Adds lines. They begin a line of their own, whether or not the last one there has an end. A missing file is made,
     * but not by root in a folder of another account.
     *
     * @throws IOException when that cannot be done
     * @throws dev.crossarm.problem.CrossarmException when, to root, a link of another account leads there
     */
    public static void add(Path file, String lines) throws IOException {
        Path target = file.toAbsolutePath();
        Path name = Objects.requireNonNull(target.getFileName());
        try (Folder folder = FolderWalk.toChange(Objects.requireNonNull(target.getParent()))) {
            Optional<PosixFileAttributes> found = found(folder, name);
            if (found.isEmpty() && folder instanceof HandleFolder) {
                throw new NoSuchFileException(target.toString());
            }
            // Not waiting for whoever reads from a pipe: to read and to write is what opens it at once.
            Set<StandardOpenOption> options =
                    found.isPresent() ? Set.of(READ, WRITE) : Set.of(READ, WRITE, StandardOpenOption.CREATE_NEW);
            try (FileChannel channel = folder.open(name, options)) {
                if (found.isPresent() && folder instanceof HandleFolder) {
                    RegularFile.requireSame(target, found.get(), channel);
                }
                add(channel, lines);
            }
        }
    }

    private static Optional<PosixFileAttributes> found(Folder folder, Path name) throws IOException {
        PosixFileAttributes found;
        try {
            found = folder.look(name);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
        String place = folder.path().resolve(name).toString();
        if (!found.isRegularFile()) {
            String what = found.isDirectory() ? "is a directory" : "is not a regular file";
            throw new FileSystemException(place, null, what);
        }
        if (folder instanceof HandleFolder
                && !found.owner().equals(folder.look().owner())) {
            throw new FileSystemException(place, null, "does not belong to the owner of its folder");
        }
        return Optional.of(found);
    }

    private static void add(FileChannel channel, String lines) throws IOException {
        long end = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        boolean glued = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
        ByteBuffer text = ByteBuffer.wrap(((glued ? "\n" : "") + lines).getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
            end += channel.write(text, end);
        }
    }
}
