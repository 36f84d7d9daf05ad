package dev.crossarm.plan;

import dev.crossarm.host.files.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files and folders that an answer about a host was read from. While none of them changes, the same question has the
 * same answer. Links are followed, so that a change behind one counts too. What is not there counts as well: that it comes
 * is a change.
 */
public final class Inputs {

    /** How much of a file or folder the answer depends on. */
    enum Depth {
        /** Content, owner and mode of a file; names in a folder. */
        WHOLE,
        /** That it is there, what it is, its owner and mode: of a folder in which others work. */
        PLACE
    }

    /** Links that lead to each other end somewhere. */
    private static final int MOST_LINKS = 40;

    private final Map<Path, Depth> found = new TreeMap<>();
    private boolean complete = true;

    /** A file's content, or the names in a folder. */
    public Inputs whole(Path path) {
        return withLinks(path, Depth.WHOLE);
    }

    /** That something is there and whose it is; what is in it does not matter. */
    public Inputs place(Path path) {
        return withLinks(path, Depth.PLACE);
    }

    /** A folder with everything below it; links in it are followed to what they name, and no further down. */
    public Inputs tree(Path directory) {
        whole(directory);
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return this;
        }
        try {
            FileState.tree(directory).forEach(this::whole);
            return this;
        } catch (IOException unreadable) {
            return incomplete();
        }
    }

    /** Something has a say that is not in these files, or not yet: no stamps can be taken of them. */
    public Inputs incomplete() {
        complete = false;
        return this;
    }

    /** These too. */
    public Inputs with(Inputs more) {
        complete &= more.complete;
        more.found.forEach(this::add);
        return this;
    }

    private Inputs withLinks(Path path, Depth depth) {
        add(path, depth);
        Path current = path;
        for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(current); i++) {
            try {
                current =
                        current.resolveSibling(Files.readSymbolicLink(current)).normalize();
            } catch (IOException gone) {
                break;
            }
            add(current, depth);
        }
        return this;
    }

    private void add(Path path, Depth depth) {
        if (found.merge(path, depth, (one, other) -> one == Depth.WHOLE ? one : other) == depth) {
            Path above = path.getParent();
            // Whoever may not pass through a folder above does not get here, whatever is here.
            if (above != null && !found.containsKey(above)) {
                add(above, Depth.PLACE);
            }
        }
    }

    boolean isComplete() {
        return complete;
    }

    Map<Path, Depth> all() {
        return Collections.unmodifiableMap(found);
    }
}
