package dev.crossarm.cli.command;

import picocli.CommandLine.Model.CommandSpec;

/** One word of the command line: what it accepts, and what it does. */
public interface Subcommand {

    /** Name, options, help. Built anew for each call, because a parser writes into it. */
    CommandSpec spec();

    /**
     * Does it.
     *
     * @return the status to end with; see {@link dev.crossarm.problem.ExitStatus}
     */
    int run(Invocation invocation);
}
