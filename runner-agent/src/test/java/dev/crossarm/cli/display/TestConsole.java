package dev.crossarm.cli.display;

import dev.crossarm.text.Mask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Streams of a test: what was said can be read, what is to be answered can be given. */
public final class TestConsole {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Mask mask = Mask.FORMS;
    private boolean inJob;
    private boolean terminal;
    private String input = "";

    /** As if a person sat in front of it, who types this. */
    public TestConsole onTerminal(String typed) {
        terminal = true;
        input = typed;
        return this;
    }

    /** As a process with these variables would have it. */
    public TestConsole in(Map<String, String> environment) {
        mask = Mask.of(environment);
        inJob = environment.containsKey("GITHUB_ACTIONS");
        return this;
    }

    public Console console() {
        return new Console(
                mask,
                inJob,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                terminal,
                terminal,
                terminal,
                () -> 80);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
