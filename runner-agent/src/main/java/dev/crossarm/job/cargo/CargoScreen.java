package dev.crossarm.job.cargo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes on what cargo writes for the eye. On a terminal at once: its progress line has no end of its own, so that nothing of
 * ours may be written behind it, and is taken away before a line of ours, as cargo does. Elsewhere by whole lines, so that
 * none of one stream ends up in the middle of one of the other.
 */
public final class CargoScreen {
    private static final String ERASE = "\r\u001b[K";

    /** What never ends its line is passed on in pieces of this size. */
    private static final int LONGEST = 1 << 16;

    private final PrintStream err;
    private final boolean terminal;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean open;

    public CargoScreen(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Bytes as cargo wrote them. */
    void pass(byte[] bytes) {
        if (terminal) {
            write(bytes, bytes.length);
            open = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
            return;
        }
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        if (whole > 0) {
            flushLine();
            write(bytes, whole);
        }
        line.write(bytes, whole, bytes.length - whole);
        if (line.size() > LONGEST) {
            flushLine();
        }
    }

    private void flushLine() {
        write(line.toByteArray(), line.size());
        line.reset();
    }

    private void write(byte[] bytes, int length) {
        err.write(bytes, 0, length);
    }

    /** A whole text of our own, or one that cargo left to us to show. */
    void show(String text) {
        byte[] bytes = ((open ? ERASE : "") + text).getBytes(StandardCharsets.UTF_8);
        write(bytes, bytes.length);
        err.flush();
        open = false;
    }

    /** Ends a line that was left without an end. */
    void finish() {
        if (open) {
            show("");
        }
        if (line.size() > 0) {
            flushLine();
            show("\n");
        }
    }
}
