package dev.crossarm.host.process;

import dev.crossarm.text.LineSplitter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child that runs for as long as it likes and is watched, not waited for: a runner's listener. Guarantees: it leads a session
 * of its own; INT, TERM, QUIT, HUP and PIPE do what they do by default, whatever this process was started with (a program that is
 * handed an ignored signal goes on ignoring it); its environment is exactly the one given; what it writes to both streams
 * arrives line by line, in order, from one thread at a time, and the last line before its end is not lost. When this process ends, the child lives on.
 */
public final class ServiceChild {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    /** A grandchild may hold the stream open for ever; one that says nothing for so long is not listened to any more. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration TALK = Duration.ofSeconds(5);
    private static final int CHUNK = 32 * 1024;

    private final Process process;
    private final LineSplitter lines;
    private final Thread reader;
    private volatile long lastRead = System.nanoTime();
    private long ended;

    private ServiceChild(Process process, Consumer<String> lines) {
        this.process = process;
        this.lines = LineSplitter.atLineFeeds(LONGEST_LINE, lines);
        this.reader = new Thread(() -> read(process.getInputStream()), "output of " + process.pid());
        reader.setDaemon(true);
    }

    /**
     * Starts it.
     *
     * @param program an absolute path
     * @param directory its working directory
     * @param lines gets what it writes to both streams, without line ends
     * @throws IOException when it cannot be started
     */
    public static ServiceChild start(
            Path program,
            List<String> arguments,
            Map<String, String> environment,
            Path directory,
            Consumer<String> lines)
            throws IOException {
        List<String> argv = new ArrayList<>(
                List.of(own("setsid"), own("env"), "--default-signal=INT,TERM,QUIT,HUP,PIPE", program.toString()));
        argv.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(new TreeMap<>(environment));
        builder.redirectInput(new File("/dev/null"));
        builder.redirectErrorStream(true);
        ServiceChild child = new ServiceChild(builder.start(), lines);
        child.reader.start();
        return child;
    }

    private static String own(String program) throws IOException {
        return ProgramFolders.find(program, ProgramFolders.DEFAULT)
                .map(Path::toString)
                .orElseThrow(() -> new IOException("there is no " + program + " in " + ProgramFolders.DEFAULT));
    }

    /** Waits in the read itself: a child that says nothing for weeks costs nothing. */
    private void read(InputStream stream) {
        // When a child ends, the runtime closes a pipe that nobody reads at that moment, and ends whoever still writes
        // to it. It
        // waits for this monitor.
        synchronized (stream) {
            byte[] chunk = new byte[CHUNK];
            try (stream) {
                for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                    lastRead = System.nanoTime();
                    lines.add(chunk, count);
                }
            } catch (IOException closed) {
                // What was read until then counts.
            }
            lines.finish();
        }
    }

    /** Has this run, in a thread of the runtime's, when it has ended. */
    public void onEnd(Runnable action) {
        CompletableFuture<Void> unused = process.onExit().thenRun(action);
    }

    /** Its number, which is also that of its session. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Whether it has ended and all it wrote was handed on; waits for that up to this time. Whoever takes the lines goes on
     * taking them meanwhile. Others that hold its stream open are listened to for some seconds at most.
     */
    public boolean over(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        if (ended == 0) {
            ended = System.nanoTime();
        }
        reader.join(Math.max(1, atMost.toMillis()));
        long now = System.nanoTime();
        boolean deserted = now - Math.max(ended, lastRead) > QUIET.toNanos() || now - ended > TALK.toNanos();
        return !reader.isAlive() || deserted;
    }

    /** Its exit status once it has ended; 128 + n when signal n ended it. */
    public int exit() {
        return process.exitValue();
    }

    /** Sends a signal to it alone, while it runs. */
    public boolean signal(ProcessSignal signal) {
        return process.isAlive() && signal.to(process.pid());
    }

    /** Ends it at once, with its session and all that descends from it; whether all of them are gone. */
    public boolean killTree() {
        return SessionEnd.killed(List.of(process.pid()), KILL_LIMIT);
    }

    /** The same with a process that is not a child of ours, and all that descends from it. */
    public static boolean killTree(long pid) {
        return SessionEnd.killed(List.of(pid), KILL_LIMIT);
    }
}
