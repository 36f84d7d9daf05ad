package dev.crossarm.host.process;

import dev.crossarm.text.LineSplitter;
import dev.crossarm.text.Mask;
import java.nio.charset.StandardCharsets;

/** Keeps what a child writes to one stream, and hands its lines on as they come. Safe for several threads. */
final class StreamCapture {
    private final Command command;
    private final Mask mask;
    private final LineSplitter splitter;
    private final TailBuffer kept;
    private boolean finished;

    StreamCapture(Command command, Transcript transcript, Mask mask) {
        this.command = command;
        this.mask = mask;
        this.splitter = new LineSplitter(transcript.bytesOfLine(), transcript::line);
        this.kept = new TailBuffer(command.kept());
    }

    synchronized void add(byte[] bytes) {
        if (!finished) {
            kept.add(bytes, bytes.length);
            splitter.add(bytes, bytes.length);
        }
    }

    /** A last line without an end is a line as well; what comes from now on is not kept. */
    synchronized void finish() {
        if (!finished) {
            splitter.finish();
        }
        finished = true;
    }

    /** What was kept, scrubbed. A first line that lost its beginning is dropped: half a secret cannot be recognised. */
    synchronized Captured captured() {
        String text = mask.overKnown(new String(kept.bytes(), StandardCharsets.UTF_8));
        if (kept.dropped() == 0) {
            return Captured.whole(command, text, mask);
        }
        int lineEnd = text.indexOf('\n');
        String tail = text.substring(lineEnd >= 0 ? lineEnd + 1 : Math.min(text.length(), mask.longest()));
        return Captured.tail(command, tail, mask);
    }
}
