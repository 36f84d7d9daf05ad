package dev.crossarm.provision.rust;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Cost;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;

/**
 * The configured toolchain is installed, whole, with the target and the components, and in homes of ours it is the
 * default. Judged from its files; rustup runs only to change something. A channel moves only when that is asked for.
 */
public final class RustToolchainStep implements Step {
    public static final StepId ID = StepId.of("rust-toolchain");

    /** rustup's minimal profile. */
    private static final List<String> MINIMAL = List.of("rustc", "cargo", "rust-std");

    private sealed interface Repairing extends Fix {
        /** Installs the toolchain with everything that is configured. */
        record Install() implements Repairing {}

        /** Adds the target. */
        record AddTarget() implements Repairing {}

        /** Adds a component. */
        record AddComponent(String name) implements Repairing {}

        /** Makes the toolchain rustup's default. */
        record MakeDefault() implements Repairing {}

        /** Moves the channel to its newest. */
        record Upgrade() implements Repairing {}

        /** Takes a {@code target} or a {@code component} out of a toolchain. */
        record TakeOut(String kind, String toolchain, String name) implements Repairing {}

        /** Takes a whole toolchain away. */
        record Remove(Path toolchain) implements Repairing {}

        /** Forgets what was added. */
        record Forget() implements Repairing {}
    }

    private final RustPlace place;
    private final Target target;
    private final StepPorts ports;
    private final ReceiptStore receipts;
    private final ToolchainCommands rustup;
    private final InstantSource clock;
    private final Optional<Instant> upgradeSince;
    private final InstalledToolchain installed;

    /** @param upgradeSince the channel is to have been moved since then; absent to keep the version that is there */
    public RustToolchainStep(
            RustPlace place, Target target, StepPorts ports, InstantSource clock, Optional<Instant> upgradeSince) {
        this.place = place;
        this.target = target;
        this.ports = ports;
        this.receipts = ports.receipts();
        this.rustup = new ToolchainCommands(place, target, ports);
        this.clock = clock;
        this.upgradeSince = upgradeSince;
        this.installed = new InstalledToolchain(place.toolchainDirectory());
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "Rust toolchain " + place.settings().channel() + " with " + target.triple();
    }

    @Override
    public Set<StepId> requires() {
        return Set.of(RustupStep.ID);
    }

    @Override
    public Observation check() {
        try {
            List<Repair> repairs = toolchain();
            if (place.layout().ownRustHomes()) {
                defaultToolchain().ifPresent(repairs::add);
            }
            if (repairs.isEmpty() && upgradeSince.isPresent() && !receipt().upgradedSince(upgradeSince.get())) {
                repairs.add(upgrade());
            }
            return repairs.isEmpty() ? satisfied() : new Observation.Drifted(repairs);
        } catch (CrossarmException failure) {
            return new Observation.Unknown(failure.problem());
        }
    }

    @Override
    public Optional<Inputs> inputs() {
        Inputs inputs = installed.inputs().whole(settings());
        String host = place.hostTriple();
        MINIMAL.forEach(component -> installed.addTo(inputs, component, host));
        place.settings().components().forEach(component -> installed.addTo(inputs, component, host));
        installed.addTo(inputs, "rust-std", target.triple());
        return upgradeSince.isPresent() ? Optional.empty() : Optional.of(inputs);
    }

    private Path settings() {
        return place.layout().rustupHome().resolve("settings.toml");
    }

    private Observation satisfied() {
        List<String> evidence = new ArrayList<>();
        evidence.add("rustc " + installed.version().orElse("of unknown version") + " in " + installed.directory());
        evidence.add("with " + target.triple()
                + place.settings().components().stream()
                        .map(component -> ", " + component)
                        .reduce("", String::concat));
        return new Observation.Satisfied(evidence);
    }

    private Repair upgrade() {
        String channel = place.settings().channel();
        String version = installed.version().orElse("installed");
        return repair(
                        new Difference("channel " + channel, version, "the newest"),
                        "move Rust " + channel + " from " + version + " to the newest" + from(),
                        new Repairing.Upgrade())
                .at(toolchainCost());
    }

    private List<Repair> toolchain() {
        String host = place.hostTriple();
        List<Repair> repairs = new ArrayList<>();
        String name = place.toolchain();
        String installing = "install Rust " + name + " with " + target.triple() + from();
        if (!installed.present()) {
            repairs.add(
                    repair(Difference.missing("toolchain " + name, "installed"), installing, new Repairing.Install())
                            .at(toolchainCost()));
            return repairs;
        }
        List<String> broken = broken(host);
        if (!broken.isEmpty()) {
            String some = broken.size() + " parts missing, such as " + broken.get(0);
            if (!place.layout().ownRustHomes()) {
                throw damaged(some).asException();
            }
            Path directory = installed.directory();
            repairs.add(Repair.of(
                    new Difference("toolchain " + name, some, "whole"),
                    Change.of(Change.Kind.DELETE, directory.toString(), "remove the damaged toolchain " + directory),
                    new Repairing.Remove(directory)));
            repairs.add(Repair.of(change("toolchain " + name, installing), new Repairing.Install())
                    .at(toolchainCost()));
            return repairs;
        }
        if (!installed.has("rust-std", target.triple())) {
            repairs.add(repair(
                            Difference.missing("target " + target.triple(), "installed"),
                            "add the target " + target.triple() + " to Rust " + name + from(),
                            new Repairing.AddTarget())
                    .at(RustCosts.TARGET));
        }
        for (String component : place.settings().components()) {
            if (!installed.has(component, host)) {
                repairs.add(repair(
                                Difference.missing("component " + component, "installed"),
                                "add " + component + " to Rust " + name + from(),
                                new Repairing.AddComponent(component))
                        .at(RustCosts.COMPONENT));
            }
        }
        return repairs;
    }

    private List<String> broken(String host) {
        List<String> broken = new ArrayList<>(installed.contradictions());
        for (String component : MINIMAL) {
            if (!installed.has(component, host)) {
                broken.add(component);
            }
            broken.addAll(installed.missingFiles(component, host));
        }
        broken.addAll(installed.missingFiles("rust-std", target.triple()));
        place.settings().components().forEach(component -> broken.addAll(installed.missingFiles(component, host)));
        return broken;
    }

    /** In a home that is not ours nothing is taken away to make room for a whole one. */
    private Problem damaged(String what) {
        String name = place.toolchain();
        return Problem.of(
                        ExitStatus.STEP_FAILED,
                        "toolchain-damaged",
                        "the toolchain " + name + " is incomplete",
                        "rustup toolchain uninstall " + name + " && crossarm provision",
                        "Or let crossarm use its own Rust homes: crossarm provision --scope system")
                .withDetail(installed.directory() + ": " + what);
    }

    private Optional<Repair> defaultToolchain() {
        String found = ports.files()
                .read(settings())
                .map(bytes -> Toml.parse(new String(bytes, StandardCharsets.UTF_8)))
                .filter(toml -> !toml.hasErrors())
                .map(toml -> toml.get(List.of("default_toolchain")))
                .map(Object::toString)
                .orElse("none");
        return found.equals(place.toolchain())
                ? Optional.empty()
                : Optional.of(repair(
                        new Difference("default " + place.toolchain(), found, place.toolchain()),
                        "make Rust " + place.toolchain() + " the default",
                        new Repairing.MakeDefault()));
    }

    private String from() {
        return " from " + place.distServer();
    }

    private Repair repair(Difference difference, String summary, Fix fix) {
        return Repair.of(difference, change(difference.subject(), summary), fix);
    }

    private Change change(String subject, String summary) {
        return Change.of(Change.Kind.RUN, subject, summary).in(place.layout().rustupHome());
    }

    private Cost toolchainCost() {
        return RustCosts.toolchain(place.settings().components());
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        if (fix instanceof Repairing.Install) {
            if (!installed.present()) {
                receipts.write(ID, receipt().withToolchain(place.toolchain()));
            }
            rustup.install(progress);
        } else if (fix instanceof Repairing.AddTarget) {
            receipts.write(ID, receipt().withTarget(place.toolchain(), target.triple()));
            rustup.addTarget(progress);
        } else if (fix instanceof Repairing.AddComponent adding) {
            receipts.write(ID, receipt().withComponent(place.toolchain(), adding.name()));
            rustup.addComponent(adding.name(), progress);
        } else if (fix instanceof Repairing.MakeDefault) {
            rustup.makeDefault(progress);
        } else if (fix instanceof Repairing.Upgrade) {
            rustup.install(progress);
            receipts.write(ID, receipt().withUpgrade(clock.instant()));
        } else if (fix instanceof Repairing.TakeOut taking) {
            rustup.takeAway(taking.kind(), taking.toolchain(), taking.name(), progress);
        } else if (fix instanceof Repairing.Remove removing) {
            remove(removing.toolchain(), progress);
        } else {
            receipts.delete(ID);
        }
    }

    private void remove(Path toolchain, Progress progress) {
        progress.line("removing " + toolchain);
        ports.files().deleteTree(toolchain);
        if (place.layout().ownRustHomes()) {
            // What was being unpacked when an installation was cut off; rustup never looks at it again.
            ports.files().deleteTree(place.layout().rustupHome().resolve("tmp"));
        }
    }

    private RustToolchainReceipt receipt() {
        return receipts.read(ID, RustToolchainReceipt.class).orElse(RustToolchainReceipt.NONE);
    }

    /** Toolchains it installed, and of others the target and components it added. The receipt goes last. */
    @Override
    public List<Repair> planRemoval() {
        Path toolchains = place.layout().rustupHome().resolve("toolchains");
        RustToolchainReceipt receipt = receipt();
        List<Repair> repairs = new ArrayList<>();
        receipt.targets().forEach(part -> takeOut("target", part, toolchains).ifPresent(repairs::add));
        receipt.components()
                .forEach(part -> takeOut("component", part, toolchains).ifPresent(repairs::add));
        for (String name : receipt.toolchains()) {
            Path toolchain = toolchains.resolve(name);
            if (Files.exists(toolchain)) {
                repairs.add(deletion(toolchain, "remove the toolchain " + toolchain, new Repairing.Remove(toolchain)));
            }
        }
        if (Files.exists(receipts.file(ID))) {
            repairs.add(deletion(
                    receipts.file(ID), "delete the record of what was added to" + " Rust", new Repairing.Forget()));
        }
        return repairs;
    }

    /** @param part {@code toolchain name}, as it stands in the receipt */
    private Optional<Repair> takeOut(String kind, String part, Path toolchains) {
        String[] words = part.split(" ");
        if (receipt().toolchains().contains(words[0]) || !Files.exists(toolchains.resolve(words[0]))) {
            return Optional.empty();
        }
        return Optional.of(Repair.of(
                change(kind + " " + part, "remove the " + kind + " " + words[1] + " from Rust " + words[0]),
                new Repairing.TakeOut(kind, words[0], words[1])));
    }

    private static Repair deletion(Path path, String summary, Fix fix) {
        return Repair.of(
                Change.of(Change.Kind.DELETE, path.toString(), summary)
                        .withFingerprints(Fingerprint.UNKNOWN, Fingerprint.ABSENT),
                fix);
    }
}
