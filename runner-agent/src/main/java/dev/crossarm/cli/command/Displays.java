package dev.crossarm.cli.command;

import dev.crossarm.cli.display.LineDisplay;
import dev.crossarm.cli.display.LiveDisplay;
import dev.crossarm.cli.display.Messages;
import dev.crossarm.cli.display.RunDisplay;

/** Chooses how a run is shown. */
public final class Displays {

    private Displays() {}

    /** Live on a terminal that can do it; line by line elsewhere, and where everything or nothing is to be said. */
    public static RunDisplay of(Invocation invocation) {
        Messages messages = invocation.messages();
        boolean dumb = invocation
                .program()
                .surroundings()
                .variable("TERM")
                .orElse("dumb")
                .equals("dumb");
        boolean live = invocation.console().errTerminal() && !dumb && !messages.quiet() && !messages.verbose();
        return live
                ? new LiveDisplay(
                        invocation.console(),
                        messages.colours(),
                        invocation.program().nanos(),
                        messages.commands())
                : new LineDisplay(messages);
    }
}
