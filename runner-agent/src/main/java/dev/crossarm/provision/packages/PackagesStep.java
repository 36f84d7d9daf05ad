package dev.crossarm.provision.packages;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.PlannedFix;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.target.NeededPackages;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Packages of the distribution. Installs only what is missing, upgrades and removes nothing, and first mends a dpkg that was cut
 * off. There are two such steps: the toolchain stands on the first; what build scripts call comes with the second, which goes on
 * beside everything that does not need it.
 */
public final class PackagesStep implements Step {

    /** The toolchain's packages. */
    public static final StepId ID = StepId.of("packages");

    /** What build scripts of projects call. */
    public static final StepId BUILD_TOOLS = StepId.of("build-tools");

    private static final String DPKG = "dpkg";

    private final StepId id;
    private final String summary;
    private final List<String> wanted;
    private final NeededPackages needed;
    private final PackageInstaller installer;

    private PackagesStep(
            StepId id, String summary, List<String> wanted, NeededPackages needed, PackageInstaller installer) {
        this.id = id;
        this.summary = summary;
        this.wanted = wanted;
        this.needed = needed;
        this.installer = installer;
    }

    /** C toolchains and the emulator. */
    public static PackagesStep toolchain(NeededPackages needed, PackageInstaller installer) {
        return new PackagesStep(ID, "Debian packages: C toolchains, emulator", needed.toolchain(), needed, installer);
    }

    /** CMake, git and the like. */
    public static PackagesStep buildTools(NeededPackages needed, PackageInstaller installer) {
        return new PackagesStep(
                BUILD_TOOLS, "Debian packages: what build scripts call", needed.buildTools(), needed, installer);
    }

    @Override
    public StepId id() {
        return id;
    }

    @Override
    public String summary() {
        return summary;
    }

    /** One after the other: dpkg is one. */
    @Override
    public Set<StepId> requires() {
        return id.equals(ID) ? Set.of() : Set.of(ID);
    }

    @Override
    public Observation check() {
        DpkgDatabase.Contents contents;
        boolean cutOff;
        try {
            contents = installer.read();
            cutOff = !installer.receipt(id).before().isEmpty();
        } catch (CrossarmException unreadable) {
            return new Observation.Unknown(unreadable.problem());
        }
        List<Difference> differences = new ArrayList<>();
        if (contents.interrupted()) {
            String what =
                    contents.unfinished().isEmpty() ? "updates not merged" : String.join(" ", contents.unfinished());
            differences.add(new Difference(DPKG, "interrupted: " + what, "nothing pending"));
        }
        missing(wanted, contents).forEach(name -> differences.add(Difference.missing(name, "installed")));
        if (cutOff) {
            // Left like this, whatever anyone installs from now on would count as ours.
            differences.add(new Difference(
                    installer.receiptFile(id).toString(),
                    "an installation was cut off",
                    "what it added is written down"));
        }
        return differences.isEmpty()
                ? Observation.Satisfied.of("all " + wanted.size() + " packages are there")
                : drifted(differences);
    }

    @Override
    public Optional<Inputs> inputs() {
        return Optional.of(installer.inputs(id));
    }

    private Observation drifted(List<Difference> differences) {
        return Observation.Drifted.planned(differences, plan(differences));
    }

    private List<Change> plan(List<Difference> differences) {
        List<Change> changes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        String receipt = installer.receiptFile(id).toString();
        boolean cutOff = false;
        for (Difference difference : differences) {
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
    public void apply(Fix fix, Progress progress) {
        Change change = PlannedFix.of(fix);
        switch (change.kind()) {
            case DELETE -> installer.forget(id);
            case WRITE_FILE -> installer.writeDown(id);
            case RUN -> {
                installer.configurePending(progress);
            }
            default -> {
                // Whoever types the line is told everything at once.
                installer.requireRootFor(missing(needed.all(), installer.read()));
                installer.install(id, List.of(change.target().split(" ")), progress);
            }
        }
    }

    /** Packages stay: other things on the host may use them by now. Only our list of them goes. */
    @Override
    public List<Repair> planRemoval() {
        return PlannedFix.all(removalChanges());
    }

    private List<Change> removalChanges() {
        return Files.exists(installer.receiptFile(id))
                ? List.of(Change.of(
                        Change.Kind.DELETE, installer.receiptFile(id).toString(), "forget which packages were added"))
                : List.of();
    }

    /** The first step speaks for both, so that one command takes everything away. */
    @Override
    public List<String> leftByRemoval() {
        if (!id.equals(ID)) {
            return List.of();
        }
        Set<String> there = installer.read().own();
        List<String> added = Stream.of(ID, BUILD_TOOLS)
                .flatMap(step -> installer.receipt(step).stillThere(there).stream())
                .distinct()
                .sorted()
                .toList();
        return added.isEmpty()
                ? List.of()
                : List.of("Packages stay. What was added (" + added.size() + ") goes with: sudo apt-get purge "
                        + String.join(" ", added));
    }

    private static List<String> missing(List<String> names, DpkgDatabase.Contents contents) {
        return names.stream()
                .filter(name -> !contents.installed().contains(name))
                .toList();
    }
}
