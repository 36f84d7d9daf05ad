package dev.crossarm.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks secrets in text: whole, and each line of one that has several, because output is looked at line by line. */
public final class Scrubber {
    private static final int SHORTEST_LINE = 6;
    private static final Pattern PROXY_PASSWORD = Pattern.compile("^[a-z0-9+]+://[^/@:]*:(?<password>[^/]+)@");

    private final List<Secret> secrets;
    private final int longest;

    private Scrubber(Collection<String> values) {
        // Longest first: a secret that is part of another must not leave the rest of that one behind.
        this.secrets = values.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Secret::of)
                .toList();
        this.longest = values.stream().mapToInt(String::length).max().orElse(0);
    }

    /** Masks these secrets, and the passwords in proxy addresses of this environment. */
    public static Scrubber of(Set<Secret> secrets, Map<String, String> environment) {
        Set<String> values = new TreeSet<>();
        for (Secret secret : secrets) {
            values.add(secret.reveal());
            secret.reveal()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE)
                    .forEach(values::add);
        }
        environment.forEach((name, value) -> {
            Matcher address = PROXY_PASSWORD.matcher(value);
            if (name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy") && address.find()) {
                values.add(address.group("password"));
            }
        });
        values.removeIf(String::isBlank);
        return new Scrubber(values);
    }

    public String scrub(String text) {
        String clean = text;
        for (Secret secret : secrets) {
            clean = secret.scrub(clean);
        }
        return clean;
    }

    /** Length in characters of the longest value it masks. */
    public int longest() {
        return longest;
    }
}
