package dev.crossarm.job.report;

/** Text of others inside of Markdown: shown as it is, whatever it holds. */
final class Markdown {
    private static final int LONGEST = 300;

    private Markdown() {}

    /** In a line or a table's cell. Over-long text is cut. */
    static String text(String plain) {
        StringBuilder out = new StringBuilder();
        int end = plain.offsetByCodePoints(0, Math.min(LONGEST, plain.codePointCount(0, plain.length())));
        plain.substring(0, end).codePoints().forEach(point -> {
            if (Character.isLetterOrDigit(point) || " .,/-+%()=".indexOf(point) >= 0) {
                out.appendCodePoint(point);
            } else if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                out.append('?'); // line breaks end a cell, and a change of direction hides what is written
            } else {
                out.append("&#").append(point).append(';');
            }
        });
        return end < plain.length() ? out.append('…').toString() : out.toString();
    }

    /** As code. Not by backticks: text could close them. */
    static String code(String plain) {
        return "<code>" + text(plain) + "</code>";
    }
}
