package dev.crossarm.host.files;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Who holds a lock, as it tells the others. Only a courtesy: it may be stale or missing, the lock itself is the kernel's.
 *
 * @param pid process id
 * @param since when it got the lock
 * @param command what it does, without secrets
 */
record LockHolder(long pid, Instant since, String command) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    byte[] bytes() {
        return (pid + "\n" + since + "\n" + command.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Empty when it is not in the form of {@link #bytes}. */
    static Optional<LockHolder> parse(byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        try {
            return lines.size() < 3
                    ? Optional.empty()
                    : Optional.of(
                            new LockHolder(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1)), lines.get(2)));
        } catch (NumberFormatException | DateTimeException damaged) {
            return Optional.empty();
        }
    }

    boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** For example {@code crossarm provision (pid 812, since 06:30:01)}. */
    String shown() {
        return command + " (pid " + pid + ", since " + TIME.format(since.atZone(ZoneId.systemDefault())) + ")";
    }
}
