package dev.crossarm.cli.command;

import dev.crossarm.host.Surroundings;

/** Whether to use colours: the option decides, then NO_COLOR (no-color.org), then TERM=dumb, then whether it is a terminal. */
public enum ColourChoice {
    AUTO,
    ALWAYS,
    NEVER;

    public boolean colours(Surroundings surroundings, boolean terminal) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal
                        && surroundings.variable("NO_COLOR").isEmpty()
                        && !surroundings.variable("TERM").orElse("dumb").equals("dumb");
        };
    }
}
