package dev.crossarm.host.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A {@link Folder} by its path: for an account other than root, which can lose nothing but what is its own; and for root
 * where only root can change what the path leads to.
 */
record PathFolder(Path path) implements Folder {
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    @Override
    public PosixFileAttributes look() throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class);
    }

    @Override
    public PosixFileAttributes look(Path name) throws IOException {
        return Files.readAttributes(path.resolve(name), PosixFileAttributes.class, NOFOLLOW_LINKS);
    }

    @Override
    public List<Path> names() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(Path::getFileName).toList();
        }
    }

    @Override
    public Folder enter(Path name) throws IOException {
        return FolderWalk.below(this, name);
    }

    @Override
    public FileChannel open(Path name, Set<? extends OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(NOFOLLOW_LINKS);
        return FileChannel.open(path.resolve(name), all, PRIVATE_FILE);
    }

    @Override
    public void makeDirectory(Path name) throws IOException {
        Files.createDirectory(path.resolve(name), PRIVATE_DIRECTORY);
    }

    @Override
    public void makeLink(Path name, Path destination) throws IOException {
        Files.createSymbolicLink(path.resolve(name), destination);
    }

    @Override
    public void own(Path name, ResolvedOwnership ownership) throws IOException {
        ownership.apply(path.resolve(name));
    }

    @Override
    public void date(Path name, FileTime changed) throws IOException {
        Files.getFileAttributeView(path.resolve(name), PosixFileAttributeView.class, NOFOLLOW_LINKS)
                .setTimes(changed, null, null);
    }

    @Override
    public void move(Path name, Path newName) throws IOException {
        Files.move(path.resolve(name), path.resolve(newName), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        Files.delete(path.resolve(name));
    }

    @Override
    public void deleteDirectory(Path name) throws IOException {
        Files.delete(path.resolve(name));
    }

    /** A folder we may write but not read cannot be asked to. */
    @Override
    public void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException unreadable) {
            return;
        }
    }

    @Override
    public void close() {
        // a path needs no closing
    }
}
