package dev.crossarm.host.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
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

    /** A name in the folder that nobody uses; {@link #release} it afterwards. */
    Path reserve(Folder folder, Path target) throws IOException {
        while (true) {
            Path name = Path.of("." + target + ".crossarm-" + pid + "-" + number.incrementAndGet() + ".tmp");
            if (!isThere(folder, name) && inUse.add(folder.path().resolve(name))) {
                return name;
            }
        }
    }

    private static boolean isThere(Folder folder, Path name) throws IOException {
        try {
            folder.look(name);
            return true;
        } catch (NoSuchFileException free) {
            return false;
        }
    }

    void release(Folder folder, Path name) {
        inUse.remove(folder.path().resolve(name));
    }

    /** Removes what dead processes left beside the target; what cannot be removed does no harm and stays. */
    void sweep(Folder folder, Path target) {
        Pattern ours = Pattern.compile(
                "\\." + Pattern.quote(target.toString()) + "\\.crossarm-(?<pid>[0-9]{1,18})-[0-9]{1,18}\\.tmp");
        try {
            for (Path entry : folder.names()) {
                Matcher name = ours.matcher(entry.toString());
                if (name.matches() && abandoned(folder, entry, Long.parseLong(name.group("pid")))) {
                    TreeRemoval.removeLeftOver(folder, entry);
                }
            }
        } catch (IOException notNow) {
            return; // read-only or not ours to read: the next write that may will do it
        }
    }

    private boolean abandoned(Folder folder, Path entry, long owner) throws IOException {
        if (owner == pid) {
            return !inUse.contains(folder.path().resolve(entry));
        }
        Optional<ProcessHandle> process = ProcessHandle.of(owner).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return true;
        }
        PosixFileAttributes found = folder.look(entry);
        Instant written = found.lastModifiedTime().toInstant();
        return process.get()
                .info()
                .startInstant()
                .filter(start -> start.isAfter(written.plus(CLOCK_GRAIN)))
                .isPresent();
    }
}
