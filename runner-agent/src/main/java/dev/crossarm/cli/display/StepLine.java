package dev.crossarm.cli.display;

import dev.crossarm.plan.Outcome;
import dev.crossarm.plan.StepId;
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
        return line(word, paint, step, text + (timed ? " (" + seconds(elapsed) + ")" : ""), colours);
    }

    static String line(String word, Paint paint, StepId step, String text, boolean colours) {
        String plain =
                String.format(Locale.ROOT, "%-9s %-19s %s", word, step, text).stripTrailing();
        return paint.on(word, colours) + plain.substring(word.length());
    }

    /** Under a minute with a tenth, above in minutes and seconds. */
    static String seconds(Duration elapsed) {
        long tenths = elapsed.toMillis() / 100;
        return tenths < 600
                ? tenths / 10 + "." + tenths % 10 + " s"
                : tenths / 600 + " min " + tenths % 600 / 10 + " s";
    }

    /** The text without what a terminal would act on, so that a child's output cannot move the cursor. */
    static String printable(String text) {
        return text.replaceAll("\u001b(\\[[0-?]*[ -/]*[@-~]|[@-Z\\\\-_])", "")
                .replace('\t', ' ')
                .replaceAll("\\p{Cntrl}", "");
    }

    /** At most this many characters, with an ellipsis where something was cut off. */
    static String fit(String text, int columns) {
        if (text.codePointCount(0, text.length()) <= columns) {
            return text;
        }
        return columns < 2 ? "" : text.substring(0, text.offsetByCodePoints(0, columns - 1)) + "…";
    }
}
