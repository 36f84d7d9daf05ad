package dev.crossarm.runner.env;

import dev.crossarm.config.Layout;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Repair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A host below a temporary directory: real files, a made-up /proc, a scripted systemctl. */
final class RunnerHost {
    static final String UNIT = "actions.runner.acme-tools.box.service";

    final Path root;
    final Path runner;
    final Layout layout;
    final TestProc proc;
    final ScriptedSystemctl systemctl = new ScriptedSystemctl();
    final RunnerPlaces places;
    Checkpoint checkpoint = Checkpoint.NONE;
    boolean asRoot = true;
    List<String> given = List.of();
    JobEnvironment environment;

    RunnerHost(Path temporary) throws IOException {
        root = temporary.toRealPath();
        runner = root.resolve("srv/box");
        Files.createDirectories(runner.resolve("bin"));
        Files.createFile(runner.resolve("bin/Runner.Listener"));
        places = new RunnerPlaces(root.resolve("units"), root.resolve("systemd"), root.resolve("proc"));
        proc = new TestProc(places.proc()).boot();
        layout = new Layout(
                root.resolve("opt/crossarm"),
                root.resolve("state"),
                root.resolve("rustup"),
                root.resolve("cargo"),
                true,
                Optional.empty());
        environment = new JobEnvironment(
                new TreeMap<>(Map.of("CARGO_HOME", "/our/cargo", "CC_x86_64_unknown_linux_musl", "/our/cc")),
                List.of(Path.of("/our/bin"), Path.of("/our/cargo/bin")));
        given = List.of(runner.toString());
    }

    /** The runner becomes a service whose listener started an hour ago; a restart gives it a new listener. */
    RunnerHost service() throws IOException {
        Files.createDirectories(places.systemd());
        systemctl.unit(UNIT, runner.toString(), "root", "active");
        systemctl.onRestart(() -> proc.listener(runner, Duration.ZERO));
        proc.listener(runner, Duration.ofHours(1));
        return this;
    }

    RunnerEnvironmentStep step() {
        DurableFiles files = new DurableFiles(checkpoint);
        return new RunnerEnvironmentSteps(
                        files,
                        systemctl,
                        new ReceiptStore(files, layout.receipts()),
                        layout,
                        InstantSource.system(),
                        places,
                        asRoot)
                .step(
                        environment,
                        new RunnerFinder(given, new ReceiptStore(files, layout.receipts()), systemctl, places));
    }

    /** Checks, plans and applies as a run does; the changes made. */
    List<Change> provision() {
        if (step().check() instanceof Observation.Drifted drift) {
            List<Repair> changes = drift.repairs();
            changes.forEach(repair -> step().apply(repair.fix(), Progress.NONE));
            return changes.stream().map(Repair::change).toList();
        }
        return List.of();
    }

    List<Change> remove() {
        List<Repair> changes = step().planRemoval();
        changes.forEach(repair -> step().apply(repair.fix(), Progress.NONE));
        return changes.stream().map(Repair::change).toList();
    }

    List<String> evidence() {
        return step().check()
                .fold(
                        Observation.Satisfied::evidence,
                        drifted -> {
                            throw new AssertionError("drifted: " + drifted.differences());
                        },
                        unknown -> {
                            throw new AssertionError("unknown: " + unknown.problem());
                        });
    }

    Path env() {
        return runner.resolve(".env");
    }

    Path path() {
        return runner.resolve(".path");
    }

    /** Every file below the runner, our prefix and our state, with its bytes as text. */
    Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path top : List.of(runner, layout.prefix(), layout.state())) {
            if (!Files.exists(top)) {
                continue;
            }
            try (Stream<Path> tree = Files.walk(top)) {
                for (Path file :
                        new ArrayList<>(tree.filter(Files::isRegularFile).toList())) {
                    files.put(
                            root.relativize(file).toString(),
                            Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }
}
