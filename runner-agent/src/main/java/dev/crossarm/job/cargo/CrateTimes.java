package dev.crossarm.job.cargo;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long each package took: from cargo's line that it is being compiled to its last artifact. Packages are compiled side
 * by side, so the times add up to more than the build took.
 */
public final class CrateTimes {
    /** {@code "   Compiling serde v1.0.228"}, in colours or without; a package of a folder or git has its place behind. */
    private static final Pattern COMPILING = Pattern.compile("^ *Compiling ([A-Za-z0-9_-]+) v(\\S+)");

    /** How long a crate took to compile, its build script included. */
    public record CrateTime(String name, String version, Duration elapsed) {}

    private final LongSupplier nanos;
    private final Map<PackageId, Long> begun = new LinkedHashMap<>();
    private final Map<PackageId, Long> took = new LinkedHashMap<>();

    public CrateTimes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A line of cargo's, without colours. */
    void line(String line) {
        if (line.contains("Compiling ")) {
            Matcher matcher = COMPILING.matcher(line);
            if (matcher.find()) {
                begun.putIfAbsent(new PackageId(matcher.group(1), matcher.group(2)), nanos.getAsLong());
            }
        }
    }

    /** An artifact of the package that cargo has just made. */
    void artifact(PackageId crate) {
        Long start = begun.get(crate);
        if (start != null) {
            took.put(crate, nanos.getAsLong() - start);
        }
    }

    public List<CrateTime> slowest(int most) {
        return took.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.<Long>reverseOrder()))
                .limit(most)
                .map(entry -> new CrateTime(
                        entry.getKey().name(), entry.getKey().version(), Duration.ofNanos(entry.getValue())))
                .toList();
    }

    public int compiled() {
        return begun.size();
    }
}
