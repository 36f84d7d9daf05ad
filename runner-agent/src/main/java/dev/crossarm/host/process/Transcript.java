package dev.crossarm.host.process;

import dev.crossarm.text.Mask;
import dev.crossarm.text.Printable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lines of both streams of a child in order of arrival: each is handed on live, scrubbed and free of terminal
 * control, and the last ones are kept. Safe for several threads; the consumer is called by one at a time.
 */
final class Transcript {
    static final int LINES_KEPT = 40;
    private static final int LONGEST_LINE = 8 * 1024;

    private final Mask mask;
    private final Consumer<String> live;
    private final Deque<String> last = new ArrayDeque<>();
    private Optional<Throwable> failure = Optional.empty();
    private boolean closed;

    Transcript(Mask mask, Consumer<String> live) {
        this.mask = mask;
        this.live = live;
    }

    /** Bytes of a line needed so that a secret at the cut is still seen as a whole. */
    int bytesOfLine() {
        return LONGEST_LINE + 4 * mask.longest();
    }

    /** @param cut whether the line was longer: its end may then be the beginning of a secret */
    synchronized void line(String raw, boolean passing, boolean cut) {
        if (closed) {
            return;
        }
        String clean = mask.over(raw);
        int whole = cut ? Math.max(0, clean.length() - mask.longest()) : clean.length();
        int length = Math.min(LONGEST_LINE, whole);
        String shown = clean.substring(0, length) + (cut || length < whole ? "…" : "");
        String text = Printable.line(shown).stripTrailing();
        if (text.isEmpty()) {
            return;
        }
        if (!passing) {
            keep(text);
        }
        if (failure.isEmpty()) {
            try {
                live.accept(text);
            } catch (RuntimeException | Error consumerFailed) {
                failure = Optional.of(consumerFailed); // the child must still be drained; told when it has ended
            }
        }
    }

    private void keep(String text) {
        last.addLast(text);
        if (last.size() > LINES_KEPT) {
            last.removeFirst();
        }
    }

    /** A remark of the runner itself. */
    synchronized void remark(String text) {
        keep(text);
    }

    /** From now on lines are dropped. */
    synchronized void close() {
        closed = true;
    }

    synchronized List<String> lastLines() {
        return List.copyOf(last);
    }

    /** Throws what the consumer threw, if it did. */
    synchronized void rethrow() {
        if (failure.isPresent()) {
            if (failure.get() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure.get();
        }
    }
}
