package dev.crossarm.cli.command;

import dev.crossarm.cli.display.LineDisplay;
import dev.crossarm.cli.display.LiveDisplay;
import dev.crossarm.cli.display.RunDisplay;
import dev.crossarm.cli.display.Voice;

/** Chooses how a run is shown. */
public final class Displays {

    private Displays() {}

    /** Live on a terminal that can do it; line by line elsewhere, and where everything or nothing is to be said. */
    public static RunDisplay of(Invocation invocation) {
        Voice voice = invocation.voice();
        boolean dumb = invocation
                .program()
                .surroundings()
                .variable("TERM")
                .orElse("dumb")
                .equals("dumb");
        boolean live = invocation.console().errTerminal() && !dumb && !voice.quiet() && !voice.verbose();
        return live
                ? new LiveDisplay(
                        invocation.console(),
                        voice.colours(),
                        invocation.program().nanos())
                : new LineDisplay(voice);
    }
}
