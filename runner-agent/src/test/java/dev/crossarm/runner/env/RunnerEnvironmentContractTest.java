package dev.crossarm.runner.env;

import dev.crossarm.config.Layout;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.CheckpointedCommands;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Two runners: one with files of its own and a service that listens, one with neither. */
final class RunnerEnvironmentContractTest {
    private static final String SECRET = "t0k3n-of-somebody-else";
    private static final String UNIT = "actions.runner.acme-tools.box.service";

    @TestFactory
    Stream<DynamicTest> keeps_the_contract() {
        return StepContract.of(RunnerEnvironmentContractTest::step)
                .startingFrom(RunnerEnvironmentContractTest::prepare)
                .sharing("srv/box/.env")
                .withSecrets(SECRET)
                // What runs changes with every restart, and the empty folder of receipts is the store's.
                .leaving("proc", "proc/**", "opt", "opt/crossarm", "state", "state/**")
                .varying("proc/**", "state/receipts/*")
                .passing("proc/**")
                .writtenByTheKernel("proc", "proc/**")
                .tests();
    }

    private static void prepare(Path host) throws IOException {
        for (String runner : List.of("srv/box", "srv/spare")) {
            Files.createDirectories(host.resolve(runner + "/bin"));
            Files.createFile(host.resolve(runner + "/bin/Runner.Listener"));
        }
        Files.createDirectories(host.resolve("systemd"));
        String foreign =
                "TOKEN=" + SECRET + "\r\n# note\r\n=odd\r\n\u00fc=\u00e9\r\nPATH=/theirs:/usr/bin\r\nCARGO_HOME=x\r\n";
        Files.write(host.resolve("srv/box/.env"), foreign.getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(host.resolve("srv/box/.path"), "/usr/bin:/bin\n");
        new TestProc(host.resolve("proc")).boot().listener(host.resolve("srv/box"), Duration.ofHours(1));
    }

    private static Step step(Path host, Checkpoint checkpoint) {
        RunnerPlaces places = new RunnerPlaces(host.resolve("units"), host.resolve("systemd"), host.resolve("proc"));
        Path box = host.resolve("srv/box");
        ScriptedSystemctl systemctl = new ScriptedSystemctl()
                .unit(UNIT, box.toString(), "root", "active")
                .onRestart(() -> new TestProc(places.proc()).listener(box, Duration.ZERO));
        // Only children that change something are places where a disk can be full or a kill can matter.
        CheckpointedCommands changing = new CheckpointedCommands(systemctl, checkpoint);
        CommandRunner commands = (command, lines) ->
                command.argv().contains("restart") ? changing.run(command, lines) : systemctl.run(command, lines);
        DurableFiles files = new DurableFiles(checkpoint);
        Layout layout = new Layout(
                host.resolve("opt/crossarm"),
                host.resolve("state"),
                host.resolve("rustup"),
                host.resolve("cargo"),
                true,
                Optional.empty());
        ReceiptStore receipts = new ReceiptStore(files, layout.receipts());
        JobEnvironment environment =
                new JobEnvironment(Map.of("CARGO_HOME", "/our/cargo"), List.of(Path.of("/our/bin")));
        return new RunnerEnvironmentSteps(files, commands, receipts, layout, InstantSource.system(), places, true)
                .step(environment, new RunnerFinder(List.of(host + "/srv/*"), receipts, commands, places));
    }
}
