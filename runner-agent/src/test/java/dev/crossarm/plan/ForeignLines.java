package dev.crossarm.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whether what others wrote into a file we share is still there, byte for byte and in its order. */
final class ForeignLines {
    private ForeignLines() {}

    /** The lines of {@code before} that {@code after} lost; a last line may have been given the line feed it lacked. */
    static List<String> lost(byte[] before, byte[] after) {
        List<String> now = lines(after);
        List<String> lost = new ArrayList<>();
        int from = 0;
        for (String line : lines(before)) {
            int place = find(now, line, from);
            if (place < 0) {
                lost.add(line);
            } else {
                from = place + 1;
            }
        }
        return lost;
    }

    private static int find(List<String> lines, String line, int from) {
        for (int i = from; i < lines.size(); i++) {
            String candidate = lines.get(i);
            boolean fedSince = !line.endsWith("\n") && candidate.equals(line + "\n");
            if (candidate.equals(line) || fedSince) {
                return i;
            }
        }
        return -1;
    }

    /** One char per byte, so that nothing is lost whatever the bytes are. */
    private static List<String> lines(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }
}
