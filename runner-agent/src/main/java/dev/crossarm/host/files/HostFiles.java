package dev.crossarm.host.files;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes to the file system so that a reader, or a kill at any moment, sees the old state or the new one and nothing
 * between. As root, no link is followed that another account can have made, and what such an account exchanges meanwhile
 * changes nothing outside its own folders. I/O errors come out as {@link dev.crossarm.problem.CrossarmException} naming the path: no space (73), read-only file
 * system (73), missing right (77), not what was expected there, such as a directory in a file's place (73).
 */
public interface HostFiles {

    /**
     * Puts this content in place: temporary file in the same directory, fsync, owner and mode, rename, fsync of the
     * directory. An equal file with equal owner and mode is left alone. Left-overs of an earlier kill beside the target
     * are removed. A symbolic link as target is refused.
     */
    void write(Path target, byte[] content, Ownership ownership);

    /** Reads a whole file of up to 1 MiB as {@link RegularFile} does; empty when there is none. */
    Optional<byte[]> read(Path file);

    /**
     * Makes a directory and its missing parents. The directory gets the ownership, when it was missing; a parent that was
     * missing belongs to whoever owns the folder it is made in.
     */
    void createDirectories(Path directory, Ownership ownership);

    /**
     * Gives a directory to an account of this name, with all in it that belongs to the directory's present owner. Links
     * are not followed.
     */
    void give(Path directory, String user);

    /** Makes or replaces, atomically, a symbolic link. A directory or regular file in its place is refused. */
    void symlink(Path link, Path destination);

    /** Removes a file or link; absent is fine. */
    void delete(Path file);

    /** Removes a directory that holds nothing; whether it did. One that holds something stays; absent is fine. */
    boolean deleteIfEmpty(Path directory);

    /** Removes a directory tree without following links; absent is fine. */
    void deleteTree(Path directory);

    /** Removes what is there, be it a file, a link or a directory tree; absent is fine. */
    default void remove(Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            deleteTree(path);
        } else {
            delete(path);
        }
    }
}
