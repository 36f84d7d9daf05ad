package dev.crossarm.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them in settings: a whole number and {@code s}, {@code m} or {@code h}. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smh])");

    private DurationText() {}

    /** The duration; empty when the text is none or is zero. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2).charAt(0)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        return Optional.of(duration).filter(found -> !found.isZero());
    }
}
