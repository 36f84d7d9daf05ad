package dev.crossarm.runner.env;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The processes of a runner, from {@code /proc}. {@code Runner.Listener} waits for jobs and reads {@code .env} when it starts;
 * {@code Runner.Worker} lives exactly as long as a job (actions/runner, JobDispatcher.cs). Both are found by the path in their
 * command line, which every account may read; after an update {@code bin} is a link, so paths are compared without links.
 */
public final class RunnerProcesses {
    private static final String LISTENER = "Runner.Listener";
    private static final String WORKER = "Runner.Worker";

    /** What comes before the program when it is a script, or of another architecture than the processor. */
    private static final Pattern INTERPRETER = Pattern.compile("(.*/)?(sh|bash|dash|qemu-[^/]*)");

    /** The unit of times in {@code /proc/PID/stat}: USER_HZ, 100 on every architecture this runs on (proc(5)). */
    private static final int TICK_MILLIS = 10;

    private final Path proc;
    private final InstantSource clock;

    public RunnerProcesses(Path proc, InstantSource clock) {
        this.proc = proc;
        this.clock = clock;
    }

    /** Whether a job runs from this directory. */
    public boolean busy(Path directory) {
        return !running(WORKER, directory).isEmpty();
    }

    /** When the newest listener of this directory started, by this moment's clock; empty when none runs. */
    public Optional<Instant> listenerStarted(Path directory) {
        return running(LISTENER, directory).stream()
                .map(this::started)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    /** This moment, by the clock that {@link #listenerStarted} counts back from. */
    Instant now() {
        return clock.instant();
    }

    private List<Path> running(String program, Path directory) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (runs(process, program, directory)) {
                    found.add(process);
                }
            }
        } catch (IOException | DirectoryIteratorException error) {
            throw RunnerProblems.unreadable("the processes in", proc, String.valueOf(error.getMessage()))
                    .asException(error);
        }
        return found;
    }

    private static boolean runs(Path process, String program, Path directory) {
        return read(process.resolve("cmdline"))
                .map(line -> line.split("\0", 3))
                .map(words -> words.length > 1 && INTERPRETER.matcher(words[0]).matches() ? words[1] : words[0])
                .filter(word -> isOf(word, program, directory))
                .isPresent();
    }

    private static boolean isOf(String word, String program, Path directory) {
        if (!word.startsWith("/") || !word.endsWith("/" + program)) {
            return false;
        }
        Path file = Path.of(word).normalize();
        if (file.startsWith(directory)) {
            return true;
        }
        try {
            return file.toRealPath().startsWith(directory);
        } catch (IOException goneSinceAnUpdate) {
            return false;
        }
    }

    /**
     * Counted back from now rather than forward from boot: the kernel tells the boot's wall time only to the second, and it is wrong on
     * machines that learn the time from the network after booting.
     */
    private Optional<Instant> started(Path process) {
        Optional<String> stat = read(process.resolve("stat"));
        Optional<String> uptime = read(proc.resolve("uptime"));
        if (stat.isEmpty() || uptime.isEmpty()) {
            return Optional.empty();
        }
        // The second field is the program's name in brackets and may hold anything; the start is field 22.
        String[] fields =
                stat.get().substring(stat.get().lastIndexOf(')') + 1).strip().split(" ", -1);
        long startMillis = Long.parseLong(fields[19]) * TICK_MILLIS;
        long nowMillis = Math.round(Double.parseDouble(uptime.get().split(" ", 2)[0]) * 1000);
        return Optional.of(clock.instant().minus(Duration.ofMillis(nowMillis - startMillis)));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
