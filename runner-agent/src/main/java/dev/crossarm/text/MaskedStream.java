package dev.crossarm.text;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * What a person or a log gets to see: every line is masked on its way out, and in a workflow job it is made harmless for the
 * runner, whoever it came from. A line that has no end yet waits for it, or for {@link #flush()}.
 */
public final class MaskedStream extends PrintStream {
    /** A line this long is handed on as it is by then. */
    private static final int LONGEST = 1024 * 1024;

    private final PrintStream plain;
    private final Mask mask;
    private final UnaryOperator<String> harmless;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param inJob whether the runner of a workflow job reads this */
    public MaskedStream(PrintStream plain, Mask mask, boolean inJob) {
        super(plain, true, StandardCharsets.UTF_8);
        this.plain = plain;
        this.mask = mask;
        this.harmless = inJob ? JobLog::harmless : UnaryOperator.identity();
    }

    /** Every text and every byte comes through here, from whatever method of its class. */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        synchronized (line) {
            int from = offset;
            for (int at = offset; at < offset + length; at++) {
                if (bytes[at] == '\n' || bytes[at] == '\r') {
                    line.write(bytes, from, at + 1 - from);
                    from = at + 1;
                    emit();
                }
            }
            line.write(bytes, from, offset + length - from);
            if (line.size() > LONGEST) {
                emit();
            }
        }
    }

    @Override
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    private void emit() {
        byte[] bytes = line.toByteArray();
        line.reset();
        String text = new String(bytes, StandardCharsets.UTF_8);
        String shown = harmless.apply(mask.over(text));
        byte[] clean = shown.equals(text) ? bytes : shown.getBytes(StandardCharsets.UTF_8);
        plain.write(clean, 0, clean.length);
    }

    /** Hands on what has no end yet, such as a question. */
    @Override
    public void flush() {
        synchronized (line) {
            if (line.size() > 0) {
                emit();
            }
        }
        plain.flush();
    }

    /** A line that the runner of a job is to obey; masked all the same. */
    public void command(String command) {
        flush();
        plain.println(mask.over(command));
    }

    /** For what programs read: a path or an assignment that is masked is wrong. */
    public PrintStream plain() {
        return plain;
    }

    @Override
    public void close() {
        flush();
        super.close();
    }
}
