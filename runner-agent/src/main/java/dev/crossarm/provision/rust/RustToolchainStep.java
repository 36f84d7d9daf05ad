package dev.crossarm.provision.rust;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.PlannedFix;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.RustPorts;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Target;
import java.nio.charset.StandardCharsets;
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

    private static final String INSTALL = "toolchain ";
    private static final String TARGET = "target ";
    private static final String COMPONENT = "component ";
    private static final String DEFAULT = "default ";
    private static final String UPGRADE = "channel ";

    /** rustup's minimal profile. */
    private static final List<String> MINIMAL = List.of("rustc", "cargo", "rust-std");

    private final RustPlace place;
    private final Target target;
    private final RustPorts ports;
    private final ReceiptStore receipts;
    private final ToolchainCommands rustup;
    private final InstantSource clock;
    private final Optional<Instant> upgradeSince;
    private final InstalledToolchain installed;

    /** @param upgradeSince the channel is to have been moved since then; absent to keep the version that is there */
    public RustToolchainStep(
            RustPlace place, Target target, RustPorts ports, InstantSource clock, Optional<Instant> upgradeSince) {
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
            List<Difference> differences = toolchain();
            if (place.layout().ownRustHomes()) {
                defaultToolchain().ifPresent(differences::add);
            }
            if (differences.isEmpty() && upgradeSince.isPresent() && !receipt().upgradedSince(upgradeSince.get())) {
                differences.add(new Difference(
                        UPGRADE + place.settings().channel(),
                        installed.version().orElse("installed"),
                        "the newest"));
            }
            return differences.isEmpty() ? satisfied() : drifted(differences);
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

    private List<Difference> toolchain() {
        String host = place.hostTriple();
        List<Difference> differences = new ArrayList<>();
        if (!installed.present()) {
            differences.add(Difference.missing(INSTALL + place.toolchain(), "installed"));
            return differences;
        }
        List<String> broken = new ArrayList<>(installed.contradictions());
        for (String component : MINIMAL) {
            if (!installed.has(component, host)) {
                broken.add(component);
            }
            broken.addAll(installed.missingFiles(component, host));
        }
        broken.addAll(installed.missingFiles("rust-std", target.triple()));
        place.settings().components().forEach(component -> broken.addAll(installed.missingFiles(component, host)));
        if (!broken.isEmpty()) {
            String some = broken.size() + " parts missing, such as " + broken.get(0);
            if (!place.layout().ownRustHomes()) {
                throw damaged(some).asException();
            }
            differences.add(new Difference(INSTALL + place.toolchain(), some, "whole"));
            return differences;
        }
        if (!installed.has("rust-std", target.triple())) {
            differences.add(Difference.missing(TARGET + target.triple(), "installed"));
        }
        for (String component : place.settings().components()) {
            if (!installed.has(component, host)) {
                differences.add(Difference.missing(COMPONENT + component, "installed"));
            }
        }
        return differences;
    }

    /** In a home that is not ours nothing is taken away to make room for a whole one. */
    private Problem damaged(String what) {
        String name = place.toolchain();
        return Problem.of(
                        ExitStatus.STEP_FAILED,
                        "toolchain-damaged",
                        "the toolchain " + name + " is not whole",
                        "rustup toolchain uninstall " + name + " && crossarm provision",
                        "Or let crossarm have Rust homes of its own: crossarm provision --scope system")
                .withDetail(installed.directory() + ": " + what);
    }

    private Optional<Difference> defaultToolchain() {
        String found = ports.files()
                .read(settings())
                .map(bytes -> Toml.parse(new String(bytes, StandardCharsets.UTF_8)))
                .filter(toml -> !toml.hasErrors())
                .map(toml -> toml.get(List.of("default_toolchain")))
                .map(Object::toString)
                .orElse("none");
        return found.equals(place.toolchain())
                ? Optional.empty()
                : Optional.of(new Difference(DEFAULT + place.toolchain(), found, place.toolchain()));
    }

    private Observation drifted(List<Difference> differences) {
        return Observation.Drifted.planned(differences, plan(differences));
    }

    private List<Change> plan(List<Difference> differences) {
        List<Change> changes = new ArrayList<>();
        for (Difference difference : differences) {
            String subject = difference.subject();
            String name = subject.substring(subject.indexOf(' ') + 1);
            if (subject.startsWith(INSTALL)) {
                if (!difference.found().equals("missing")) {
                    String directory = installed.directory().toString();
                    changes.add(Change.of(Change.Kind.DELETE, directory, "remove the damaged toolchain " + directory));
                }
                changes.add(run(subject, "install Rust " + name + " with " + target.triple() + from()));
            } else if (subject.startsWith(TARGET)) {
                changes.add(run(subject, "add the target " + name + " to Rust " + place.toolchain() + from()));
            } else if (subject.startsWith(COMPONENT)) {
                changes.add(run(subject, "add " + name + " to Rust " + place.toolchain() + from()));
            } else if (subject.startsWith(DEFAULT)) {
                changes.add(run(subject, "make Rust " + name + " the default"));
            } else {
                changes.add(
                        run(subject, "move Rust " + name + " from " + difference.found() + " to the newest" + from()));
            }
        }
        return changes;
    }

    private String from() {
        return " from " + place.distServer();
    }

    private static Change run(String target, String summary) {
        return Change.of(Change.Kind.RUN, target, summary);
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        Change change = PlannedFix.of(fix);
        String what = change.target();
        String name = what.substring(what.indexOf(' ') + 1);
        if (change.kind() == Change.Kind.DELETE) {
            delete(Path.of(what), progress);
        } else if (RustToolchainRemoval.isPart(change)) {
            rustup.takeAway(what, progress);
        } else if (what.startsWith(INSTALL)) {
            if (!installed.present()) {
                receipts.write(ID, receipt().withToolchain(place.toolchain()));
            }
            rustup.install(progress);
        } else if (what.startsWith(TARGET)) {
            receipts.write(ID, receipt().withTarget(place.toolchain(), name));
            rustup.addTarget(progress);
        } else if (what.startsWith(COMPONENT)) {
            receipts.write(ID, receipt().withComponent(place.toolchain(), name));
            rustup.addComponent(name, progress);
        } else if (what.startsWith(DEFAULT)) {
            rustup.makeDefault(progress);
        } else {
            rustup.install(progress);
            receipts.write(ID, receipt().withUpgrade(clock.instant()));
        }
    }

    private void delete(Path path, Progress progress) {
        if (path.equals(receipts.file(ID))) {
            receipts.delete(ID);
        } else {
            progress.line("removing " + path);
            ports.files().deleteTree(path);
            if (place.layout().ownRustHomes()) {
                // What was being unpacked when an installation was cut off; rustup never looks at it again.
                ports.files().deleteTree(place.layout().rustupHome().resolve("tmp"));
            }
        }
    }

    private RustToolchainReceipt receipt() {
        return receipts.read(ID, RustToolchainReceipt.class).orElse(RustToolchainReceipt.NONE);
    }

    @Override
    public List<Repair> planRemoval() {
        return PlannedFix.all(removalChanges());
    }

    private List<Change> removalChanges() {
        Path toolchains = place.layout().rustupHome().resolve("toolchains");
        return new RustToolchainRemoval(toolchains, receipts.file(ID), receipt()).plan();
    }
}
