package dev.crossarm.host.files;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts something new in the place of something old in one move. */
final class Replacement {
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Checkpoint checkpoint;
    private final LeftOvers leftOvers;

    Replacement(Checkpoint checkpoint, LeftOvers leftOvers) {
        this.checkpoint = checkpoint;
        this.leftOvers = leftOvers;
    }

    @FunctionalInterface
    interface Making {
        void make(Path temporary) throws IOException;
    }

    /** Cleans up after an error, not after an {@link Error}: that one stands for a kill, which cleans nothing. */
    void replace(Path target, Making making) throws IOException {
        Path temporary = leftOvers.reserve(target);
        try {
            making.make(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException error) {
            discard(temporary, error);
            throw error;
        } finally {
            leftOvers.release(temporary);
        }
    }

    static void discard(Path temporary, Exception because) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException second) {
            because.addSuppressed(second);
        }
    }

    void writeFile(Path temporary, ResolvedOwnership ownership, LargeFiles.Content content) throws IOException {
        Set<StandardOpenOption> create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, create, PRIVATE_FILE)) {
            checkpoint.reached("file-made");
            content.writeTo(Channels.newOutputStream(channel));
            checkpoint.reached("file-written");
            ownership.apply(temporary);
            checkpoint.reached("attributes-set");
            channel.force(true);
        }
        checkpoint.reached("file-synced");
    }

    /** Makes a rename or removal survive a power cut; a folder we may write but not read cannot be asked to. */
    static void syncDirectory(@Nullable Path directory) throws IOException {
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException unreadable) {
            return;
        }
    }
}
