package dev.crossarm.toolchain;

import dev.crossarm.host.CommandRunner;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Sleeper;
import dev.crossarm.host.Surroundings;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The distribution's packages: C toolchains, build tools, the emulator. Installs only what is missing, upgrades and
 * removes nothing, and first mends a dpkg that was cut off.
 */
public final class PackagesStep implements Step {

    public static final StepId ID = StepId.of("packages");

    private static final String DPKG = "dpkg";

    private final List<String> wanted;
    private final DpkgDatabase database;
    private final Apt apt;
    private final ReceiptStore receipts;
    private final boolean root;

    /**
     * The step for this host.
     *
     * @param root where the host's file system begins; {@code /} but for tests
     */
    public static PackagesStep of(
            Path root,
            List<String> packages,
            HostFacts facts,
            Surroundings surroundings,
            CommandRunner commands,
            ReceiptStore receipts,
            InstantSource clock,
            Sleeper sleeper,
            Duration lockTimeout) {
        Apt apt = new Apt(commands, new AptLocks(root), clock, sleeper, lockTimeout);
        DpkgDatabase database = DpkgDatabase.of(root, facts.architecture());
        return new PackagesStep(packages, database, apt, receipts, surroundings.root());
    }

    PackagesStep(List<String> wanted, DpkgDatabase database, Apt apt, ReceiptStore receipts, boolean root) {
        this.wanted = wanted.stream().sorted().toList();
        this.database = database;
        this.apt = apt;
        this.receipts = receipts;
        this.root = root;
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "Debian packages: C toolchains, build tools, emulator";
    }

    @Override
    public Set<StepId> requires() {
        return Set.of();
    }

    @Override
    public Observation check() {
        DpkgDatabase.Contents contents;
        boolean cutOff;
        try {
            contents = database.read();
            cutOff = !receipt().before().isEmpty();
        } catch (CrossarmException unreadable) {
            return new Observation.Unknown(unreadable.problem());
        }
        List<Difference> differences = new ArrayList<>();
        if (contents.interrupted()) {
            String what =
                    contents.unfinished().isEmpty() ? "updates not merged" : String.join(" ", contents.unfinished());
            differences.add(new Difference(DPKG, "interrupted: " + what, "nothing pending"));
        }
        missing(contents).forEach(name -> differences.add(Difference.missing(name, "installed")));
        if (cutOff) {
            // Left like this, whatever anyone installs from now on would count as ours.
            differences.add(new Difference(
                    receipts.file(ID).toString(), "an installation was cut off", "what it added is written down"));
        }
        return differences.isEmpty()
                ? Observation.Satisfied.of(wanted.size() + " packages installed")
                : new Observation.Drifted(differences);
    }

    @Override
    public Optional<Inputs> inputs() {
        return Optional.of(database.inputs().whole(receipts.file(ID)));
    }

    @Override
    public List<Change> plan(Observation.Drifted drift) {
        List<Change> changes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        String receipt = receipts.file(ID).toString();
        boolean cutOff = false;
        for (Difference difference : drift.differences()) {
            if (difference.subject().equals(receipt)) {
                cutOff = true;
            } else if (difference.subject().equals(DPKG)) {
                changes.add(Change.of(Change.Kind.RUN, "dpkg --configure -a", "finish an interrupted dpkg"));
            } else {
                names.add(difference.subject());
            }
        }
        if (!names.isEmpty()) {
            String list = String.join(" ", names);
            String count = names.size() == 1 ? "1 package: " : names.size() + " packages: ";
            changes.add(Change.of(Change.Kind.INSTALL_PACKAGES, list, "install " + count + list));
        } else if (cutOff) {
            changes.add(Change.of(Change.Kind.WRITE_FILE, receipt, "write down what a cut-off installation added"));
        }
        return changes;
    }

    @Override
    public void apply(Change change, Progress progress) {
        if (change.kind() == Change.Kind.DELETE) {
            receipts.delete(ID);
            return;
        }
        if (change.kind() == Change.Kind.WRITE_FILE) {
            receipts.write(ID, receipt().ended(database.read().own()));
            return;
        }
        List<String> names = List.of(change.target().split(" "));
        requireRoot(change, names);
        if (change.kind() == Change.Kind.RUN) {
            apt.configurePending(progress);
            return;
        }
        receipts.write(ID, receipt().begun(database.read().own()));
        apt.update(progress);
        apt.install(names, progress);
        receipts.write(ID, receipt().ended(database.read().own()));
    }

    /** Packages stay: other things on the host may use them by now. Only our list of them goes. */
    @Override
    public List<Change> planRemoval() {
        return Files.exists(receipts.file(ID))
                ? List.of(
                        Change.of(Change.Kind.DELETE, receipts.file(ID).toString(), "forget which packages were added"))
                : List.of();
    }

    @Override
    public List<String> leftByRemoval() {
        List<String> added = receipt().stillThere(database.read().own());
        return added.isEmpty()
                ? List.of()
                : List.of("Packages stay. What was added (" + added.size() + ") goes with: sudo apt-get purge "
                        + String.join(" ", added));
    }

    private PackagesReceipt receipt() {
        return receipts.read(ID, PackagesReceipt.class).orElse(PackagesReceipt.NONE);
    }

    private List<String> missing(DpkgDatabase.Contents contents) {
        return wanted.stream()
                .filter(name -> !contents.installed().contains(name))
                .toList();
    }

    private void requireRoot(Change change, List<String> names) {
        if (!root) {
            boolean install = change.kind() == Change.Kind.INSTALL_PACKAGES;
            throw Problem.of(
                            ExitStatus.NO_PERMISSION,
                            install ? "packages-missing" : "dpkg-interrupted",
                            install
                                    ? "packages are missing and installing them needs root"
                                    : "dpkg was interrupted and mending it needs root",
                            install ? Apt.typed(names) : "sudo dpkg --configure -a")
                    .asException();
        }
    }
}
