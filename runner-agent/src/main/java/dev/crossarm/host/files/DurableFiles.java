package dev.crossarm.host.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.FileProblems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;

/**
 * {@link HostFiles} on the real file system. Everything new is made under a temporary name beside its target and
 * renamed; a real error removes the temporary entry, a kill leaves it for the next write to sweep away. Made for several
 * threads; a process has one instance, as another one would take its temporary entries for those of a kill.
 */
public final class DurableFiles implements HostFiles, LargeFiles {
    private static final Object MAKING_DIRECTORIES = new Object();

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
        in(file, "write", (folder, name) -> {
            refuseAllBut(Kind.FILE, "write", folder, name);
            leftOvers.sweep(folder, name);
            ResolvedOwnership resolved = ResolvedOwnership.of(ownership, accounts);
            if (!holds(folder, name, content, resolved)) {
                replacement.file(folder, name, resolved, out -> out.write(content));
            }
        });
    }

    @Override
    public void write(Path file, Ownership ownership, Content content) {
        in(file, "write", (folder, name) -> {
            refuseAllBut(Kind.FILE, "write", folder, name);
            leftOvers.sweep(folder, name);
            replacement.file(folder, name, ResolvedOwnership.of(ownership, accounts), content);
        });
    }

    /**
     * Copies a file, with its mode and the time of its last change, whole or not at all. The source is read as
     * {@link RegularFile} does. A copy can be made again, so it is not waited for until it is on disk.
     */
    public void copy(Path source, Path target) {
        in(target, "write", (folder, name) -> {
            refuseAllBut(Kind.FILE, "write", folder, name);
            leftOvers.sweep(folder, name);
            try (FileChannel from = RegularFile.open(source.toAbsolutePath())) {
                PosixFileAttributes like = Files.readAttributes(source, PosixFileAttributes.class);
                String mode = PosixFilePermissions.toString(like.permissions());
                replacement.copy(
                        folder,
                        name,
                        ResolvedOwnership.ofSelf(mode),
                        like.lastModifiedTime(),
                        to -> transfer(from, to));
            }
        });
    }

    private static void transfer(FileChannel from, FileChannel to) throws IOException {
        long done = 0;
        while (done < from.size()) {
            long moved = from.transferTo(done, from.size() - done, to);
            if (moved == 0) {
                return; // it has become shorter
            }
            done += moved;
        }
    }

    @FunctionalInterface
    private interface Work {
        void on(Folder folder, Path name) throws IOException;
    }

    /** Does it in the folder that holds the target, which nobody can exchange meanwhile. */
    private static void in(Path path, String doing, Work work) {
        Path target = path.toAbsolutePath();
        Path name = target.getFileName();
        Path parent = target.getParent();
        if (name == null || parent == null) {
            throw FileProblems.directoryInPlace(doing, target).asException();
        }
        try (Folder folder = FolderWalk.toChange(parent)) {
            work.on(folder, name);
        } catch (IOException error) {
            throw FileProblems.translate(doing, target, error);
        }
    }

    @Override
    public Optional<byte[]> read(Path file) {
        try {
            return RegularFile.readIfThere(file.toAbsolutePath(), RegularFile.HAND_WRITTEN);
        } catch (IOException error) {
            throw FileProblems.translate("read", file, error);
        }
    }

    @Override
    public void createDirectories(Path directory, Ownership ownership) {
        Deque<Path> missing = new ArrayDeque<>();
        Path there = directory.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.isDirectory(there)) {
            missing.push(Objects.requireNonNull(there.getFileName()));
            there = there.getParent();
        }
        if (missing.isEmpty()) {
            return;
        }
        // Steps run side by side, and a rename replaces an empty directory: one that another step is about to fill
        // would be lost.
        synchronized (MAKING_DIRECTORIES) {
            createDirectories(there, missing, ownership);
        }
    }

    private void createDirectories(Path there, Deque<Path> missing, Ownership ownership) {
        Path place = there;
        Folder folder = null;
        try {
            folder = FolderWalk.toChange(there);
            ResolvedOwnership last = ResolvedOwnership.of(ownership, accounts);
            while (!missing.isEmpty()) {
                Path name = missing.pop();
                place = place.resolve(name);
                createDirectory(folder, name, missing.isEmpty() ? last : last.onTheWay(folder.look()));
                Folder next = folder.enter(name);
                folder.close();
                folder = next;
            }
        } catch (IOException error) {
            throw FileProblems.translate("create the directory", place, error);
        } finally {
            if (folder != null) {
                folder.close();
            }
        }
    }

    private void createDirectory(Folder folder, Path name, ResolvedOwnership ownership) throws IOException {
        if (isDirectory(folder, name)) {
            return; // made in this moment by another step that runs beside this one
        }
        leftOvers.sweep(folder, name);
        try {
            replacement.directory(folder, name, ownership);
        } catch (IOException error) {
            // Another process may have made it in this moment; a rename onto it fails in more than one way.
            if (!isDirectory(folder, name)) {
                throw error;
            }
        }
    }

    private static boolean isDirectory(Folder folder, Path name) throws IOException {
        try {
            Path place = folder.path().resolve(name);
            boolean leads = folder instanceof PathFolder && Files.isDirectory(place);
            if (!leads && !folder.look(name).isDirectory()) {
                throw FileProblems.somethingElseInPlace("create the directory", place)
                        .asException();
            }
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    @Override
    public void give(Path directory, String user) {
        Account account = accounts.byName(user)
                .orElseThrow(() -> FileProblems.noSuchAccount("user", user).asException());
        in(directory, "change the owner of", (folder, name) -> {
            try (Folder tree = folder.enter(name)) {
                checkpoint.reached("giving");
                FolderChild.in(tree).give(account);
            }
            checkpoint.reached("given");
        });
    }

    @Override
    public void symlink(Path link, Path destination) {
        in(link, "link", (folder, name) -> {
            refuseAllBut(Kind.LINK, "link", folder, name);
            leftOvers.sweep(folder, name);
            if (!leadsTo(folder.path().resolve(name), destination)) {
                replacement.link(folder, name, destination);
            }
        });
    }

    @Override
    public void delete(Path file) {
        if (Files.notExists(file, NOFOLLOW_LINKS)) {
            return;
        }
        in(file, "delete", (folder, name) -> {
            try {
                if (folder.look(name).isDirectory()) {
                    throw FileProblems.directoryInPlace("delete", folder.path().resolve(name))
                            .asException();
                }
                folder.deleteFile(name);
            } catch (NoSuchFileException goneMeanwhile) {
                return;
            }
            checkpoint.reached("deleted");
            folder.sync();
        });
    }

    @Override
    public boolean deleteIfEmpty(Path directory) {
        boolean[] gone = {false};
        in(directory, "delete", (folder, name) -> {
            try {
                folder.deleteDirectory(name);
                gone[0] = true;
            } catch (DirectoryNotEmptyException | NoSuchFileException nothingToDo) {
                return;
            }
        });
        return gone[0];
    }

    @Override
    public void deleteTree(Path directory) {
        new TreeRemoval(checkpoint).remove(directory.toAbsolutePath());
    }

    /**
     * Renames an entry, whatever it is, into another folder of the same file system, and makes that survive a power cut. A file
     * takes the place of one that is there; a folder takes no place but that of an empty folder. By the handles of both folders: what
     * another account exchanges meanwhile leads nowhere else.
     */
    public void move(Path from, Path to) {
        in(
                from,
                "move",
                (source, name) -> in(to, "move to", (target, newName) -> {
                    try (HandleFolder out = HandleFolder.held(source);
                            HandleFolder into = HandleFolder.held(target)) {
                        into.take(out, name, newName);
                        checkpoint.reached("moved");
                        into.sync();
                        out.sync();
                    }
                }));
    }

    /**
     * A new folder to be filled, in place of one that is there by a kill, in a folder where only root, or only this account, can
     * change anything.
     *
     * @throws dev.crossarm.problem.CrossarmException when another account can change something there
     */
    public NewTree newTree(Path folder) {
        remove(folder);
        in(folder, "create the directory", (parent, name) -> {
            if (parent instanceof HandleFolder) {
                throw FileProblems.notRootsAlone(parent.path()).asException();
            }
            parent.makeDirectory(name);
            checkpoint.reached("tree-begun");
        });
        return new NewTree(folder.toAbsolutePath(), checkpoint);
    }

    private enum Kind {
        FILE,
        LINK
    }

    private static void refuseAllBut(Kind kind, String doing, Folder folder, Path name) throws IOException {
        Path target = folder.path().resolve(name);
        try {
            PosixFileAttributes found = folder.look(name);
            if (found.isDirectory()) {
                throw FileProblems.directoryInPlace(doing, target).asException();
            }
            if (kind == Kind.FILE && found.isSymbolicLink()) {
                throw FileProblems.linkInPlace(doing, target).asException();
            }
            if (kind == Kind.LINK ? !found.isSymbolicLink() : !found.isRegularFile()) {
                throw FileProblems.somethingElseInPlace(doing, target).asException();
            }
        } catch (NoSuchFileException free) {
            return;
        }
    }

    private static boolean holds(Folder folder, Path name, byte[] content, ResolvedOwnership ownership)
            throws IOException {
        try {
            if (folder.look(name).size() != content.length || !ownership.matches(folder, name)) {
                return false;
            }
            try (FileChannel channel = RegularFile.open(folder, name)) {
                return Arrays.equals(
                        RegularFile.content(folder.path().resolve(name), channel, content.length), content);
            }
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
