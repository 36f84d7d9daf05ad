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

    /** An estimate, in round numbers: {@code 8 MB}, {@code 450 MB}, {@code 1.9 GB}. */
    public static String about(long bytes) {
        long exact = Math.max(1, Math.round(bytes / 1e6));
        long megabytes = exact < 100 ? exact : Math.round(exact / 10.0) * 10;
        return megabytes < 1000 ? megabytes + " MB" : String.format(Locale.ROOT, "%.1f GB", megabytes / 1e3);
    }

    /** An estimate, rounded up: {@code 20 seconds}, {@code 1 minute}, {@code 3 minutes}. */
    public static String about(Duration time) {
        long seconds = time.toSeconds();
        if (seconds <= 50) {
            return Math.max(1, (seconds + 9) / 10) * 10 + " seconds";
        }
        long minutes = (seconds + 59) / 60;
        return minutes + (minutes == 1 ? " minute" : " minutes");
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
