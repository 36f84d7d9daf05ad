package dev.crossarm.job.request;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Settings;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.environment.SearchPath;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Sleeper;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProgramFolders;
import dev.crossarm.host.process.StreamingRunner;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The machine a build runs on, and the ports to it.
 *
 * @param surroundings what the process was started with; a build sees all of its variables
 * @param facts the machine
 * @param settings effective settings
 * @param layout where everything lies
 * @param environment what a provisioned machine adds to a job's variables
 * @param target what is built for
 * @param streams runs cargo
 * @param commands runs what is only read
 * @param files writes files
 * @param clock tells the time
 * @param sleeper waits
 * @param nanos a ticker for durations
 * @param random unforeseeable, for delimiters
 */
public record BuildHost(
        Surroundings surroundings,
        HostFacts facts,
        Settings settings,
        Layout layout,
        JobEnvironment environment,
        Target target,
        StreamingRunner streams,
        CommandRunner commands,
        DurableFiles files,
        InstantSource clock,
        Sleeper sleeper,
        LongSupplier nanos,
        RandomGenerator random) {

    /** A build may take as long as it takes; who wants less sets a time limit on the job. */
    private static final Duration NO_DEADLINE = Duration.ofDays(7);

    /** The caller's variables but for the action's inputs, and ours on top of them. */
    public Map<String, String> variables() {
        Map<String, String> all = new TreeMap<>(surroundings.environment());
        all.keySet().removeIf(name -> name.startsWith("CROSSARM_INPUT_"));
        all.putAll(environment.variables());
        all.put(
                "PATH",
                SearchPath.prepend(
                        environment.pathPrefix(), surroundings.variable("PATH").orElse(ProgramFolders.DEFAULT)));
        return all;
    }

    /** A command with these variables in this folder. */
    public Command command(List<String> line, Map<String, String> variables, Path directory) {
        return Command.of(line).withEnvironment(variables).in(directory).within(NO_DEADLINE);
    }

    /** Whether programs of the target run here without an emulator. */
    public boolean runsTarget() {
        return facts.architecture().equals(target.architecture());
    }
}
