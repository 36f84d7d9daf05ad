package dev.crossarm.host.files;

import dev.crossarm.host.FileProblems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * A folder that is filled with what somebody else named: the entries of an archive. It lies where no other account can change
 * anything, nothing in it is made through a link, twice, or outside, and no link in it leads outside. Files get the mode 644 or
 * 755, folders 755; until {@link #open} only this process's account can enter. Nothing is waited for until it is on disk.
 */
public final class NewTree {
    private static final Path ITSELF = Path.of("");
    private static final Path UP = Path.of("..");

    private final Path root;
    private final Checkpoint checkpoint;
    private final Set<Path> folders = new HashSet<>(Set.of(ITSELF));
    private final Set<Path> files = new HashSet<>();

    NewTree(Path root, Checkpoint checkpoint) {
        this.root = root;
        this.checkpoint = checkpoint;
    }

    /** What an entry asks for is refused; the message says why. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }

        /** Why, for people. */
        public String why() {
            return String.valueOf(getMessage());
        }
    }

    /** Where it is being made. */
    public Path root() {
        return root;
    }

    /** Makes a folder and its missing parents; one that is there is fine. */
    public void folder(Path name) {
        Path inside = inside(name);
        makeFolder(inside);
    }

    /**
     * Makes a file.
     *
     * @param program whether it is executable
     */
    public void file(Path name, boolean program, LargeFiles.Content content) {
        Path inside = free(name);
        Path file = root.resolve(inside);
        try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PathFolder.PRIVATE_FILE);
                OutputStream out = Channels.newOutputStream(channel)) {
            content.writeTo(out);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        } catch (IOException error) {
            throw FileProblems.translate("write", file, error);
        }
        files.add(inside);
        checkpoint.reached("tree-file-made");
    }

    /** Makes a symbolic link that leads to something inside, be it there already or not. */
    public void link(Path name, Path target) {
        if (target.isAbsolute() || leadsOut(inside(name), target)) {
            throw new Refused("the link " + name + " leads to " + target + ", which is outside");
        }
        Path inside = free(name);
        try {
            Files.createSymbolicLink(root.resolve(inside), target);
        } catch (IOException error) {
            throw FileProblems.translate("link", root.resolve(inside), error);
        }
        files.add(inside);
        checkpoint.reached("tree-link-made");
    }

    /**
     * From a real folder, so many steps up and then only down stay inside: each folder on the way down is a real one, or a link
     * of which the same is true. A step up behind a name might go up from where a link leads.
     */
    private static boolean leadsOut(Path link, Path target) {
        int up = 0;
        while (up < target.getNameCount() && target.getName(up).equals(UP)) {
            up++;
        }
        for (int next = up; next < target.getNameCount(); next++) {
            if (target.getName(next).equals(UP)) {
                return true;
            }
        }
        return up >= link.getNameCount();
    }

    /** Lets everybody read it. */
    public void open() {
        try {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException error) {
            throw FileProblems.translate("open", root, error);
        }
        checkpoint.reached("tree-open");
    }

    private static Path inside(Path name) {
        for (Path part : name) {
            if (part.equals(UP)) {
                throw new Refused("the entry " + name + " leads out of its folder");
            }
        }
        if (name.isAbsolute()) {
            throw new Refused("the entry " + name + " is an absolute path");
        }
        return name.normalize();
    }

    private Path free(Path name) {
        Path inside = inside(name);
        if (folders.contains(inside) || files.contains(inside)) {
            throw new Refused("the entry " + name + " comes twice");
        }
        makeFolder(Objects.requireNonNullElse(inside.getParent(), ITSELF));
        return inside;
    }

    private void makeFolder(Path folder) {
        if (folders.contains(folder)) {
            return;
        }
        if (files.contains(folder)) {
            throw new Refused("the entry " + folder + " is a folder, and a file or link at the same time");
        }
        makeFolder(Objects.requireNonNullElse(folder.getParent(), ITSELF));
        Path made = root.resolve(folder);
        try {
            Files.createDirectory(made);
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException error) {
            throw FileProblems.translate("create the directory", made, error);
        }
        folders.add(folder);
    }
}
