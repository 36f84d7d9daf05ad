package dev.crossarm.runner.env;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A /proc made of files, so that a test decides what runs and since when. */
final class TestProc {
    private static final long UPTIME_SECONDS = 100_000;

    private final Path proc;

    TestProc(Path proc) {
        this.proc = proc;
    }

    /** Nothing runs yet but the first process. */
    TestProc boot() {
        write(proc.resolve("uptime"), UPTIME_SECONDS + ".00 1.00\n");
        write(proc.resolve("1/cmdline"), "/sbin/init\0");
        return this;
    }

    /** A listener of this directory that started this long ago takes the place of those there were. */
    void listener(Path directory, Duration age) {
        end(directory, "Runner.Listener");
        start(directory.resolve("bin/Runner.Listener") + "\0run\0--startuptype\0service\0", age);
    }

    void worker(Path directory) {
        start(directory.resolve("bin/Runner.Worker") + "\0spawnclient\0112\0115\0", Duration.ofSeconds(1));
    }

    void jobEnds(Path directory) {
        end(directory, "Runner.Worker");
    }

    private void start(String commandLine, Duration age) {
        int number = 101;
        while (Files.exists(proc.resolve(Integer.toString(number)))) {
            number++;
        }
        Path process = proc.resolve(Integer.toString(number));
        write(process.resolve("cmdline"), commandLine);
        long ticks = (UPTIME_SECONDS * 1000 - age.toMillis()) / 10;
        write(process.resolve("stat"), number + " (a ) b) S" + " 0".repeat(18) + " " + ticks + " 0 0\n");
    }

    private void end(Path directory, String program) {
        try (var processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                Path commandLine = process.resolve("cmdline");
                if (Files.exists(commandLine)
                        && Files.readString(commandLine).startsWith(directory.resolve("bin/" + program) + "\0")) {
                    Files.delete(commandLine);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
