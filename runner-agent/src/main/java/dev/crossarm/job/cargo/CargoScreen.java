package dev.crossarm.job.cargo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes on what cargo writes for the eye. Its progress line has no end of its own, so that nothing of ours may be written
 * behind it: cargo takes it away before its next line, and so do we.
 */
public final class CargoScreen {
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream err;
    private boolean open;

    public CargoScreen(PrintStream err) {
        this.err = err;
    }

    /** Bytes as cargo wrote them. */
    void pass(byte[] bytes) {
        err.write(bytes, 0, bytes.length);
        err.flush();
        open = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
    }

    /** A whole text of our own, or one that cargo left to us to show. */
    void show(String text) {
        byte[] bytes = ((open ? ERASE : "") + text).getBytes(StandardCharsets.UTF_8);
        err.write(bytes, 0, bytes.length);
        err.flush();
        open = false;
    }

    /** Ends a line that was left without an end. */
    void finish() {
        if (open) {
            show("");
        }
    }
}
