package dev.crossarm.health;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.Scope;
import dev.crossarm.config.Settings;
import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProcessCommandRunner;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepGraph;
import dev.crossarm.provision.compiler.CompilerKind;
import dev.crossarm.provision.compiler.CrossEnvironment;
import dev.crossarm.provision.proof.SelfTest;
import dev.crossarm.provision.proof.SelfTestSubject;
import dev.crossarm.runner.env.FoundRunners;
import dev.crossarm.runner.env.RunnerInstance;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
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

/** An ARM64 host in a folder that stands for {@code /}, healthy until a test breaks something. */
final class DoctorBench {
    final Path root;
    private final Map<String, String> variables = new TreeMap<>(Map.of("PATH", "/usr/bin:/bin"));
    private final List<RunnerInstance> runners = new ArrayList<>();
    private final List<Path> gone = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private HostFacts facts = new HostFacts("debian", "13", "Debian GNU/Linux 13", "aarch64", "6.12", 8L << 30, 4);
    private CompilerKind compiler = CompilerKind.of(Compiler.GNU);
    private Path directory;
    private boolean isRoot = true;

    DoctorBench(Path root) throws IOException {
        this.root = root;
        this.directory = root.resolve("home");
        Files.createDirectories(directory);
        Files.createDirectories(root.resolve("tmp"));
        Files.createDirectories(layout().bin());
        write("var/lib/dpkg/status", "Package: dpkg\nStatus: install ok installed\nArchitecture: arm64\n");
    }

    Path write(String place, String text) throws IOException {
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    DoctorBench variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    DoctorBench facts(HostFacts other) {
        facts = other;
        return this;
    }

    DoctorBench compiler(CompilerKind other) {
        compiler = other;
        return this;
    }

    DoctorBench in(Path other) {
        directory = other;
        return this;
    }

    DoctorBench asUser() {
        isRoot = false;
        return this;
    }

    DoctorBench step(Step step) {
        steps.add(step);
        return this;
    }

    DoctorBench runner(Path where) {
        return runner(where, "ci");
    }

    DoctorBench runner(Path where, String account) {
        runners.add(new RunnerInstance(where, account, Optional.empty()));
        return this;
    }

    DoctorBench goneRunner(Path where) {
        gone.add(where);
        return this;
    }

    Layout layout() {
        return new Layout(
                root.resolve("opt/crossarm"),
                root.resolve("var/lib/crossarm"),
                root.resolve("var/lib/crossarm/rust/rustup"),
                root.resolve("var/lib/crossarm/rust/cargo"),
                true,
                Optional.empty());
    }

    JobEnvironment environment() {
        return CrossEnvironment.of(Target.X86_64_MUSL, compiler, layout(), facts, settings());
    }

    private Loaded loaded() {
        return new Loaded(settings(), Map.of(), List.of(), Optional.empty());
    }

    Settings settings() {
        return new Settings(
                Scope.SYSTEM,
                layout().prefix(),
                layout().state(),
                Optional.empty(),
                Target.X86_64_MUSL,
                compiler.compiler(),
                "stable",
                List.of(),
                Settings.RustupSource.AUTO,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Duration.ofMinutes(10));
    }

    DoctorSubject subject() {
        Surroundings surroundings = surroundings();
        return subject(new ProcessCommandRunner(surroundings));
    }

    DoctorSubject subject(CommandRunner commands) {
        HostFiles files = new DurableFiles(Checkpoint.NONE);
        SelfTest selfTest = new SelfTest(
                new SelfTestSubject(
                        CrossTools.of(Target.X86_64_MUSL),
                        false,
                        environment(),
                        layout(),
                        facts,
                        Optional.empty(),
                        directory,
                        "0.1.0"),
                commands,
                files,
                new ReceiptStore(files, layout().receipts()),
                InstantSource.system());
        return new DoctorSubject(
                surroundings(),
                facts,
                loaded(),
                layout(),
                environment(),
                Target.X86_64_MUSL,
                () -> StepGraph.of(steps),
                () -> new FoundRunners(runners, List.of(), gone),
                selfTest,
                commands,
                root);
    }

    private Surroundings surroundings() {
        return new Surroundings(variables, isRoot ? "root" : "ci", isRoot, directory, directory, false, 80);
    }
}
