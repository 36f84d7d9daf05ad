package dev.crossarm.cli.display;

import dev.crossarm.config.OwnCommands;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.JobLog;
import java.util.ArrayList;
import java.util.List;

/** Says things to people: on standard error, in the chosen colours, as loud as asked for. */
public final class Messages {
    /** How much is said. */
    public enum Loudness {
        QUIET,
        NORMAL,
        VERBOSE
    }

    private final Console console;
    private final Loudness loudness;
    private final boolean colours;
    private OwnCommands commands;

    /** @param commands how commands of this program are written */
    public Messages(Console console, Loudness loudness, boolean colours, OwnCommands commands) {
        this.console = console;
        this.loudness = loudness;
        this.colours = colours;
        this.commands = commands;
    }

    /** How commands of this program are written. */
    public OwnCommands commands() {
        return commands;
    }

    /** From now on, with the settings known, they are written like this. */
    public void write(OwnCommands known) {
        commands = known;
    }

    public boolean colours() {
        return colours;
    }

    public boolean verbose() {
        return loudness == Loudness.VERBOSE;
    }

    public boolean quiet() {
        return loudness == Loudness.QUIET;
    }

    /** A line that a quiet run leaves out. */
    public void say(String line) {
        if (!quiet()) {
            console.err().println(commands.apply(line));
        }
    }

    public void warn(String line) {
        console.err().println(Paint.WARNING.on("warning:", colours) + " " + commands.apply(line));
    }

    /** A problem with everything the reader needs: what, where, and what mends it. */
    public void report(Problem problem) {
        problemLines(commands.in(problem)).forEach(line -> console.err().println(line));
    }

    /** Where in the program it happened, for whoever looks for a bug. */
    public void trace(Throwable thrown) {
        console.err().print(BugReport.trace(thrown));
    }

    /** The one object on standard output of a run with --json. */
    public void json(Object value) {
        console.data().println(JobLog.harmlessJson(JsonText.of(value, commands, console.mask())));
    }

    private List<String> problemLines(Problem problem) {
        List<String> lines = new ArrayList<>();
        lines.add(Paint.BAD.on("error:", colours) + " " + problem.summary()
                + (verbose() ? Paint.FAINT.on(" [" + problem.code() + "]", colours) : ""));
        problem.detail().lines().map(line -> "  " + line).forEach(lines::add);
        problem.remedies().forEach(remedy -> lines.add("  " + Paint.STRONG.on("help:", colours) + " " + remedy));
        return lines;
    }
}
