package dev.crossarm.cli.display;

import dev.crossarm.plan.RunEvent;
import dev.crossarm.plan.StepId;
import dev.crossarm.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Shows a run on a terminal: finished steps stay, and below them one line for each step at work says what it does, what
 * it waits for and since when. One thread draws, ten times a second. While the lower lines are drawn the terminal does
 * not wrap, so each takes exactly one row whatever its width, and the next drawing finds its way back up.
 */
public final class LiveDisplay implements RunDisplay {
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final String CLEAR_BELOW = "\r\u001b[J";

    private final Console console;
    private final boolean colours;
    private final LongSupplier nanos;
    private final UnaryOperator<String> commands;
    private final Map<StepId, Work> running = new LinkedHashMap<>();
    private final List<String> finished = new ArrayList<>();
    private final Thread painter = new Thread(this::paint, "display");
    private final CountDownLatch end = new CountDownLatch(1);
    private final Object lock = new Object();
    private boolean open;
    private boolean closed;
    private int drawn;
    private String last = "";

    /** A step at work. */
    private static final class Work {
        private final long since;
        private String doing;
        private boolean waiting;

        private Work(long since, String doing) {
            this.since = since;
            this.doing = doing;
        }
    }

    /** @param commands writes commands of this program as they have to be pasted */
    public LiveDisplay(Console console, boolean colours, LongSupplier nanos, UnaryOperator<String> commands) {
        this.console = console;
        this.colours = colours;
        this.nanos = nanos;
        this.commands = commands;
        painter.setDaemon(true);
    }

    @Override
    public void on(RunEvent event) {
        synchronized (lock) {
            if (event instanceof RunEvent.StepStarted started) {
                running.put(started.step(), new Work(nanos.getAsLong(), started.summary()));
            } else if (event instanceof RunEvent.ChangeStarted change) {
                doing(change.step(), change.change().summary(), false);
            } else if (event instanceof RunEvent.Output output) {
                doing(output.step(), output.line(), false);
            } else if (event instanceof RunEvent.Waiting waiting) {
                doing(waiting.step(), waiting.reason(), true);
            } else if (event instanceof RunEvent.StepFinished done) {
                running.remove(done.step());
                finished.add(commands.apply(StepLine.finished(done.step(), done.outcome(), done.elapsed(), colours)));
            }
            if (!open && !closed) {
                open = true;
                painter.start();
            }
        }
    }

    private void doing(StepId step, String text, boolean waiting) {
        Work work = running.get(step);
        String plain = StepLine.printable(console.mask().over(text)).strip(); // before it is cut
        if (work != null && !plain.isEmpty()) {
            work.doing = plain;
            work.waiting = waiting;
        }
    }

    private void paint() {
        try {
            do {
                draw();
            } while (!end.await(REDRAW.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings the screen up to date. */
    private void draw() {
        int columns = Math.max(20, console.columns().getAsInt());
        synchronized (lock) {
            if (closed) {
                return;
            }
            StringBuilder lower = new StringBuilder();
            running.forEach(
                    (step, work) -> lower.append(line(step, work, columns)).append('\n'));
            if (finished.isEmpty() && lower.toString().equals(last)) {
                return;
            }
            write(HIDE_CURSOR + back() + above() + NO_WRAP + lower + WRAP);
            last = lower.toString();
            drawn = running.size();
        }
    }

    private String line(StepId step, Work work, int columns) {
        Duration elapsed = Duration.ofNanos(nanos.getAsLong() - work.since);
        String time = String.format(Locale.ROOT, "%2d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
        String word = work.waiting ? "waiting" : "running";
        String plain =
                Printable.cut(StepLine.line(word, Paint.FAINT, step, time + "  " + work.doing, false), columns - 1);
        return plain.startsWith(word)
                ? (work.waiting ? Paint.WARNING : Paint.STRONG).on(word, colours) + plain.substring(word.length())
                : plain;
    }

    private String back() {
        return (drawn > 0 ? "\u001b[" + drawn + "A" : "") + CLEAR_BELOW;
    }

    private String above() {
        StringBuilder lines = new StringBuilder();
        finished.forEach(line -> lines.append(line).append('\n'));
        finished.clear();
        return lines.toString();
    }

    private void write(String text) {
        console.err().print(text);
        console.err().flush();
    }

    /** Takes the lower lines away, shows what had not been shown yet, and gives the cursor back. */
    @Override
    public void close() {
        end.countDown();
        synchronized (lock) {
            if (open && !closed) {
                write(back() + above() + WRAP + SHOW_CURSOR);
            }
            closed = true;
        }
    }
}
