package dev.crossarm.text;

import java.util.regex.Pattern;

/** Foreign text in a form that a terminal only prints and never acts on. */
public final class Printable {
    /** Sequences of ECMA-48: with parameters, with a text up to its terminator, and of two characters. */
    private static final Pattern SEQUENCE = Pattern.compile(
            "\u001B(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[ -/]*[0-~])");

    /** Control characters of both kinds, and those that turn the direction of the text around them. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]");

    private static final Pattern CONTROL_BUT_TAB =
            Pattern.compile("[\\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069&&[^\t]]");

    private static final Pattern CONTROL_BUT_LINE_FEED =
            Pattern.compile("[\\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069&&[^\n]]");

    private Printable() {}

    /** One line of a program's output without colours and whatever else is not to be seen; tabs stay. */
    public static String line(String text) {
        String plain =
                text.indexOf('\u001B') < 0 ? text : SEQUENCE.matcher(text).replaceAll("");
        return CONTROL_BUT_TAB.matcher(plain).replaceAll("");
    }

    /** A name or a value in one line, each character that cannot be printed shown as a question mark. */
    public static String marked(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    /** The same of a text that may have several lines. */
    public static String markedLines(String text) {
        return CONTROL_BUT_LINE_FEED.matcher(text).replaceAll("?");
    }

    /** At most this many characters, with an ellipsis where something was cut off. Secrets are masked before. */
    public static String cut(String text, int length) {
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return length < 2 ? "" : text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
    }
}
