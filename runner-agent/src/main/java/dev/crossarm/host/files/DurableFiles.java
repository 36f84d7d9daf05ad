package dev.crossarm.host.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.crossarm.host.Accounts;
import dev.crossarm.host.FileProblems;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * {@link HostFiles} on the real file system. Everything new is made under a temporary name beside its target and
 * renamed; a real error removes the temporary entry, a kill leaves it for the next write to sweep away. Made for several
 * threads; a process has one instance, as another one would take its temporary entries for those of a kill.
 */
public final class DurableFiles implements HostFiles, LargeFiles {
    private static final Object MAKING_DIRECTORIES = new Object();

    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Checkpoint checkpoint;
    private final LeftOvers leftOvers = new LeftOvers();
    private final Accounts accounts = new Accounts();
    private final Replacement replacement;

    public DurableFiles(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        this.replacement = new Replacement(checkpoint, leftOvers);
    }

    @Override
    public void write(Path file, byte[] content, Ownership ownership) {
        Path target = file.toAbsolutePath();
        try {
            refuseAllBut(Kind.FILE, "write", target);
            leftOvers.sweep(target);
            ResolvedOwnership resolved = ResolvedOwnership.of(ownership, accounts);
            if (holds(target, content, resolved)) {
                return;
            }
            putInPlace(target, resolved, out -> out.write(content));
        } catch (IOException error) {
            throw FileProblems.translate("write", target, error);
        }
    }

    @Override
    public void write(Path file, Ownership ownership, Content content) {
        Path target = file.toAbsolutePath();
        try {
            refuseAllBut(Kind.FILE, "write", target);
            leftOvers.sweep(target);
            putInPlace(target, ResolvedOwnership.of(ownership, accounts), content);
        } catch (IOException error) {
            throw FileProblems.translate("write", target, error);
        }
    }

    private void putInPlace(Path target, ResolvedOwnership ownership, Content content) throws IOException {
        replacement.replace(target, temporary -> replacement.writeFile(temporary, ownership, content));
        checkpoint.reached("file-renamed");
        Replacement.syncDirectory(target.getParent());
    }

    @Override
    public Optional<byte[]> read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw FileProblems.directoryInPlace("read", file).asException();
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw FileProblems.somethingElseInPlace("read", file).asException();
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException error) {
            throw FileProblems.translate("read", file, error);
        }
    }

    @Override
    public void createDirectories(Path directory, Ownership ownership) {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path place = directory.toAbsolutePath().normalize();
                place != null && !Files.isDirectory(place);
                place = place.getParent()) {
            missing.push(place);
        }
        // Steps run side by side, and a rename replaces an empty directory: one that another step is about to fill
        // would be lost.
        synchronized (MAKING_DIRECTORIES) {
            for (Path place : missing) {
                createDirectory(place, ownership);
            }
        }
    }

    private void createDirectory(Path place, Ownership ownership) {
        try {
            if (Files.exists(place, NOFOLLOW_LINKS)) {
                if (Files.isDirectory(place)) {
                    return; // made in this moment by another step that runs beside this one
                }
                throw FileProblems.somethingElseInPlace("create the directory", place)
                        .asException();
            }
            leftOvers.sweep(place);
            ResolvedOwnership resolved = ResolvedOwnership.of(ownership, accounts);
            // Owner and mode come before the name: a kill in between must not leave a directory that looks foreign.
            Path temporary = leftOvers.reserve(place);
            try {
                Files.createDirectory(temporary, PRIVATE_DIRECTORY);
                resolved.apply(temporary);
                checkpoint.reached("directory-attributes-set");
                Files.move(temporary, place);
            } catch (IOException error) {
                Replacement.discard(temporary, error);
                // Another step may have made it in this moment; a rename onto it fails in more than one way.
                if (!Files.isDirectory(place)) {
                    throw error;
                }
            } finally {
                leftOvers.release(temporary);
            }
            checkpoint.reached("directory-made");
            Replacement.syncDirectory(place.getParent());
        } catch (IOException error) {
            throw FileProblems.translate("create the directory", place, error);
        }
    }

    @Override
    public void symlink(Path link, Path destination) {
        Path target = link.toAbsolutePath();
        try {
            refuseAllBut(Kind.LINK, "link", target);
            leftOvers.sweep(target);
            if (leadsTo(target, destination)) {
                return;
            }
            replacement.replace(target, temporary -> {
                Files.createSymbolicLink(temporary, destination);
                checkpoint.reached("temporary-link-made");
            });
            checkpoint.reached("link-made");
            Replacement.syncDirectory(target.getParent());
        } catch (IOException error) {
            throw FileProblems.translate("link", target, error);
        }
    }

    @Override
    public void delete(Path file) {
        Path target = file.toAbsolutePath();
        try {
            if (Files.isDirectory(target, NOFOLLOW_LINKS)) {
                throw FileProblems.directoryInPlace("delete", target).asException();
            }
            if (Files.deleteIfExists(target)) {
                checkpoint.reached("deleted");
                Replacement.syncDirectory(target.getParent());
            }
        } catch (IOException error) {
            throw FileProblems.translate("delete", target, error);
        }
    }

    @Override
    public void deleteTree(Path directory) {
        new TreeRemoval(checkpoint).remove(directory.toAbsolutePath());
    }

    private enum Kind {
        FILE,
        LINK
    }

    private static void refuseAllBut(Kind kind, String doing, Path target) {
        if (Files.isDirectory(target, NOFOLLOW_LINKS)) {
            throw FileProblems.directoryInPlace(doing, target).asException();
        }
        boolean link = Files.isSymbolicLink(target);
        if (kind == Kind.FILE && link) {
            throw FileProblems.linkInPlace(doing, target).asException();
        }
        boolean expected = kind == Kind.LINK ? link : Files.isRegularFile(target, NOFOLLOW_LINKS);
        if (!expected && Files.exists(target, NOFOLLOW_LINKS)) {
            throw FileProblems.somethingElseInPlace(doing, target).asException();
        }
    }

    private static boolean holds(Path target, byte[] content, ResolvedOwnership ownership) throws IOException {
        try {
            return Files.exists(target, NOFOLLOW_LINKS)
                    && Files.size(target) == content.length
                    && ownership.matches(target)
                    && Arrays.equals(Files.readAllBytes(target), content);
        } catch (AccessDeniedException | NoSuchFileException unreadable) {
            return false;
        }
    }

    private static boolean leadsTo(Path link, Path destination) throws IOException {
        try {
            return Files.readSymbolicLink(link).equals(destination);
        } catch (NoSuchFileException | NotLinkException other) {
            return false;
        }
    }
}
