package dev.crossarm.diagnose;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a whole log into a {@link Diagnoser}, of any size and whatever bytes it holds, in bounded memory. */
public final class LogReader {
    /** What is kept of one line, in bytes; a JSON message of rustc may be long. */
    private static final int LONGEST_LINE = 4 * 1024 * 1024;

    private LogReader() {}

    /**
     * Reads to the end of the stream, which stays open.
     *
     * @return what went wrong; empty when the log holds no error
     */
    public static Optional<Diagnosis> read(InputStream stream) throws IOException {
        Diagnoser diagnoser = new Diagnoser();
        InputStream in = new BufferedInputStream(stream, 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                diagnoser.line(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (line.size() < LONGEST_LINE) {
                line.write(next);
            }
        }
        if (line.size() > 0) {
            diagnoser.line(line.toString(StandardCharsets.UTF_8));
        }
        return diagnoser.diagnosis();
    }
}
