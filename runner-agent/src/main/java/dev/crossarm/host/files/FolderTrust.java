package dev.crossarm.host.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which accounts can change what lies in a folder. Root runs nothing out of a folder, and puts none on a PATH of its own, that
 * another account can write, or swap for one of its own by a folder above it.
 */
public final class FolderTrust {
    private static final int GROUP_OR_OTHERS_WRITE = 0022;
    private static final int STICKY = 01000;
    private static final String ATTRIBUTES = "unix:uid,gid,mode";

    private FolderTrust() {}

    /**
     * The first of this folder and those above it that an account other than root and the process's own can write; empty when
     * there is none. What cannot be read counts as such a folder.
     */
    public static Optional<Path> writableByAnother(Path folder) {
        try {
            int own = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            Path named = folder.toAbsolutePath().normalize();
            Set<Path> chain = new LinkedHashSet<>();
            above(named, chain);
            Path there = named;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            Path real = there.toRealPath();
            above(real, chain);
            boolean whole = there.equals(named);
            for (Path one : chain) {
                boolean last = !whole && (one.equals(there) || one.equals(real));
                if (Files.exists(one) && anotherCanWrite(one, own, last)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of(folder);
        }
    }

    /** An owner without a name is of another machine: a container's home that its host's runner mounted. */
    private static boolean hasName(Path folder) throws IOException {
        return !Files.getOwner(folder).getName().matches("\\d+");
    }

    private static void above(Path folder, Set<Path> chain) {
        Path root = folder.getRoot();
        if (root != null) {
            chain.add(root);
        }
        for (int i = 1; i <= folder.getNameCount(); i++) {
            chain.add((root == null ? Path.of("/") : root).resolve(folder.subpath(0, i)));
        }
    }

    /** @param last whether the next name is not there yet: a sticky bit keeps nobody from making it */
    private static boolean anotherCanWrite(Path folder, int own, boolean last) throws IOException {
        Map<String, Object> found = Files.readAttributes(folder, ATTRIBUTES);
        int uid = number(found, "uid");
        int mode = number(found, "mode");
        if (uid != 0 && uid != own && hasName(folder)) {
            return true;
        }
        int writable = mode & GROUP_OR_OTHERS_WRITE;
        boolean roots = (writable & 0002) == 0 && number(found, "gid") == 0;
        return writable != 0 && !roots && ((mode & STICKY) == 0 || last);
    }

    private static int number(Map<String, Object> found, String name) {
        return (Integer) Objects.requireNonNull(found.get(name), name);
    }
}
