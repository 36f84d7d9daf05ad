package dev.crossarm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The log of a workflow job as the runner reads it. */
public final class RunnersReading {
    private static final Set<String> KNOWN = Set.of(
            "add-mask", "set-output", "set-env", "error", "warning", "notice", "group", "stop-commands", "debug");

    private RunnersReading() {}

    /** What the runner obeys: its reading of a line, see ActionCommand.cs and ActionCommandManager.cs. */
    public static List<String> obeyed(String log) {
        List<String> obeyed = new ArrayList<>();
        String token = "";
        for (String line : log.split("\r\n|\r|\n", -1)) {
            String text = line.stripLeading();
            String name = text.startsWith("::") && text.indexOf("::", 2) > 0
                    ? text.substring(2, text.indexOf("::", 2)).split(" ", 2)[0]
                    : line.contains("##[")
                            ? line.substring(line.indexOf("##[") + 3).split("[ \\]]", 2)[0]
                            : "";
            if (!token.isEmpty()) {
                token = name.equals(token) ? "" : token;
            } else if (name.equals("stop-commands")) {
                token = text.substring(text.indexOf("::", 2) + 2);
            } else if (KNOWN.contains(name)) {
                obeyed.add(text);
            }
        }
        assertThat(token).as("listening again at the end").isEmpty();
        return obeyed;
    }
}
