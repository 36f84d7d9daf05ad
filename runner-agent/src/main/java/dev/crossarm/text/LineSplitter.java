package dev.crossarm.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a stream of bytes into lines. A carriage return ends a line too, but one that is about to be drawn over: progress
 * bars do so. Of an over-long line only the beginning is kept.
 */
public final class LineSplitter {

    /** Receives lines without their ends. */
    public interface Sink {
        /**
         * @param passing whether the program means to draw over this line
         * @param cut whether its end was dropped
         */
        void line(String text, boolean passing, boolean cut);
    }

    private final int limit;
    private final Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean returned;
    private boolean cut;

    /** @param limit bytes of a line that are kept */
    public LineSplitter(int limit, Sink sink) {
        this.limit = limit;
        this.sink = sink;
    }

    public void add(byte[] bytes, int length) {
        for (int at = 0; at < length; at++) {
            byte one = bytes[at];
            if (one == '\n') {
                emit(false);
            } else {
                if (returned) {
                    emit(true);
                }
                if (one == '\r') {
                    returned = true;
                } else if (line.size() < limit) {
                    line.write(one);
                } else {
                    cut = true;
                }
            }
        }
    }

    /** The stream is at its end: what is left is a line as well. */
    public void finish() {
        if (line.size() > 0) {
            emit(false);
        }
    }

    private void emit(boolean passing) {
        returned = false;
        String text = line.toString(StandardCharsets.UTF_8);
        boolean wasCut = cut;
        line.reset();
        cut = false;
        sink.line(text, passing, wasCut);
    }
}
