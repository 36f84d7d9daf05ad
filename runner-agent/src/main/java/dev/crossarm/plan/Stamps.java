package dev.crossarm.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the file system says of {@link Inputs} without opening them. Among it is the time of the last change of content or
 * attributes (ctime), which the kernel sets and no program can set back: an edit that restores size and time of modification
 * shows all the same.
 *
 * @param lines {@code depth stamp path}, in the order of the paths
 */
public record Stamps(List<String> lines) {
    private static final String ABSENT = "-";
    private static final String WHOLE_WORD = "whole";
    private static final String PLACE_WORD = "place";
    private static final String PLACE = "unix:mode,uid,gid,dev,ino";

    /**
     * The time of change moves with content, owner, mode and the time of modification, and the places above tell the device. Each
     * attribute more costs Java as much as reading them.
     */
    private static final String WHOLE = "unix:mode,ino,size,ctime";

    /** Fewer are not worth a second thread. */
    private static final int MANY = 64;

    public Stamps {
        lines = List.copyOf(lines);
    }

    /** The stamps as they are now; empty when one cannot be taken, or they would not be all. */
    public static Optional<Stamps> of(Inputs inputs) {
        if (!inputs.isComplete()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Path, Inputs.Depth> input : inputs.all().entrySet()) {
            String path = input.getKey().toString();
            Optional<String> stamp = stamp(input.getKey(), input.getValue() == Inputs.Depth.WHOLE);
            if (stamp.isEmpty() || !fitsOnLine(input.getKey())) {
                return Optional.empty();
            }
            String depth = input.getValue() == Inputs.Depth.WHOLE ? WHOLE_WORD : PLACE_WORD;
            lines.add(depth + " " + stamp.get() + " " + path);
        }
        return Optional.of(new Stamps(lines));
    }

    /** A name that is no text in this process's encoding does not survive being one. */
    private static boolean fitsOnLine(Path path) {
        String text = path.toString();
        try {
            return text.indexOf('\n') < 0
                    && text.indexOf('\r') < 0
                    && Path.of(text).equals(path);
        } catch (InvalidPathException noText) {
            return false;
        }
    }

    /** Whether every one is as it was. */
    public boolean stillHold() {
        return hold(lines);
    }

    /** Whether what these lines say is so now. Two look: most of the time goes by in Java, and the smallest runner has two cores. */
    static boolean hold(List<String> lines) {
        if (lines.size() < MANY) {
            return new Look(lines).allHold();
        }
        Look second = new Look(lines.subList(lines.size() / 2, lines.size()));
        Thread other = new Thread(second, "stamps");
        other.start();
        boolean held = new Look(lines.subList(0, lines.size() / 2)).allHold();
        try {
            other.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        return held && second.held;
    }

    /** A class and no lambda, which takes longer to make than all the stamps. */
    private static final class Look implements Runnable {
        private final List<String> lines;
        private boolean held;

        private Look(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void run() {
            held = allHold();
        }

        /** Stops at the first that does not. */
        private boolean allHold() {
            for (String line : lines) {
                if (!holds(line)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean holds(String line) {
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (first < 0 || second < 0 || !line.startsWith("/", second + 1)) {
            return false;
        }
        boolean whole = line.startsWith(WHOLE_WORD + " ");
        if (!whole && !line.startsWith(PLACE_WORD + " ")) {
            return false;
        }
        Path path;
        try {
            path = Path.of(line.substring(second + 1));
        } catch (InvalidPathException damaged) {
            return false;
        }
        Optional<String> now = stamp(path, whole);
        return now.isPresent()
                && line.regionMatches(first + 1, now.get(), 0, second - first - 1)
                && now.get().length() == second - first - 1;
    }

    private static Optional<String> stamp(Path path, boolean whole) {
        Map<String, Object> seen;
        try {
            seen = Files.readAttributes(path, whole ? WHOLE : PLACE, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            return Optional.of(ABSENT);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        StringBuilder stamp = new StringBuilder(64);
        stamp.append(seen.get("mode")).append(':').append(seen.get("ino"));
        if (whole) {
            stamp.append(':').append(seen.get("size")).append(':').append(nanos(seen.get("ctime")));
        } else {
            stamp.append(':').append(seen.get("uid")).append(':').append(seen.get("gid"));
            stamp.append(':').append(seen.get("dev"));
        }
        return Optional.of(stamp.toString());
    }

    private static long nanos(@Nullable Object time) {
        return ((FileTime) Objects.requireNonNull(time)).to(TimeUnit.NANOSECONDS);
    }
}
