package dev.crossarm;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Which of the standard streams are terminals, and how wide the terminal is. Java itself tells neither. */
final class Terminals {
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final File TERMINAL = new File("/dev/tty");

    private final int columnsAtStart;
    private int columns;
    private long asked;

    /** @param columnsAtStart the width to go by where the terminal does not tell its own */
    Terminals(int columnsAtStart) {
        this.columnsAtStart = columnsAtStart;
    }

    /** Whether this file descriptor of ours is a terminal: the kernel names the device behind it. */
    boolean is(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return device.startsWith("/dev/pts/")
                    || device.startsWith("/dev/tty")
                    || device.startsWith("/dev/hvc")
                    || device.equals("/dev/console");
        } catch (IOException notOpen) {
            return false;
        }
    }

    /** The terminal's width in characters, found anew every two seconds, because windows change their size. */
    synchronized int columns() {
        long now = System.nanoTime();
        if (columns == 0 || now - asked > REFRESH_NANOS) {
            asked = now;
            columns = ask();
        }
        return columns;
    }

    private int ask() {
        try {
            ProcessBuilder stty = new ProcessBuilder("/usr/bin/stty", "size")
                    .directory(new File("/"))
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            stty.environment().clear();
            Process process = stty.start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            String[] size = answer.split(" ", -1);
            int width = process.waitFor() == 0 && size.length == 2 && size[1].matches("\\d{1,4}")
                    ? Integer.parseInt(size[1])
                    : 0;
            return width > 0 ? width : columnsAtStart;
        } catch (IOException noTerminal) {
            return columnsAtStart;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return columnsAtStart;
        }
    }
}
