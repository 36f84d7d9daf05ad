package dev.crossarm.provision.proof;

import dev.crossarm.config.Layout;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.provision.TestSettings;
import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.provision.compiler.CompilerPlace;
import dev.crossarm.provision.compiler.CrossEnvironment;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A provisioned host in a folder: the wrappers in place, the real gcc behind them, the given Rust homes. */
final class SelfTestBench {
    private final Path root;
    private final Path rustupHome;
    private final Path cargoHome;
    private final Map<String, String> overrides = new TreeMap<>();
    private Target target = Target.X86_64_MUSL;
    private String architecture = "x86_64";

    SelfTestBench(Path root, Path rustupHome, Path cargoHome) throws IOException {
        this.root = root;
        this.rustupHome = rustupHome;
        this.cargoHome = cargoHome;
        CompilerPlace place = new CompilerPlace(
                CompilerKind.of(Compiler.GNU), CrossTools.of(target), layout(), root.resolve("no-rust"));
        for (Map.Entry<Path, String> file : place.files().entrySet()) {
            executable(file.getKey(), file.getValue());
        }
        Files.createDirectories(layout().bin());
        for (Map.Entry<Path, Path> link : place.links().entrySet()) {
            Files.createSymbolicLink(link.getKey(), link.getValue());
        }
    }

    Layout layout() {
        return new Layout(root.resolve("prefix"), root.resolve("state"), rustupHome, cargoHome, true, Optional.empty());
    }

    /** A variable of the job's environment with another value. */
    SelfTestBench with(String variable, String value) {
        overrides.put(variable, value);
        return this;
    }

    SelfTestBench target(Target other) {
        target = other;
        return this;
    }

    /** As if the machine were one on which programs of the target need the emulator. */
    SelfTestBench asArm() {
        architecture = "aarch64";
        return this;
    }

    SelfTestSubject subject() {
        HostFacts host = new HostFacts("debian", "12", "Debian 12", architecture, "6.1.0", 4L << 30, 2);
        JobEnvironment plain = CrossEnvironment.of(
                CrossTools.of(target), CompilerKind.of(Compiler.GNU), layout(), host, TestSettings.plain(layout()));
        Map<String, String> variables = new LinkedHashMap<>(plain.variables());
        variables.putAll(overrides);
        return new SelfTestSubject(
                CrossTools.of(target),
                false,
                new JobEnvironment(variables, plain.pathPrefix()),
                layout(),
                host,
                Optional.empty(),
                root,
                "0.1.0");
    }

    SelfTest selfTest() {
        HostFiles files = new DurableFiles(Checkpoint.NONE);
        Map<String, String> operator =
                Map.of("PATH", System.getenv("PATH"), "RUSTUP_TOOLCHAIN", "nonsense", "CARGO_BUILD_TARGET", "nonsense");
        Surroundings surroundings = new Surroundings(operator, "tester", false, root, root, false, 80);
        return new SelfTest(
                subject(),
                new ProcessCommandRunner(surroundings),
                files,
                new ReceiptStore(files, layout().receipts()),
                InstantSource.system());
    }

    SelfTest.Result run() {
        return selfTest().run(false, Progress.NONE);
    }

    /** A script in a folder of its own, to stand in a tool's place. */
    Path script(String name, String text) throws IOException {
        return executable(root.resolve("scripts").resolve(name), "#!/bin/sh\n" + text + "\n");
    }

    /** What a self-test left behind in the state directory. */
    List<Path> workLeft() throws IOException {
        Path work = layout().state().resolve("self-test");
        if (!Files.exists(work)) {
            return List.of();
        }
        try (java.util.stream.Stream<Path> entries = Files.list(work)) {
            return entries.toList();
        }
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
