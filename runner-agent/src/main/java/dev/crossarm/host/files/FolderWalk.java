package dev.crossarm.host.files;

import dev.crossarm.host.FileProblems;
import dev.crossarm.host.RootsOwn;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;

/**
 * The way from {@code /} to a folder or file, as root goes it: by path as long as every folder on it is root's and
 * nobody else may write there, then from handle to handle. An account other than root goes by path.
 *
 * <p>A link that only root can have made is followed. One that another account may have made is an error where
 * something is to be changed; where something is only read, it is followed, and {@link Place#account} says whose it was.
 */
final class FolderWalk implements AutoCloseable {
    private static final Path ROOT = Path.of("/");
    private static final int MOST_LINKS = 40;

    private final Path wanted;
    private final boolean reading;
    private final Deque<Path> rest = new ArrayDeque<>();
    private Folder at;
    private Optional<UserPrincipal> account = Optional.empty();
    private boolean open;
    private int links;

    private FolderWalk(Path wanted, boolean reading) throws IOException {
        this.wanted = wanted;
        this.reading = reading;
        Path way = wanted.toAbsolutePath().normalize();
        // Most ways are root's to the end, and a compiler has hundreds of files: the same by numbers takes a fifth of
        // the time.
        RootsOwn.Reach reach = RootsOwn.reach(reading ? Objects.requireNonNullElse(way.getParent(), ROOT) : way);
        at = new PathFolder(reach.folder());
        open = reach.passable();
        for (int next = reach.folder().getNameCount(); next < way.getNameCount(); next++) {
            rest.add(way.getName(next));
        }
    }

    /** Opens a folder to change something in it. */
    static Folder toChange(Path folder) throws IOException {
        if (!RootsOwn.root()) {
            return new PathFolder(folder.toAbsolutePath());
        }
        try (FolderWalk walk = new FolderWalk(folder, false)) {
            return walk.folder();
        }
    }

    /**
     * A file's name in the folder that holds it.
     *
     * @param folder the caller closes it
     * @param account whose link led there; empty when none did that an account other than root can have made
     * @param open whether everybody may pass the folders on the way from that link
     */
    record Place(Folder folder, Path name, Optional<UserPrincipal> account, boolean open) {}

    /** As root: where a file to be read lies. */
    static Place toRead(Path file) throws IOException {
        try (FolderWalk walk = new FolderWalk(file, true)) {
            return walk.file();
        }
    }

    private Folder folder() throws IOException {
        while (!rest.isEmpty()) {
            step();
        }
        return handOver();
    }

    private Place file() throws IOException {
        while (!rest.isEmpty()) {
            Path name = rest.getFirst();
            if (rest.size() == 1 && !at.look(name).isSymbolicLink()) {
                boolean passable = open;
                return new Place(handOver(), name, account, passable);
            }
            step();
        }
        throw FileProblems.directoryInPlace("read", wanted).asException();
    }

    private Folder handOver() {
        Folder reached = at;
        at = new PathFolder(ROOT);
        return reached;
    }

    private void step() throws IOException {
        Path name = rest.removeFirst();
        PosixFileAttributes entry = at.look(name);
        if (entry.isSymbolicLink()) {
            follow(name, entry);
            return;
        }
        if (!entry.isDirectory()) {
            throw new NotDirectoryException(at.path().resolve(name).toString());
        }
        enter(at.enter(name));
        open &= entry.permissions().contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    private void follow(Path name, PosixFileAttributes link) throws IOException {
        Path place = at.path().resolve(name);
        if (++links > MOST_LINKS) {
            throw new FileSystemLoopException(wanted.toString());
        }
        boolean foreign = !(at instanceof PathFolder) || !RootsOwn.owns(link);
        if (foreign && !reading) {
            throw FileProblems.linkOnTheWay(wanted, place).asException();
        }
        // Whatever the name is exchanged for now, the place it leads to is judged as this one was.
        Path target = at.path().resolve(Files.readSymbolicLink(place)).normalize();
        if (foreign && account.isEmpty()) {
            account = Optional.of(RootsOwn.owns(link) ? at.look().owner() : link.owner());
            open = true;
        }
        names(target).descendingIterator().forEachRemaining(rest::addFirst);
        enter(new PathFolder(ROOT));
    }

    private void enter(Folder next) {
        at.close();
        at = next;
    }

    private static Deque<Path> names(Path path) {
        Deque<Path> names = new ArrayDeque<>();
        path.forEach(names::add);
        return names;
    }

    /** The folder of this name, which is no link: by path where only root can change what is there, else by handle. */
    static Folder below(Folder parent, Path name) throws IOException {
        Path path = parent.path().resolve(name);
        if (!RootsOwn.root()) {
            return new PathFolder(path);
        }
        PosixFileAttributes entry = parent.look(name);
        if (!entry.isDirectory()) {
            throw new NotDirectoryException(path.toString());
        }
        boolean fixed = parent instanceof PathFolder || (RootsOwn.owns(entry) && isSticky(parent));
        if (fixed && RootsOwn.owns(entry) && !RootsOwn.othersWrite(entry)) {
            return new PathFolder(path);
        }
        return parent instanceof HandleFolder handle ? handle.handleOf(name) : HandleFolder.of(path);
    }

    /** In such a folder (/tmp) everybody may make entries, and only root can exchange those that are root's. */
    private static boolean isSticky(Folder folder) throws IOException {
        Path parent = folder.path().getParent();
        if (parent == null || !RootsOwn.owns(folder.look())) {
            return false;
        }
        try (Folder above = toChange(parent)) {
            return RootsOwn.sticky(folder.path()) && above instanceof PathFolder;
        } catch (FileSystemException elsewhere) {
            return false;
        }
    }

    @Override
    public void close() {
        at.close();
    }
}
