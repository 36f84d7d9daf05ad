package dev.crossarm.environment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which lines of a {@code .env} are ours.
 *
 * @param ours keys and values of our lines, in the order they stand in
 * @param foreign all other lines
 * @param place number of foreign lines before our first line; empty when no line is ours
 * @param whole whether there is exactly one block, closed, with each key it names and nothing foreign inside
 */
record DotEnvBlock(Map<String, String> ours, List<DotEnvLine> foreign, OptionalInt place, boolean whole) {
    private static final String BEGIN = "# crossarm begin";
    private static final String END = "# crossarm end";
    private static final String NAMES = ", names: ";

    DotEnvBlock {
        ours = Collections.unmodifiableMap(new LinkedHashMap<>(ours));
        foreign = List.copyOf(foreign);
    }

    /** The block as text. No marker holds a {@code =}, so the runner ignores them. */
    static String render(Map<String, String> variables, String lineEnd) {
        StringBuilder text = new StringBuilder(BEGIN)
                .append(" (kept by crossarm provision, taken out by crossarm provision --remove)")
                .append(NAMES)
                .append(String.join(" ", variables.keySet()))
                .append(lineEnd);
        variables.forEach(
                (key, value) -> text.append(key).append('=').append(value).append(lineEnd));
        return text.append(END).append(lineEnd).toString();
    }

    static DotEnvBlock find(List<DotEnvLine> lines) {
        Map<String, String> ours = new LinkedHashMap<>();
        List<DotEnvLine> foreign = new ArrayList<>();
        OptionalInt place = OptionalInt.empty();
        int blocks = 0;
        boolean whole = true;
        for (int i = 0; i < lines.size(); i++) {
            if (!isBegin(lines.get(i))) {
                foreign.add(lines.get(i));
                continue;
            }
            blocks++;
            place = place.isPresent() ? place : OptionalInt.of(foreign.size());
            Set<String> names = names(lines.get(i).text());
            int end = nextMarker(lines, i + 1);
            boolean closed = end < lines.size() && isEnd(lines.get(end));
            for (i++; i < end; i++) {
                DotEnvLine line = lines.get(i);
                if (line.key().filter(names::remove).isPresent()) {
                    ours.put(line.key().get(), line.value());
                } else if (closed) {
                    whole = false;
                    foreign.add(line);
                } else {
                    // Without its end, only what follows the beginning at once is certain to be ours.
                    break;
                }
            }
            whole &= closed && names.isEmpty();
            if (!closed) {
                i--;
            }
        }
        return new DotEnvBlock(ours, foreign, place, whole && blocks == 1);
    }

    private static int nextMarker(List<DotEnvLine> lines, int from) {
        int i = from;
        while (i < lines.size() && !isBegin(lines.get(i)) && !isEnd(lines.get(i))) {
            i++;
        }
        return i;
    }

    private static Set<String> names(String marker) {
        int at = marker.lastIndexOf(NAMES);
        return at < 0
                ? new TreeSet<>()
                : new TreeSet<>(
                        Arrays.asList(marker.substring(at + NAMES.length()).split(" ", -1)));
    }

    private static boolean isBegin(DotEnvLine line) {
        return line.key().isEmpty() && line.text().startsWith(BEGIN + " ");
    }

    private static boolean isEnd(DotEnvLine line) {
        return line.text().equals(END);
    }
}
