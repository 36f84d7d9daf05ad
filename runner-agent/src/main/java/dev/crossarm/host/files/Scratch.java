package dev.crossarm.host.files;

import dev.crossarm.host.RootsOwn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A folder that is this process's alone, for programs that make a new file out of an old one. It lies beside the file it is
 * meant for; as root, where another account could exchange it there, it lies in the machine's temporary folder, and files
 * come and go by copy. Closing it removes it with what is left in it.
 */
public final class Scratch implements Closeable {
    private final DurableFiles files;
    private final Path folder;
    private final boolean beside;

    private Scratch(DurableFiles files, Path folder, boolean beside) {
        this.files = files;
        this.folder = folder;
        this.beside = beside;
    }

    /** A new folder for making what is to come into that one. */
    public static Scratch near(DurableFiles files, Path target) throws IOException {
        boolean beside = !RootsOwn.root() || RootsOwn.holds(target);
        Path folder = beside ? Files.createTempDirectory(target, ".crossarm-") : Files.createTempDirectory("crossarm-");
        return new Scratch(files, folder, beside);
    }

    /** Where a file of this name is made. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /** A file to give to a program: itself, or a copy where another account could exchange it meanwhile. */
    public Path readable(Path file) {
        if (beside) {
            return file;
        }
        Path copy = folder.resolve("original-" + Objects.requireNonNull(file.getFileName()));
        files.copy(file, copy);
        return copy;
    }

    /** Gives a file that was made here a mode, nine characters as {@code ls} shows them. */
    public void mode(Path made, String mode) throws IOException {
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
    }

    /** Puts a file that was made here in its place, in one step and over what is there. */
    public void put(Path made, Path target) throws IOException {
        if (beside) {
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            files.copy(made, target);
        }
    }

    @Override
    public void close() throws IOException {
        for (Path left : FileState.children(folder)) {
            Files.deleteIfExists(left);
        }
        Files.deleteIfExists(folder);
    }

    /** An empty file in that folder which has no name any more: only this process has it, and nobody after it. */
    public static FileChannel nameless(Path folder) throws IOException {
        try (Folder held = FolderWalk.toChange(folder)) {
            Path name = Path.of(".crossarm-" + UUID.randomUUID());
            FileChannel file = held.open(
                    name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
            held.deleteFile(name);
            return file;
        }
    }
}
