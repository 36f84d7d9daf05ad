package dev.crossarm.provision.compiler;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Sleeper;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.plan.CheckpointedCommands;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.provision.TestHost;
import java.nio.file.Path;
import java.util.Map;

/** What the tests of assembled directories share: a host whose programs are scripts. */
final class AssembledBench {
    static final HostFacts HOST = new HostFacts("debian", "13", "Debian 13", "aarch64", "6.12", 1L << 33, 4);

    private AssembledBench() {}

    static StepPorts ports(Path host, Checkpoint checkpoint, Sleeper sleeper) {
        DurableFiles files = new DurableFiles(checkpoint);
        Surroundings surroundings = new Surroundings(
                Map.of("PATH", host.resolve("tools") + ":" + System.getenv("PATH")),
                "tester",
                true,
                host,
                host,
                false,
                80);
        return new StepPorts(
                files,
                new CheckpointedCommands(new ProcessCommandRunner(surroundings), checkpoint),
                new ReceiptStore(files, TestHost.layout(host).receipts()),
                sleeper);
    }

    static CrossarmException failure(AssembledStep step) {
        Repair repair = ((Observation.Drifted) step.check()).repairs().get(0);
        return catchThrowableOfType(CrossarmException.class, () -> step.apply(repair.fix(), Progress.NONE));
    }

    static AssembledStep applied(AssembledStep step) {
        ((Observation.Drifted) step.check()).repairs().forEach(repair -> step.apply(repair.fix(), Progress.NONE));
        return step;
    }
}
