package dev.crossarm.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes into lines at line feeds. Of an over-long line the end is dropped. */
public final class Lines {
    /** A message of rustc may hold the expansion of a large macro. */
    private static final int LONGEST = 8 * 1024 * 1024;

    private final Consumer<String> sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public Lines(Consumer<String> sink) {
        this.sink = sink;
    }

    public void add(byte[] bytes) {
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                keep(bytes, from, at);
                emit();
                from = at + 1;
            }
        }
        keep(bytes, from, bytes.length);
    }

    private void keep(byte[] bytes, int from, int to) {
        line.write(bytes, from, Math.max(0, Math.min(to - from, LONGEST - line.size())));
    }

    private void emit() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        sink.accept(text);
    }

    /** What is left is a line as well. */
    public void finish() {
        if (line.size() > 0) {
            emit();
        }
    }
}
