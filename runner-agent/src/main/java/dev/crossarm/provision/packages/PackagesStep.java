package dev.crossarm.provision.packages;

import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
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

    private sealed interface Repairing extends Fix {
        /** Finishes what an interrupted dpkg began. */
        record FinishDpkg() implements Repairing {}

        /** Installs packages. */
        record Install(List<String> names) implements Repairing {}

        /** Writes down what an installation that was cut off has added. */
        record WriteDown() implements Repairing {}

        /** Forgets what was written down. */
        record Forget() implements Repairing {}
    }

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
                BUILD_TOOLS, "Debian packages: tools for build scripts", needed.buildTools(), needed, installer);
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
        List<Repair> repairs = new ArrayList<>();
        if (contents.interrupted()) {
            String what =
                    contents.unfinished().isEmpty() ? "updates not merged" : String.join(" ", contents.unfinished());
            repairs.add(Repair.of(
                    new Difference("dpkg", "interrupted: " + what, "nothing pending"),
                    Change.of(Change.Kind.RUN, "dpkg --configure -a", "finish an interrupted dpkg"),
                    new Repairing.FinishDpkg()));
        }
        List<Difference> cutOffShown = cutOff ? List.of(cutOffInstallation()) : List.of();
        List<String> missing = missing(wanted, contents);
        if (!missing.isEmpty()) {
            repairs.add(installation(missing, cutOffShown));
        } else if (cutOff) {
            String receipt = installer.receiptFile(id).toString();
            Change change = Change.of(Change.Kind.WRITE_FILE, receipt, "record what an interrupted installation added");
            repairs.add(new Repair(cutOffShown, change, new Repairing.WriteDown()));
        }
        return repairs.isEmpty()
                ? Observation.Satisfied.of("all " + wanted.size() + " packages are installed")
                : new Observation.Drifted(repairs);
    }

    /** Left like this, whatever anyone installs from now on would count as ours. */
    private Difference cutOffInstallation() {
        return new Difference(
                installer.receiptFile(id).toString(), "an installation was interrupted", "what it added is recorded");
    }

    /** It ends by writing down what came, so a cut-off one needs nothing else. */
    private static Repair installation(List<String> names, List<Difference> cutOff) {
        String list = String.join(" ", names);
        String count = names.size() == 1 ? "1 package: " : names.size() + " packages: ";
        List<Difference> differences = new ArrayList<>();
        names.forEach(name -> differences.add(Difference.missing(name, "installed")));
        differences.addAll(cutOff);
        return new Repair(
                differences,
                Change.of(Change.Kind.INSTALL_PACKAGES, list, "install " + count + list),
                new Repairing.Install(names),
                PackageCosts.of(names));
    }

    @Override
    public Optional<Inputs> inputs() {
        return Optional.of(installer.inputs(id));
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        if (fix instanceof Repairing.Install install) {
            // Whoever types the line is told everything at once.
            installer.requireRootFor(missing(needed.all(), installer.read()));
            installer.install(id, install.names(), progress);
        } else if (fix instanceof Repairing.FinishDpkg) {
            installer.configurePending(progress);
        } else if (fix instanceof Repairing.WriteDown) {
            installer.writeDown(id);
        } else {
            installer.forget(id);
        }
    }

    /** Packages stay: other things on the host may use them by now. Only our list of them goes. */
    @Override
    public List<Repair> planRemoval() {
        String receipt = installer.receiptFile(id).toString();
        return Files.exists(installer.receiptFile(id))
                ? List.of(Repair.of(
                        Change.of(Change.Kind.DELETE, receipt, "delete the record of which packages were added"),
                        new Repairing.Forget()))
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
                : List.of("Packages are kept. To remove those that were added (" + added.size() + "): sudo apt-get"
                        + " purge "
                        + String.join(" ", added));
    }

    private static List<String> missing(List<String> names, DpkgDatabase.Contents contents) {
        return names.stream()
                .filter(name -> !contents.installed().contains(name))
                .toList();
    }
}
