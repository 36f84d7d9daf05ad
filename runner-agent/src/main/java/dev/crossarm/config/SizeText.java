package dev.crossarm.config;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them in settings: a whole number and {@code M}, {@code G} or {@code T}, in powers of 1024. */
public final class SizeText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([MGT])");

    private SizeText() {}

    /** The size in bytes; empty when the text is none. */
    public static OptionalLong parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        int power = switch (matcher.group(2).charAt(0)) {
            case 'M' -> 20;
            case 'G' -> 30;
            default -> 40;
        };
        return OptionalLong.of(Long.parseLong(matcher.group(1)) << power);
    }
}
