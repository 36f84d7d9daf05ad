package dev.crossarm.job.cache;

import dev.crossarm.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
}
