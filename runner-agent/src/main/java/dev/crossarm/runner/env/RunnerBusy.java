package dev.crossarm.runner.env;

import dev.crossarm.host.files.RegularFile;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a runner has a job, by what this machine alone knows. GitHub's {@code busy} is not asked: it comes late and was seen to be
 * false for whole jobs (actions/runner #4422, #4461).
 *
 * <p>A runner is busy while its {@code Runner.Worker} lives, and from the listener's log line that hands a job over to the one that
 * tells of its end (actions/runner, JobDispatcher.cs), which closes the gap before the Worker's start. Only what the running listener
 * wrote counts. The log belongs to the account of the jobs, so a job can say of its own runner what it likes, and of no other:
 * files are read as {@link RegularFile} does and within bounds, and what cannot be read says nothing.
 */
public final class RunnerBusy {
    private static final String HANDED_OVER = "Send job request message to worker for job";
    private static final String ENDED = "finish job request for job";

    /** A page of the log has 8 MB unless RUNNER_LOGSIZE says otherwise; of a larger one, the end. */
    private static final int OF_A_PAGE = 16 << 20;

    /** Pages without any such line that are looked at, the newest first: some weeks of waiting. */
    private static final int PAGES = 8;

    /** Of a folder that a job filled up. */
    private static final int NAMES = 10_000;

    /** A process's age is told in hundredths of a second by two clocks that are read one after the other. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final RunnerProcesses processes;

    public RunnerBusy(RunnerProcesses processes) {
        this.processes = processes;
    }

    /** As this machine's processes tell it. */
    public static RunnerBusy ofThisHost(InstantSource clock) {
        return new RunnerBusy(new RunnerProcesses(RunnerPlaces.OF_THIS_HOST.proc(), clock));
    }

    /** What a runner is doing. */
    public enum State {
        /** No job is known of here. */
        IDLE,
        /** The listener has taken a job, and no Worker runs yet, or none any more. */
        HANDED_OVER,
        /** A Worker runs. */
        WORKING
    }

    /** Whether a job has been taken and is not over. */
    public boolean busy(Path directory) {
        return look(directory) != State.IDLE;
    }

    /**
     * What the runner in this directory does at this moment.
     *
     * @param directory the runner's root, without symbolic links
     */
    public State look(Path directory) {
        if (!processes.workers(directory).isEmpty()) {
            return State.WORKING;
        }
        Optional<Instant> listening = processes.listenerStarted(directory);
        if (listening.filter(since -> handedOver(directory, since)).isEmpty()) {
            return State.IDLE;
        }
        // Between the two looks it may have ended, or started: the line is written before the Worker is.
        return processes.workers(directory).isEmpty() ? State.HANDED_OVER : State.WORKING;
    }

    private static boolean handedOver(Path directory, Instant since) {
        for (Path page : pages(directory.resolve("_diag"), since)) {
            Optional<Boolean> told = lastTold(end(page));
            if (told.isPresent()) {
                return told.get();
            }
        }
        return false;
    }

    private record Page(Path file, Instant changed) {}

    /** What the running listener wrote, the newest first. Each call of {@code config.sh} leaves a log of its own there, too. */
    private static List<Path> pages(Path folder, Instant since) {
        List<Page> pages = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "Runner_*.log")) {
            int names = 0;
            for (Path file : files) {
                if (++names > NAMES) {
                    break;
                }
                BasicFileAttributes found =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                Instant changed = found.lastModifiedTime().toInstant();
                if (found.isRegularFile() && !changed.plus(TOLERANCE).isBefore(since)) {
                    pages.add(new Page(file, changed));
                }
            }
        } catch (IOException | DirectoryIteratorException none) {
            return List.of();
        }
        return pages.stream()
                .sorted(Comparator.comparing(Page::changed)
                        .thenComparing(Page::file)
                        .reversed())
                .limit(PAGES)
                .map(Page::file)
                .toList();
    }

    private static String end(Path page) {
        try (FileChannel channel = RegularFile.open(page)) {
            long size = channel.size();
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, OF_A_PAGE));
            channel.position(size - buffer.capacity());
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until it is full, or the file is shorter by now
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
        } catch (IOException | CrossarmException saysNothing) {
            return "";
        }
    }

    /**
     * Whether the last job that this part of the log tells of was handed over and is not over. Jobs come one after the other, so
     * those before it are, even where their ends were never written. Of the last line, which may be half written, the beginning
     * of a job counts and an end does not.
     *
     * @return nothing where no job is told of
     */
    static Optional<Boolean> lastTold(String log) {
        int handedOver = log.lastIndexOf(HANDED_OVER);
        int whole = log.lastIndexOf('\n');
        if (handedOver < 0) {
            int ended = log.lastIndexOf(ENDED, Math.max(0, whole));
            return ended < 0 || whole < 0 ? Optional.empty() : Optional.of(false);
        }
        String job = job(log, handedOver + HANDED_OVER.length());
        int ended = handedOver;
        do {
            ended = log.indexOf(ENDED, ended + 1);
        } while (ended >= 0 && !job(log, ended + ENDED.length()).equals(job));
        return Optional.of(ended < 0 || ended > whole);
    }

    /** The job's id: the word at this place, without a full stop. */
    private static String job(String log, int from) {
        int start = from;
        while (start < log.length() && log.charAt(start) == ' ') {
            start++;
        }
        int end = start;
        while (end < log.length() && " .\r\n".indexOf(log.charAt(end)) < 0) {
            end++;
        }
        return log.substring(start, end);
    }
}
