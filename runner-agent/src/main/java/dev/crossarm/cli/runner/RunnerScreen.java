package dev.crossarm.cli.runner;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.cli.display.Messages;
import dev.crossarm.runner.install.InstallProgress;

/** Shows how an installation or update gets on: a line for each step, and on a terminal how far the present one is. */
final class RunnerScreen implements InstallProgress {
    private static final String CLEAR = "\r\u001B[K";

    private final Invocation invocation;
    private final boolean live;
    private boolean open;
    private String waitingFor = "";

    RunnerScreen(Invocation invocation) {
        this.invocation = invocation;
        this.live = invocation.console().errTerminal()
                && !messages().quiet()
                && !messages().verbose();
    }

    private Messages messages() {
        return invocation.messages();
    }

    @Override
    public synchronized void step(String text) {
        close();
        messages().say(text);
    }

    @Override
    public synchronized void line(String text) {
        if (live) {
            int width = Math.max(20, invocation.console().columns().getAsInt() - 3);
            String shown = text.length() > width ? text.substring(0, width) : text;
            invocation.console().err().print(CLEAR + "  " + shown);
            invocation.console().err().flush();
            open = true;
        } else if (messages().verbose()) {
            messages().say("  " + text);
        }
    }

    /** Told again and again; said once. */
    @Override
    public synchronized void waiting(String reason) {
        if (!reason.equals(waitingFor)) {
            close();
            waitingFor = reason;
            messages().say("Waiting: " + reason);
        }
    }

    /** Takes the line that is being written over off the screen. */
    synchronized void close() {
        if (open) {
            invocation.console().err().print(CLEAR);
            invocation.console().err().flush();
            open = false;
        }
    }
}
