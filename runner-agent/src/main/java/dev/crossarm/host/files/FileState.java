package dev.crossarm.host.files;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What checks ask of the file system besides contents; never writes. */
public final class FileState {

    private FileState() {}

    /** Where a symbolic link leads, made absolute; empty when there is none. */
    public static Optional<Path> link(Path path) {
        try {
            return Optional.of(path.resolveSibling(Files.readSymbolicLink(path)).normalize());
        } catch (NoSuchFileException | NotLinkException | NotDirectoryException none) {
            return Optional.empty();
        } catch (IOException error) {
            throw unreadable(path, error);
        }
    }

    /** Whether there is anything under this name, a link that leads nowhere included. */
    public static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether it is a regular file itself and not a link to one. */
    public static boolean isPlainFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The entries of a directory in a stable order; none when it is not there. */
    public static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException error) {
            throw unreadable(directory, error);
        }
    }

    /**
     * A directory and all that is below it, through no link; a directory that is exchanged for a link meanwhile gives names
     * that are elsewhere, so these are for looking at, and for reading as {@link RegularFile} does.
     *
     * @throws IOException when a part of it cannot be listed
     */
    public static List<Path> tree(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.toList();
        } catch (UncheckedIOException inTree) {
            throw new IOException(inTree.getCause());
        }
    }

    /** What lies in a directory besides what belongs there. */
    public static List<Path> leftOvers(Path directory, Path... belongs) {
        List<Path> kept = List.of(belongs);
        return children(directory).stream()
                .filter(entry -> !kept.contains(entry))
                .toList();
    }

    /** Permissions as {@code ls} shows them, nine characters. */
    public static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException error) {
            throw unreadable(path, error);
        }
    }

    /** The account that owns it. */
    public static String owner(Path path) {
        try {
            return Files.getOwner(path).getName();
        } catch (IOException error) {
            throw unreadable(path, error);
        }
    }

    /** Owner, group and mode of a file, no link, as they are: for writing it anew without changing them. */
    public static Ownership ownership(Path file) {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Ownership(
                    Optional.of(attributes.owner().getName()),
                    Optional.of(attributes.group().getName()),
                    PosixFilePermissions.toString(attributes.permissions()));
        } catch (IOException error) {
            throw unreadable(file, error);
        }
    }

    /** An error of reading, translated. */
    public static CrossarmException unreadable(Path path, IOException error) {
        return Problem.of(ExitStatus.NO_PERMISSION, "cannot-read", "cannot read " + path, "sudo ls -ld " + path)
                .withDetail(error.toString())
                .asException(error);
    }
}
