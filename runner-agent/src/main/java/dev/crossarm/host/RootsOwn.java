package dev.crossarm.host;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Tells root what no other account can change. Meaningful in a process of root's only. */
public final class RootsOwn {
    private static final Path SELF = Path.of("/proc/self");
    private static final Path ROOT = Path.of("/");
    private static final int MOST_LINKS = 40;
    private static final int STICKY = 01000;

    private RootsOwn() {}

    /** Whether this process is root's. */
    public static boolean root() throws IOException {
        return ((Integer) Files.getAttribute(SELF, "unix:uid")) == 0;
    }

    /**
     * Whether only root can change what this path leads to, and what is in it: every folder on it, and what links lead to,
     * belongs to root, and nobody else may write there. False when it is not there.
     */
    public static boolean holds(Path path) {
        return Files.exists(path) && writableByAnother(path, owner -> false).isEmpty();
    }

    /**
     * The first place on the way to what this path leads to where an account other than root, and those trusted besides, can
     * change what is there or what comes next: a folder, a link, or what was named itself. Empty when there is none. What
     * cannot be looked at counts as such a place; what is missing is judged by the folder it would be made in.
     *
     * @param trusted owners besides root
     */
    public static Optional<Path> writableByAnother(Path path, Predicate<UserPrincipal> trusted) {
        try {
            return open(names(path.toAbsolutePath()), trusted);
        } catch (IOException unknowable) {
            return Optional.of(path);
        }
    }

    private static Optional<Path> open(Deque<Path> rest, Predicate<UserPrincipal> trusted) throws IOException {
        Path at = ROOT;
        Entry folder = Entry.of(at);
        int links = 0;
        while (!rest.isEmpty()) {
            Path next = next(at, rest.removeFirst());
            Optional<Entry> found = Entry.ifThere(next);
            if (folder.othersWrite()
                    && !(folder.sticky() && found.filter(Entry::stays).isPresent())) {
                return Optional.of(at);
            }
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Entry entry = found.get();
            boolean theirs = entry.uid() != 0 && !trusted.test(Files.getOwner(next, NOFOLLOW_LINKS));
            if (theirs || links > MOST_LINKS) {
                return Optional.of(next);
            }
            if (entry.link()) {
                links++;
                Path target = Files.readSymbolicLink(next);
                names(target).descendingIterator().forEachRemaining(rest::addFirst);
                next = target.isAbsolute() ? ROOT : at;
                entry = Entry.of(next);
            }
            at = next;
            folder = entry;
        }
        return folder.othersWrite() ? Optional.of(at) : Optional.empty();
    }

    /**
     * A folder's path without its links. To root, a link that another account can have made leads to a folder of that account
     * only: it must not choose where root works.
     *
     * @throws dev.crossarm.problem.CrossarmException naming a link that leads elsewhere
     */
    public static Path real(Path path) throws IOException {
        if (!root()) {
            return path.toRealPath();
        }
        Map<Path, Integer> foreign = new LinkedHashMap<>();
        Deque<Path> rest = names(path.toAbsolutePath());
        Path at = ROOT;
        Entry folder = Entry.of(at);
        boolean theirs = false;
        for (int links = 0; !rest.isEmpty(); ) {
            Path next = next(at, rest.removeFirst());
            Entry entry = Entry.of(next);
            theirs |= entry.uid() != 0 || (folder.othersWrite() && !(folder.sticky() && entry.stays()));
            if (entry.link()) {
                if (++links > MOST_LINKS) {
                    throw new FileSystemLoopException(path.toString());
                }
                if (theirs) {
                    foreign.put(next, entry.uid() != 0 ? entry.uid() : folder.uid());
                }
                Path target = Files.readSymbolicLink(next);
                names(target).descendingIterator().forEachRemaining(rest::addFirst);
                next = target.isAbsolute() ? ROOT : at;
                entry = Entry.of(next);
                theirs &= !target.isAbsolute();
            }
            at = next;
            folder = entry;
        }
        for (Map.Entry<Path, Integer> link : foreign.entrySet()) {
            if (link.getValue() == 0 || link.getValue() != folder.uid()) {
                throw FileProblems.linkElsewhere(path, link.getKey()).asException();
            }
        }
        return at;
    }

    /**
     * How far a way is root's.
     *
     * @param folder the last one that is
     * @param passable whether everybody may pass it and those above it
     */
    public record Reach(Path folder, boolean passable) {}

    /** How far an absolute path without {@code ..} leads from {@code /} through folders, no links, that only root can change. */
    public static Reach reach(Path path) throws IOException {
        Path at = ROOT;
        boolean passable = true;
        for (Path name : path) {
            Path next = at.resolve(name);
            Optional<Entry> entry = Entry.ifThere(next);
            if (entry.isEmpty() || !entry.get().rootsFolder()) {
                break;
            }
            passable &= entry.get().everybodyPasses();
            at = next;
        }
        return new Reach(at, passable);
    }

    /** The folder holds no link on its way, so that its parent is what {@code ..} leads to. */
    private static Path next(Path folder, Path name) {
        if (name.toString().equals("..")) {
            return Objects.requireNonNullElse(folder.getParent(), ROOT);
        }
        return folder.resolve(name).normalize();
    }

    private static Deque<Path> names(Path path) {
        Deque<Path> names = new ArrayDeque<>();
        path.forEach(names::add);
        return names;
    }

    /** By numbers: looking up names takes longer than all the rest. */
    private record Entry(int uid, int gid, int mode) {
        private static final int TYPE = 0170000;
        private static final int LINK = 0120000;
        private static final int FOLDER = 0040000;
        private static final int OTHERS_PASS = 0001;
        private static final int OTHERS = 0002;
        private static final int GROUP = 0020;

        static Entry of(Path path) throws IOException {
            Map<String, Object> found = Files.readAttributes(path, "unix:uid,gid,mode", NOFOLLOW_LINKS);
            return new Entry(number(found, "uid"), number(found, "gid"), number(found, "mode"));
        }

        static Optional<Entry> ifThere(Path path) throws IOException {
            try {
                return Optional.of(of(path));
            } catch (NoSuchFileException | NotDirectoryException missing) {
                return Optional.empty();
            }
        }

        private static int number(Map<String, Object> found, String name) {
            return (Integer) Objects.requireNonNull(found.get(name), name);
        }

        boolean link() {
            return (mode & TYPE) == LINK;
        }

        boolean rootsFolder() {
            return (mode & TYPE) == FOLDER && uid == 0 && !othersWrite();
        }

        boolean everybodyPasses() {
            return (mode & OTHERS_PASS) != 0;
        }

        /** A sticky bit keeps nobody from giving a link of root's a second name there. */
        boolean stays() {
            return !link();
        }

        boolean sticky() {
            return (mode & STICKY) != 0;
        }

        boolean othersWrite() {
            return !link() && ((mode & OTHERS) != 0 || ((mode & GROUP) != 0 && gid != 0));
        }
    }

    /** Whether everybody may make entries in it and only their owner, or root, may exchange them: {@code /tmp}. */
    public static boolean sticky(Path folder) throws IOException {
        return Entry.of(folder).sticky();
    }

    /** Whether it belongs to the account of this process. */
    public static boolean owns(PosixFileAttributes entry) throws IOException {
        return entry.owner().equals(Files.getOwner(SELF));
    }

    /** Whether an account besides the owner and root's group may write it. */
    public static boolean othersWrite(PosixFileAttributes entry) {
        return entry.permissions().contains(PosixFilePermission.OTHERS_WRITE)
                || (entry.permissions().contains(PosixFilePermission.GROUP_WRITE)
                        && !entry.group().getName().equals("root"));
    }
}
