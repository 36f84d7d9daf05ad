package dev.crossarm.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Sizes and times as people read them, and as JSON holds them. */
public final class Quantity {
    private static final double KIB = 1024;
    private static final double MIB = 1024 * KIB;
    private static final double GIB = 1024 * MIB;

    private Quantity() {}

    /** Exact, for example {@code 4,404,019 bytes}. */
    public static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d bytes", bytes);
    }

    /** Short, for example {@code 4.2 MiB}, {@code 412 MiB} or {@code 12.3 GiB}. */
    public static String size(long bytes) {
        if (bytes < KIB) {
            return bytes(bytes);
        }
        if (bytes < MIB) {
            return scaled(bytes / KIB, "KiB");
        }
        return bytes < GIB ? scaled(bytes / MIB, "MiB") : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }

    private static String scaled(double amount, String unit) {
        return String.format(Locale.ROOT, amount < 100 ? "%.1f %s" : "%.0f %s", amount, unit);
    }

    /** Under a minute with a tenth, above in minutes and seconds. */
    public static String time(Duration elapsed) {
        long tenths = Math.round(elapsed.toMillis() / 100.0);
        return tenths < 600
                ? tenths / 10 + "." + tenths % 10 + " s"
                : tenths / 600 + " min " + tenths % 600 / 10 + " s";
    }

    /** Seconds with three decimals, for JSON. */
    public static BigDecimal seconds(Duration elapsed) {
        return BigDecimal.valueOf(elapsed.toMillis(), 3);
    }
}
