package dev.crossarm.runner.env;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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

    /** Of what is read of a process, in bytes; what is looked for stands at the beginning. */
    private static final int LONGEST = 64 * 1024;

    private final Path proc;
    private final InstantSource clock;

    /** Scripts, and the program of the stock service, that start a listener again when it has ended. */
    private static final Set<String> WRAPPERS =
            Set.of("run.sh", "run-helper.sh", "runsvc.sh", "bin/runsvc.sh", "bin/RunnerService.js");

    /**
     * @param proc the kernel's view of processes
     * @param clock tells this moment, from which ages are counted back
     */
    public RunnerProcesses(Path proc, InstantSource clock) {
        this.proc = proc;
        this.clock = clock;
    }

    /** Whether a job runs from this directory; {@link RunnerBusy} knows more. */
    boolean busy(Path directory) {
        return !workers(directory).isEmpty();
    }

    /** The jobs that run from this directory: the numbers of their processes. */
    public Set<Long> workers(Path directory) {
        return pids(running(WORKER, directory));
    }

    /**
     * The listeners of this directory. A child that a listener has just forked still has its command line, and is none of its
     * own.
     */
    public Set<Long> listeners(Path directory) {
        Set<Long> all = pids(running(LISTENER, directory));
        Set<Long> own = new TreeSet<>(all);
        own.removeIf(pid -> parent(pid).filter(all::contains).isPresent());
        return own;
    }

    /**
     * What starts a listener of this directory again when it has ended: {@code run.sh} and its like, and the stock service's
     * node program. Seen by root, and by the account they run as.
     */
    public Set<Long> wrappers(Path directory) {
        return pids(all(process -> {
            String[] words = read(process.resolve("cmdline")).orElse("").split("\0", 4);
            for (int i = 0; i < Math.min(2, words.length); i++) {
                if (isWrapper(process, words[i], directory)) {
                    return true;
                }
            }
            return false;
        }));
    }

    private static boolean isWrapper(Path process, String word, Path directory) {
        String name = word.substring(word.lastIndexOf('/') + 1);
        if (WRAPPERS.stream().noneMatch(wrapper -> wrapper.endsWith(name)) || name.isEmpty()) {
            return false;
        }
        try {
            // Named from where they were started, which the kernel tells.
            Path file = process.resolve("cwd").toRealPath().resolve(word).toRealPath();
            return WRAPPERS.stream().anyMatch(wrapper -> file.equals(directory.resolve(wrapper)));
        } catch (IOException | InvalidPathException endedOrAnothers) {
            return false;
        }
    }

    /** The account of a process; empty when it has ended. */
    public Optional<String> account(long pid) {
        try {
            return Optional.of(Files.getOwner(proc.resolve(String.valueOf(pid))).getName());
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    /** Whether this process is halted by a signal. */
    public boolean halted(long pid) {
        return stat(pid).map(fields -> fields[0].equals("T")).orElse(false);
    }

    /** Whether there is such a process; one that has ended and that nobody asked about yet is none. */
    public boolean alive(long pid) {
        return stat(pid)
                .map(fields -> !fields[0].equals("Z") && !fields[0].equals("X"))
                .orElse(false);
    }

    private Optional<Long> parent(long pid) {
        return stat(pid).map(fields -> Long.parseLong(fields[1]));
    }

    /** The fields of {@code stat} behind the name, from the state on. */
    private Optional<String[]> stat(long pid) {
        return read(proc.resolve(String.valueOf(pid)).resolve("stat")).map(RunnerProcesses::fields);
    }

    private static Set<Long> pids(List<Path> processes) {
        Set<Long> pids = new TreeSet<>();
        processes.forEach(process -> pids.add(Long.parseLong(String.valueOf(process.getFileName()))));
        return pids;
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
        return all(process -> runs(process, program, directory));
    }

    private List<Path> all(Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (wanted.test(process)) {
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
        long startMillis = Long.parseLong(fields(stat.get())[19]) * TICK_MILLIS; // field 22 is the start
        long nowMillis = Math.round(Double.parseDouble(uptime.get().split(" ", 2)[0]) * 1000);
        return Optional.of(clock.instant().minus(Duration.ofMillis(nowMillis - startMillis)));
    }

    /** The second field is the program's name in brackets and may hold anything: what is behind it. */
    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    }

    private static Optional<String> read(Path file) {
        // A process can make its own command line as long as memory goes.
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
