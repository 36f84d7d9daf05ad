package dev.crossarm.job.cache;

import dev.crossarm.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * When a slot was used last, by which workspace, and how much it holds.
 *
 * @param at milliseconds since the epoch
 * @param bytes size of its target directory
 * @param workspace root of the workspace that was built in it
 */
record SlotUsage(long at, long bytes, String workspace) {
    static final String FILE = "used";

    String text() {
        return at + "\n" + bytes + "\n" + workspace;
    }

    static Optional<SlotUsage> of(Path slot) {
        Path file = slot.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String[] lines = RegularFile.utf8(file, RegularFile.HAND_WRITTEN).split("\n", 3);
            return lines.length == 3 && lines[0].matches("\\d{1,18}") && lines[1].matches("\\d{1,18}")
                    ? Optional.of(new SlotUsage(Long.parseLong(lines[0]), Long.parseLong(lines[1]), lines[2]))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Bytes below a folder; a file with several names counts once. */
    static long measure(Path folder) {
        Set<Object> seen = new HashSet<>();
        long[] sum = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Object key = attributes.fileKey();
                    if (key == null || seen.add(key)) {
                        sum[0] += attributes.size();
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException none) {
            return sum[0];
        }
        return sum[0];
    }
}
