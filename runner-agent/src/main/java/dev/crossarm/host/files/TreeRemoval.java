package dev.crossarm.host.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.crossarm.host.FileProblems;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Removes a directory tree by handles and not by paths: an account that owns a folder inside it, or on the way to it,
 * and swaps it for a link meanwhile cannot lead the removal elsewhere. Refuses a tree that another file system is
 * mounted in.
 */
final class TreeRemoval {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** What lies deeper is moved up first: an account can make a tree deeper than a stack, or than handles go. */
    private static final int DEEPEST = 100;

    /** One that is made deeper as fast as it is removed is given up. */
    private static final int MOST_PASSES = 10_000;

    private final Checkpoint checkpoint;

    TreeRemoval(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    void remove(Path root) {
        try {
            if (!Files.exists(root, NOFOLLOW_LINKS)) {
                return;
            }
            if (Files.isSymbolicLink(root)) {
                throw FileProblems.linkInPlace("delete the directory", root).asException();
            }
            Path parent = root.getParent();
            Path name = root.getFileName();
            if (parent == null || name == null || !Files.isDirectory(root, NOFOLLOW_LINKS)) {
                throw FileProblems.somethingElseInPlace("delete the directory", root)
                        .asException();
            }
            refuseMounts(root);
            try (Folder folder = FolderWalk.toChange(parent);
                    HandleFolder handle = handle(folder)) {
                removeIn(handle, name);
            }
            checkpoint.reached("deleted");
        } catch (IOException error) {
            throw FileProblems.translate("delete", root, error);
        }
    }

    private static HandleFolder handle(Folder folder) throws IOException {
        return folder instanceof HandleFolder handle ? handle : HandleFolder.of(folder.path());
    }

    /** Removes an entry of our own making, a folder with all that is in it. */
    static void removeLeftOver(Folder folder, Path name) throws IOException {
        if (!folder.look(name).isDirectory()) {
            folder.deleteFile(name);
        } else if (folder instanceof HandleFolder handle) {
            new TreeRemoval(Checkpoint.NONE).removeIn(handle, name);
        } else {
            folder.deleteDirectory(name);
        }
    }

    private void removeIn(HandleFolder parent, Path name) throws IOException {
        try (HandleFolder tree = parent.handleOf(name)) {
            boolean more = true;
            for (int pass = 0; more && pass < MOST_PASSES; pass++) {
                more = empty(tree, tree, 0);
            }
        }
        parent.deleteDirectory(name);
    }

    /** Whether something was moved up into the tree's own folder, and has yet to be removed there. */
    private boolean empty(HandleFolder tree, HandleFolder directory, int depth) throws IOException {
        boolean moved = false;
        for (Path child : directory.names()) {
            moved |= removeEntry(tree, directory, child, depth);
        }
        return moved;
    }

    private boolean removeEntry(HandleFolder tree, HandleFolder directory, Path child, int depth) throws IOException {
        boolean moved = false;
        try {
            if (!directory.look(child).isDirectory()) {
                directory.deleteFile(child);
                checkpoint.reached("deleted");
            } else if (depth == DEEPEST) {
                tree.take(directory, child, Path.of(".crossarm-" + UUID.randomUUID()));
                moved = true;
            } else {
                try (HandleFolder inside = directory.handleOf(child)) {
                    moved = empty(tree, inside, depth + 1);
                }
                directory.deleteDirectory(child);
            }
        } catch (NoSuchFileException goneMeanwhile) {
            return moved;
        }
        return moved;
    }

    private static void refuseMounts(Path root) throws IOException {
        Path real = root.toRealPath();
        List<String> inside = Files.readString(MOUNTS)
                .lines()
                .map(line -> line.split(" ", -1)[4].replace("\\040", " "))
                .filter(point -> Path.of(point).startsWith(real))
                .toList();
        if (!inside.isEmpty()) {
            throw new Problem(
                            "mounted-inside",
                            "cannot delete " + root + ": another file system is mounted in it",
                            String.join("\n", inside),
                            inside.stream()
                                    .map(point -> "sudo umount " + FileProblems.quoted(Path.of(point)))
                                    .toList(),
                            ExitStatus.CANNOT_CREATE)
                    .asException();
        }
    }
}
