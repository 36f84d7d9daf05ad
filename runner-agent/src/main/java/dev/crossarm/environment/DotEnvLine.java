package dev.crossarm.environment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line of a {@code .env}. Line ends and {@code =} are single bytes that occur inside no other UTF-8 character, so a line is
 * taken apart as bytes and malformed text does it no harm.
 */
final class DotEnvLine {
    private final byte[] content;
    private final byte[] lineEnd;
    private final Optional<String> key;

    private DotEnvLine(byte[] content, byte[] lineEnd) {
        this.content = content;
        this.lineEnd = lineEnd;
        int split = splitAt(content);
        this.key = split > 0 ? Optional.of(new String(content, 0, split, StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** The lines from this offset on; the last one has no line end when the bytes end without one. */
    static List<DotEnvLine> split(byte[] bytes, int from) {
        List<DotEnvLine> lines = new ArrayList<>();
        int start = from;
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                int next = bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n' ? i + 2 : i + 1;
                lines.add(new DotEnvLine(Arrays.copyOfRange(bytes, start, i), Arrays.copyOfRange(bytes, i, next)));
                start = next;
                i = next - 1;
            }
        }
        if (start < bytes.length) {
            lines.add(new DotEnvLine(Arrays.copyOfRange(bytes, start, bytes.length), new byte[0]));
        }
        return List.copyOf(lines);
    }

    /** The variable the line speaks of; empty when the runner ignores the line. */
    Optional<String> key() {
        return key;
    }

    /** What follows the first {@code =}; only of a line that has a key. */
    String value() {
        int split = splitAt(content);
        return new String(content, split + 1, content.length - split - 1, StandardCharsets.UTF_8);
    }

    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Length in bytes without the line end. */
    int length() {
        return content.length;
    }

    /** Whether the bytes are what their text gives again: false for malformed UTF-8. */
    boolean wellFormed() {
        return Arrays.equals(text().getBytes(StandardCharsets.UTF_8), content);
    }

    boolean ended() {
        return lineEnd.length > 0;
    }

    boolean endsInCrLf() {
        return lineEnd.length == 2;
    }

    /** Content and line end. */
    byte[] whole() {
        byte[] all = Arrays.copyOf(content, content.length + lineEnd.length);
        System.arraycopy(lineEnd, 0, all, content.length, lineEnd.length);
        return all;
    }

    private static int splitAt(byte[] content) {
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '=') {
                return i;
            }
        }
        return -1;
    }
}
