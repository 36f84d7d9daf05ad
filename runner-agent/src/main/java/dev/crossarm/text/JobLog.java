package dev.crossarm.text;

import java.util.regex.Pattern;

/**
 * Text in the log of a workflow job. The runner obeys a line that begins with {@code ::} behind any blanks, and an older form,
 * {@code ##[}, wherever it is in a line (ActionCommand.cs of the runner).
 */
public final class JobLog {
    private static final Pattern BEGINNING =
            Pattern.compile("^([\\s&&[^\\r\\n]]*)::", Pattern.MULTILINE | Pattern.UNICODE_CHARACTER_CLASS);

    private JobLog() {}

    /** The text with a backslash where the runner would see a command. */
    public static String harmless(String text) {
        String clean = text.contains("::") ? BEGINNING.matcher(text).replaceAll("$1\\\\::") : text;
        return clean.replace("##[", "#\\#[");
    }

    /** The same JSON, in which the runner sees no command. */
    public static String harmlessJson(String json) {
        return json.replace("##[", "#\\u0023[");
    }
}
