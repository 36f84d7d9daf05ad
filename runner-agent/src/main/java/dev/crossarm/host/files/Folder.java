package dev.crossarm.host.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * A folder that is held while its entries are looked at and changed. Entries are named by their bare names, and a link
 * among them is never followed. {@link FolderWalk} opens folders.
 */
interface Folder extends Closeable {

    /** Where it was when it was opened; for messages. */
    Path path();

    /** Owner, group and mode of the folder itself. */
    PosixFileAttributes look() throws IOException;

    /** What an entry is. */
    PosixFileAttributes look(Path name) throws IOException;

    /** The names in it. */
    List<Path> names() throws IOException;

    /** A folder in it; an entry of another kind is an error. */
    Folder enter(Path name) throws IOException;

    /** Opens a file in it; one that is made is readable and writable for its owner alone. */
    FileChannel open(Path name, Set<? extends OpenOption> options) throws IOException;

    /** Makes a folder that is its owner's alone. */
    void makeDirectory(Path name) throws IOException;

    /** Makes a symbolic link. */
    void makeLink(Path name, Path destination) throws IOException;

    /** Gives an entry that was just made its owner and mode. */
    void own(Path name, ResolvedOwnership ownership) throws IOException;

    /** Sets when an entry that was just made was changed last. */
    void date(Path name, FileTime changed) throws IOException;

    /** Renames an entry, in one step and over what is there. */
    void move(Path name, Path newName) throws IOException;

    /** Removes a file or link. */
    void deleteFile(Path name) throws IOException;

    /** Removes an empty folder. */
    void deleteDirectory(Path name) throws IOException;

    /** Makes renames and removals survive a power cut. */
    void sync() throws IOException;

    @Override
    void close();
}
