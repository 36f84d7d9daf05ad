package dev.crossarm.plan;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import java.util.function.Consumer;

/** A command runner with a checkpoint before and after each child, so that a kill can come there. */
public final class CheckpointedCommands implements CommandRunner {
    private final CommandRunner real;
    private final Checkpoint checkpoint;

    public CheckpointedCommands(CommandRunner real, Checkpoint checkpoint) {
        this.real = real;
        this.checkpoint = checkpoint;
    }

    @Override
    public CommandResult run(Command command, Consumer<String> lines) {
        checkpoint.reached("before-" + command.program());
        CommandResult result = real.run(command, lines);
        checkpoint.reached("after-" + command.program());
        return result;
    }
}
