package dev.crossarm.provision.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who holds apt's and dpkg's locks, from the kernel's list. The lock files are not opened: they are there all the time,
 * and only what the kernel says tells whether one is held.
 *
 * @param root {@code /} but for tests; locks themselves are always those of the running kernel
 */
record AptLocks(Path root) {

    private static final List<String> FILES = List.of(
            "var/lib/dpkg/lock-frontend", "var/lib/dpkg/lock", "var/lib/apt/lists/lock", "var/cache/apt/archives/lock");

    /**
     * A process that holds one of them.
     *
     * @param pid its process id
     * @param command its name as the kernel knows it
     * @param file the lock file
     */
    record Holder(long pid, String command, Path file) {
        @Override
        public String toString() {
            return command + " (pid " + pid + ")";
        }
    }

    /** The first holder found; nothing when all are free or the kernel does not tell. */
    Optional<Holder> holder() {
        List<String> locks = lines(Path.of("/proc/locks"));
        for (String file : FILES) {
            Path path = root.resolve(file);
            Optional<Holder> holder = inode(path)
                    .flatMap(inode -> locks.stream()
                            .map(line -> line.strip().split("\\s+"))
                            .filter(words ->
                                    words.length > 5 && !words[1].equals("->") && words[5].endsWith(":" + inode))
                            .map(words -> Long.parseLong(words[4]))
                            .filter(pid -> pid > 0 && opens(pid, path))
                            .map(pid -> new Holder(pid, command(pid), path))
                            .findFirst());
            if (holder.isPresent()) {
                return holder;
            }
        }
        return Optional.empty();
    }

    /** Whether apt-get's output says that it was refused a lock. */
    static boolean refused(String output) {
        String text = output.toLowerCase(Locale.ROOT);
        return text.contains("could not get lock")
                || text.contains("unable to acquire the dpkg frontend lock")
                || text.contains("dpkg frontend lock was locked")
                || text.contains("unable to lock");
    }

    private static Optional<Long> inode(Path file) {
        try {
            return Optional.of((Long) Files.getAttribute(file, "unix:ino"));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** The inode number alone may be another file system's; the descriptors tell, where we may look at them. */
    private static boolean opens(long pid, Path file) {
        Path descriptors = Path.of("/proc", Long.toString(pid), "fd");
        try (var entries = Files.newDirectoryStream(descriptors)) {
            for (Path entry : entries) {
                if (Files.exists(entry) && Files.isSameFile(entry, file)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | SecurityException notOurs) {
            return Files.isDirectory(Path.of("/proc", Long.toString(pid)));
        }
    }

    private static String command(long pid) {
        return lines(Path.of("/proc", Long.toString(pid), "comm")).stream()
                .findFirst()
                .orElse("a process that has just ended");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
