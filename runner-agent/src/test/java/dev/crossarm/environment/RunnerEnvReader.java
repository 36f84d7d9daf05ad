package dev.crossarm.environment;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands in for the runner's own reader, which is .NET and cannot run here. Written from its rules alone and on text, where the
 * production code works on bytes, so that a mistake in one does not hide in the other.
 */
final class RunnerEnvReader {

    private RunnerEnvReader() {}

    /** What the process has after reading this file, when it was started with this environment. */
    static Map<String, String> read(byte[] file, Map<String, String> inherited) {
        String text = new String(file, StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        Map<String, String> environment = new TreeMap<>(inherited);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                line.append(text.charAt(i));
                continue;
            }
            // A CRLF gives one empty line too many here, and empty lines are ignored.
            int separator = line.indexOf("=");
            if (separator > 0) {
                String key = line.substring(0, separator);
                if (separator + 1 < line.length()) {
                    environment.put(key, line.substring(separator + 1));
                } else {
                    environment.remove(key);
                }
            }
            line.setLength(0);
        }
        return environment;
    }
}
