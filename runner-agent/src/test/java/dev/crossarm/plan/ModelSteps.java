package dev.crossarm.plan;

import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The two model steps, over the real adapters. */
enum ModelSteps {
    FILE {
        @Override
        Step create(Path host, Checkpoint checkpoint) {
            return new FileModelStep(host, new DurableFiles(checkpoint));
        }

        @Override
        void prepare(Path host) throws IOException {
            FileModelStep.prepare(host);
        }
    },
    CHILD {
        @Override
        Step create(Path host, Checkpoint checkpoint) {
            return withDeadline(host, checkpoint, Duration.ofMinutes(2));
        }

        @Override
        void prepare(Path host) throws IOException {
            ChildModelStep.prepare(host);
        }
    };

    abstract Step create(Path host, Checkpoint checkpoint);

    abstract void prepare(Path host) throws IOException;

    static Step withDeadline(Path host, Checkpoint checkpoint, Duration deadline) {
        Surroundings here = new Surroundings(
                Map.of("PATH", Objects.requireNonNull(System.getenv("PATH"))), "root", true, host, host, false, 80);
        CommandRunner commands = new CheckpointedCommands(new ProcessCommandRunner(here), checkpoint);
        return new ChildModelStep(host, commands, new DurableFiles(checkpoint), deadline);
    }
}
