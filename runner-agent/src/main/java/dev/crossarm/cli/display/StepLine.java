package dev.crossarm.cli.display;

import dev.crossarm.plan.Outcome;
import dev.crossarm.plan.StepId;
import dev.crossarm.text.Printable;
import dev.crossarm.text.Quantity;
import java.time.Duration;
import java.util.Locale;

/** How one step is shown in one line, finished or not. */
final class StepLine {
    /** Where the text begins. */
    static final int INDENT = 30;

    private StepLine() {}

    static String finished(StepId step, Outcome outcome, Duration elapsed, boolean colours) {
        String word = outcome.good() && !(outcome instanceof Outcome.Changed) ? "ok" : outcome.word();
        Paint paint = Paint.FAINT;
        String text = "";
        if (outcome instanceof Outcome.Unchanged unchanged) {
            paint = Paint.GOOD;
            text = String.join(", ", unchanged.evidence());
        } else if (outcome instanceof Outcome.Changed changed) {
            paint = Paint.CHANGED;
            text = String.join(", ", changed.evidence());
        } else if (outcome instanceof Outcome.Failed failed) {
            paint = Paint.BAD;
            text = failed.problem().summary();
        } else if (outcome instanceof Outcome.Skipped skipped) {
            text = skipped.because();
        }
        boolean timed = elapsed.toMillis() >= 100;
        return line(word, paint, step, text + (timed ? " (" + Quantity.time(elapsed) + ")" : ""), colours);
    }

    static String line(String word, Paint paint, StepId step, String text, boolean colours) {
        String plain =
                String.format(Locale.ROOT, "%-9s %-19s %s", word, step, text).stripTrailing();
        return paint.on(word, colours) + plain.substring(word.length());
    }

    /** A line for a terminal's row: nothing that moves the cursor, and no tab, whose width nobody knows. */
    static String printable(String text) {
        return Printable.line(text).replace('\t', ' ');
    }
}
