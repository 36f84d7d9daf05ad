package dev.crossarm.job.cargo;

import java.util.function.IntPredicate;

/**
 * Versions of a crate: {@code *}, or conditions parted by commas, all of which must hold: {@code =1.2.3}, {@code <2.0.0},
 * {@code >=1.0.0}.
 */
public final class VersionRange {
    private VersionRange() {}

    public static boolean holds(String range, String version) {
        if (range.equals("*")) {
            return true;
        }
        for (String condition : range.split(",", -1)) {
            String operator = condition.replaceAll("[^<>=]", "");
            int order = compare(version, condition.substring(operator.length()));
            if (!test(operator).test(order)) {
                return false;
            }
        }
        return true;
    }

    private static IntPredicate test(String operator) {
        return switch (operator) {
            case "=" -> order -> order == 0;
            case "<" -> order -> order < 0;
            case "<=" -> order -> order <= 0;
            case ">" -> order -> order > 0;
            case ">=" -> order -> order >= 0;
            default -> throw new IllegalArgumentException("not an operator: " + operator);
        };
    }

    /** By the numbers; what comes before a release (after a dash) is older than it, build metadata has no say. */
    private static int compare(String one, String other) {
        String[] left = numbers(one);
        String[] right = numbers(other);
        for (int i = 0; i < 3; i++) {
            int order = Long.compare(number(left, i), number(right, i));
            if (order != 0) {
                return order;
            }
        }
        boolean leftIsEarly = one.indexOf('-') > 0;
        boolean rightIsEarly = other.indexOf('-') > 0;
        return leftIsEarly && rightIsEarly ? one.compareTo(other) : Boolean.compare(rightIsEarly, leftIsEarly);
    }

    private static String[] numbers(String version) {
        return version.split("[-+]", 2)[0].split("\\.", -1);
    }

    private static long number(String[] parts, int at) {
        return at < parts.length && parts[at].matches("\\d{1,18}") ? Long.parseLong(parts[at]) : 0;
    }
}
