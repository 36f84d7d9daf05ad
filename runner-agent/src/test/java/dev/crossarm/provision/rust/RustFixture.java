package dev.crossarm.provision.rust;

import dev.crossarm.config.Layout;
import dev.crossarm.config.Scope;
import dev.crossarm.config.Settings;
import dev.crossarm.config.Settings.RustupSource;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.CheckpointedCommands;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Compiler;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Places and ports of the Rust steps over a directory that stands for a host, an x86-64 one like those tests run on. */
public record RustFixture(
        Path root,
        boolean ownHomes,
        RustupSource source,
        List<String> components,
        Optional<String> mirror,
        String channel,
        Optional<String> owner) {
    public static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");

    public static RustFixture in(Path root) {
        return new RustFixture(
                root, true, RustupSource.AUTO, List.of("clippy"), Optional.empty(), "stable", Optional.empty());
    }

    public RustFixture with(RustupSource newSource) {
        return new RustFixture(root, ownHomes, newSource, components, mirror, channel, owner);
    }

    RustFixture inHomesOfTheUser() {
        return new RustFixture(root, false, source, components, mirror, channel, owner);
    }

    public RustFixture from(String address) {
        return new RustFixture(root, ownHomes, source, components, Optional.of(address), channel, owner);
    }

    public RustFixture withComponents(String... names) {
        return new RustFixture(root, ownHomes, source, List.of(names), mirror, channel, owner);
    }

    public RustFixture withChannel(String newChannel) {
        return new RustFixture(root, ownHomes, source, components, mirror, newChannel, owner);
    }

    public RustFixture ownedBy(String user) {
        return new RustFixture(root, ownHomes, source, components, mirror, channel, Optional.of(user));
    }

    public RustPlace place() {
        Path state = root.resolve("state");
        Path rust = root.resolve("rust");
        Layout layout =
                new Layout(root.resolve("opt"), state, rust.resolve("rustup"), rust.resolve("cargo"), ownHomes, owner);
        Settings settings = new Settings(
                Scope.SYSTEM,
                layout.prefix(),
                state,
                Optional.empty(),
                Target.X86_64_MUSL,
                Compiler.GNU,
                channel,
                components,
                source,
                mirror,
                mirror.map(address -> address + "/rustup"),
                List.of(),
                Duration.ofSeconds(1));
        return new RustPlace(
                layout, settings, new HostFacts("debian", "12", "Debian 12", "x86_64", "6.1", 1L << 33, 2));
    }

    public StepPorts ports(CommandRunner commands, Checkpoint checkpoint) {
        DurableFiles files = new DurableFiles(checkpoint);
        return new StepPorts(
                files,
                new CheckpointedCommands(commands, checkpoint),
                new ReceiptStore(files, root.resolve("state/receipts")),
                pause -> {});
    }

    public static void apply(Step step) {
        ((Observation.Drifted) step.check()).repairs().forEach(repair -> step.apply(repair.fix(), Progress.NONE));
    }

    public static List<String> evidence(Step step) {
        Observation found = step.check();
        if (found instanceof Observation.Satisfied satisfied) {
            return satisfied.evidence();
        }
        throw new AssertionError("not satisfied: " + found);
    }

    /** Where the distribution has no rustup. */
    record NoPackage(Problem refused) implements RustupPackage {
        @Override
        public Optional<Problem> refusal() {
            return Optional.of(refused);
        }

        @Override
        public void refresh(Progress progress) {}

        @Override
        public void install(Progress progress) {
            throw new AssertionError("refused, and still asked for");
        }

        @Override
        public List<Path> programs() {
            return List.of();
        }
    }
}
