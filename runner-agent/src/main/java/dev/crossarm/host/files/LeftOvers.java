package dev.crossarm.host.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the temporary entries made beside a target, {@code .<name>.crossarm-<pid>-<n>.tmp}, and the removal of
 * those that a killed process left behind: entries whose process is gone, or has a younger namesake.
 */
final class LeftOvers {
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(2);

    private final long pid = ProcessHandle.current().pid();
    private final AtomicLong number = new AtomicLong();
    private final Set<Path> inUse = ConcurrentHashMap.newKeySet();

    /** A name beside the target that nobody uses; {@link #release} it afterwards. */
    Path reserve(Path target) {
        while (true) {
            Path place = target.resolveSibling(
                    "." + target.getFileName() + ".crossarm-" + pid + "-" + number.incrementAndGet() + ".tmp");
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS) && inUse.add(place)) {
                return place;
            }
        }
    }

    void release(Path place) {
        inUse.remove(place);
    }

    /** Removes what dead processes left beside the target; what cannot be removed does no harm and stays. */
    void sweep(Path target) {
        Path parent = target.getParent();
        if (parent == null) {
            return;
        }
        Pattern ours = Pattern.compile("\\." + Pattern.quote(String.valueOf(target.getFileName()))
                + "\\.crossarm-(?<pid>[0-9]{1,18})-[0-9]{1,18}\\.tmp");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            for (Path entry : entries) {
                Matcher name = ours.matcher(String.valueOf(entry.getFileName()));
                if (name.matches() && abandoned(entry, Long.parseLong(name.group("pid")))) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException notNow) {
            return; // read-only or not ours to read: the next write that may will do it
        }
    }

    private boolean abandoned(Path entry, long owner) throws IOException {
        if (owner == pid) {
            return !inUse.contains(entry);
        }
        Optional<ProcessHandle> process = ProcessHandle.of(owner).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return true;
        }
        Instant written =
                Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).toInstant();
        return process.get()
                .info()
                .startInstant()
                .filter(start -> start.isAfter(written.plus(CLOCK_GRAIN)))
                .isPresent();
    }
}
