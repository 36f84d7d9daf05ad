package dev.crossarm.host;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads os-release(5): assignments in the manner of a shell, quoted or not. */
final class OsRelease {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?<name>[A-Za-z0-9_]+)=(?<value>.*?)\\s*");

    private OsRelease() {}

    static Map<String, String> parse(String text) {
        Map<String, String> values = new TreeMap<>();
        text.lines()
                .map(ASSIGNMENT::matcher)
                .filter(Matcher::matches)
                .forEach(line -> values.put(line.group("name"), unquoted(line.group("value"))));
        return values;
    }

    private static String unquoted(String value) {
        if (value.length() >= 2 && value.startsWith("'") && value.endsWith("'")) {
            return value.substring(1, value.length() - 1);
        }
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            return value.substring(1, value.length() - 1).replaceAll("\\\\([\"$`\\\\])", "$1");
        }
        return value;
    }
}
