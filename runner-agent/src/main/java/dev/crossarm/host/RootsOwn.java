package dev.crossarm.host;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;

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
        try {
            return reaches(path);
        } catch (IOException unknowable) {
            return false;
        }
    }

    private static boolean reaches(Path path) throws IOException {
        Deque<Path> rest = names(path.toAbsolutePath().normalize());
        Path at = ROOT;
        int links = 0;
        while (!rest.isEmpty()) {
            Path next = at.resolve(rest.removeFirst());
            Entry folder = Entry.of(at);
            Entry entry = Entry.of(next);
            boolean fixed = !folder.othersWrite() || (folder.sticky() && !entry.link());
            if (!fixed || folder.uid() != 0 || entry.uid() != 0 || links > MOST_LINKS) {
                return false;
            }
            if (entry.link()) {
                links++;
                names(at.resolve(Files.readSymbolicLink(next)).normalize())
                        .descendingIterator()
                        .forEachRemaining(rest::addFirst);
                next = ROOT;
            }
            at = next;
        }
        Entry reached = Entry.of(at);
        return reached.uid() == 0 && !reached.othersWrite();
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
        private static final int OTHERS = 0002;
        private static final int GROUP = 0020;

        static Entry of(Path path) throws IOException {
            Map<String, Object> found = Files.readAttributes(path, "unix:uid,gid,mode", NOFOLLOW_LINKS);
            return new Entry(number(found, "uid"), number(found, "gid"), number(found, "mode"));
        }

        private static int number(Map<String, Object> found, String name) {
            return (Integer) Objects.requireNonNull(found.get(name), name);
        }

        boolean link() {
            return (mode & TYPE) == LINK;
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
