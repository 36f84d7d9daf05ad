package dev.crossarm.host.files;

import dev.crossarm.host.FileProblems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file behind a {@link HostLock}. Whoever holds the lock may delete it (a removal takes everything of ours away),
 * so a lock counts only while its path still leads to the file that was locked: else one process would hold the lock on
 * a deleted file beside another that holds it on the new one. Not thread-safe.
 */
final class LockFile {
    private final Path path;
    private @Nullable FileChannel channel;
    private @Nullable Object identity;

    LockFile(Path path) {
        this.path = path;
    }

    /** The lock, or nothing while another process holds it. The folder must be there. */
    Optional<FileLock> tryLock() throws IOException {
        while (true) {
            FileLock lock = open().tryLock();
            if (lock == null) {
                if (stillThere()) {
                    return Optional.empty();
                }
            } else if (stillThere()) {
                return Optional.of(lock);
            }
            forget();
        }
    }

    /** Kept open while the path leads to it: the kernel gives a process's lock up when any handle to the file closes. */
    private FileChannel open() throws IOException {
        FileChannel known = channel;
        if (known == null || !known.isOpen()) {
            known = opened();
            channel = known;
            identity = present();
        }
        return known;
    }

    private FileChannel opened() throws IOException {
        Path name = Objects.requireNonNull(path.getFileName());
        try (Folder folder = FolderWalk.toChange(Objects.requireNonNull(path.getParent()))) {
            requireRegular(folder, name);
            // To read as well: a named pipe that has come into the place since would be opened at once.
            return folder.open(
                    name, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        }
    }

    /** Opening a named pipe to write would wait for a reader. */
    private void requireRegular(Folder folder, Path name) throws IOException {
        try {
            if (!folder.look(name).isRegularFile()) {
                throw FileProblems.somethingElseInPlace("lock", path).asException();
            }
        } catch (NoSuchFileException free) {
            return;
        }
    }

    private boolean stillThere() throws IOException {
        Object known = identity;
        return known != null && known.equals(present());
    }

    /** Device and inode of what the path leads to now; null when nothing is there. */
    private @Nullable Object present() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException deleted) {
            return null;
        }
    }

    private void forget() throws IOException {
        FileChannel known = channel;
        channel = null;
        identity = null;
        if (known != null) {
            known.close();
        }
    }
}
