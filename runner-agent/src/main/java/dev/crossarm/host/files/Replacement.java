package dev.crossarm.host.files;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;

/**
 * Puts something new in the place of something old in one move. In a folder of another account's it is made in a folder
 * inside that is root's alone by then: what root gives to the account, or opens to it, is what root has made there, and
 * nothing that was exchanged for it.
 */
final class Replacement {
    private static final Set<StandardOpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final Path STAGED = Path.of("content");

    private final Checkpoint checkpoint;
    private final LeftOvers leftOvers;

    Replacement(Checkpoint checkpoint, LeftOvers leftOvers) {
        this.checkpoint = checkpoint;
        this.leftOvers = leftOvers;
    }

    @FunctionalInterface
    private interface Making {
        /** Makes the temporary entry and moves it to its place. */
        void make(Path temporary) throws IOException;
    }

    /** Fills a new file. */
    @FunctionalInterface
    interface Filling {
        void into(FileChannel file) throws IOException;
    }

    /**
     * What a new file becomes.
     *
     * @param changed the time of its last change; a file with one is a copy, which can be made again and so need not be on
     *     disk before it counts
     */
    private record Made(ResolvedOwnership ownership, Optional<FileTime> changed, Filling filling) {}

    void file(Folder folder, Path target, ResolvedOwnership ownership, LargeFiles.Content content) throws IOException {
        file(
                folder,
                target,
                new Made(ownership, Optional.empty(), file -> content.writeTo(Channels.newOutputStream(file))));
        folder.sync();
    }

    void copy(Folder folder, Path target, ResolvedOwnership ownership, FileTime changed, Filling filling)
            throws IOException {
        file(folder, target, new Made(ownership, Optional.of(changed), filling));
    }

    private void file(Folder folder, Path target, Made content) throws IOException {
        replace(folder, target, temporary -> {
            if (folder instanceof HandleFolder theirs) {
                stage(theirs, temporary, target, content);
            } else {
                write(folder, temporary, content);
                folder.move(temporary, target);
            }
        });
        checkpoint.reached("file-renamed");
    }

    void link(Folder folder, Path target, Path destination) throws IOException {
        replace(folder, target, temporary -> {
            folder.makeLink(temporary, destination);
            checkpoint.reached("temporary-link-made");
            folder.move(temporary, target);
        });
        checkpoint.reached("link-made");
        folder.sync();
    }

    /** Owner and mode come before the name: a kill in between must not leave a directory that looks foreign. */
    void directory(Folder folder, Path target, ResolvedOwnership ownership) throws IOException {
        replace(folder, target, temporary -> {
            folder.makeDirectory(temporary);
            if (folder instanceof HandleFolder theirs) {
                try (HandleFolder made = made(theirs, temporary)) {
                    made.own(ownership);
                }
            } else {
                folder.own(temporary, ownership);
            }
            checkpoint.reached("directory-attributes-set");
            folder.move(temporary, target);
        });
        checkpoint.reached("directory-made");
        folder.sync();
    }

    /** Cleans up after an error, not after an {@link Error}: that one stands for a kill, which cleans nothing. */
    private void replace(Folder folder, Path target, Making making) throws IOException {
        Path temporary = leftOvers.reserve(folder, target);
        try {
            making.make(temporary);
        } catch (IOException | RuntimeException error) {
            discard(folder, temporary, error);
            throw error;
        } finally {
            leftOvers.release(folder, temporary);
        }
    }

    private static void discard(Folder folder, Path temporary, Exception because) {
        try {
            TreeRemoval.removeLeftOver(folder, temporary);
        } catch (NoSuchFileException nothingMade) {
            return;
        } catch (IOException second) {
            because.addSuppressed(second);
        }
    }

    private void stage(HandleFolder theirs, Path temporary, Path target, Made content) throws IOException {
        theirs.makeDirectory(temporary);
        try (HandleFolder staging = made(theirs, temporary)) {
            staging.own(ResolvedOwnership.ofSelf("rwx------"));
            if (!staging.names().isEmpty()) {
                throw exchanged(staging);
            }
            write(staging, STAGED, content);
            theirs.take(staging, STAGED, target);
        }
        theirs.deleteDirectory(temporary);
    }

    /** The folder just made, unless its owner has put one that is not the owner's in its place. */
    private static HandleFolder made(HandleFolder theirs, Path name) throws IOException {
        HandleFolder made = theirs.handleOf(name);
        if (!made.look().owner().equals(theirs.look().owner())) {
            made.close();
            throw exchanged(made);
        }
        return made;
    }

    private static IOException exchanged(Folder folder) {
        return new FileSystemException(
                folder.path().toString(), null, "another account exchanged it while it was being made");
    }

    private void write(Folder folder, Path name, Made content) throws IOException {
        try (FileChannel channel = folder.open(name, CREATE)) {
            checkpoint.reached("file-made");
            content.filling().into(channel);
            checkpoint.reached("file-written");
            folder.own(name, content.ownership());
            checkpoint.reached("attributes-set");
            if (content.changed().isPresent()) {
                folder.date(name, content.changed().get());
            } else {
                channel.force(true);
            }
        }
        checkpoint.reached("file-synced");
    }
}
