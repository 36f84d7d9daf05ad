package dev.crossarm.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines. A carriage return ends a line too, but one that is about to be drawn over: progress
 * bars do so; on request it is a character like any other. Of an over-long line only the beginning is kept.
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
    private final boolean cutsAtReturns;
    private final Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean returned;
    private boolean cut;

    /** @param limit bytes of a line that are kept */
    public LineSplitter(int limit, Sink sink) {
        this(limit, true, sink);
    }

    private LineSplitter(int limit, boolean cutsAtReturns, Sink sink) {
        this.limit = limit;
        this.cutsAtReturns = cutsAtReturns;
        this.sink = sink;
    }

    /** Lines that only a line feed ends. */
    public static LineSplitter atLineFeeds(int limit, Consumer<String> sink) {
        return new LineSplitter(limit, false, (text, passing, cut) -> sink.accept(text));
    }

    public void add(byte[] bytes, int length) {
        int from = 0;
        for (int at = 0; at < length; at++) {
            byte one = bytes[at];
            if (one == '\n') {
                keep(bytes, from, at);
                emit(false);
                from = at + 1;
            } else {
                if (returned) {
                    emit(true);
                }
                if (one == '\r' && cutsAtReturns) {
                    keep(bytes, from, at);
                    returned = true;
                    from = at + 1;
                }
            }
        }
        keep(bytes, from, length);
    }

    private void keep(byte[] bytes, int from, int to) {
        int room = limit - line.size();
        line.write(bytes, from, Math.max(0, Math.min(to - from, room)));
        cut |= to - from > room;
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
