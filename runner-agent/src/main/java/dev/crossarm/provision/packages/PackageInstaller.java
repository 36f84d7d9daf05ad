package dev.crossarm.provision.packages;

import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Sleeper;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Installs packages for every step that needs some and keeps lists of what came with them. One of each run: the steps of a run
 * share it, so that the package lists are fetched once and no step takes what another one is just installing for its own.
 */
public final class PackageInstaller {
    private final DpkgDatabase database;
    private final Apt apt;
    private final ReceiptStore receipts;
    private final boolean root;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean updated;

    /**
     * The installer of this host.
     *
     * @param root where the host's file system begins; {@code /} but for tests
     */
    public static PackageInstaller of(
            Path root,
            HostFacts facts,
            Surroundings surroundings,
            CommandRunner commands,
            ReceiptStore receipts,
            InstantSource clock,
            Sleeper sleeper,
            Duration lockTimeout) {
        Apt apt = new Apt(commands, new AptLocks(root), clock, sleeper, lockTimeout);
        return new PackageInstaller(DpkgDatabase.of(root, facts.architecture()), apt, receipts, surroundings.root());
    }

    PackageInstaller(DpkgDatabase database, Apt apt, ReceiptStore receipts, boolean root) {
        this.database = database;
        this.apt = apt;
        this.receipts = receipts;
        this.root = root;
    }

    DpkgDatabase.Contents read() {
        return database.read();
    }

    /** Of these packages those that are neither installed nor provided by one that is. */
    public List<String> missing(List<String> names) {
        Set<String> installed = read().installed();
        return names.stream().filter(name -> !installed.contains(name)).toList();
    }

    /** The installed packages with such a name. */
    public List<String> installed(Predicate<String> name) {
        return read().own().stream().filter(name).toList();
    }

    /** What {@link #read} and {@link #receipt} read. */
    Inputs inputs(StepId step) {
        return database.inputs().whole(receiptFile(step));
    }

    public boolean root() {
        return root;
    }

    Path receiptFile(StepId step) {
        return receipts.file(step);
    }

    PackagesReceipt receipt(StepId step) {
        return receipts.read(step, PackagesReceipt.class).orElse(PackagesReceipt.NONE);
    }

    /** Fetches the package lists, unless that was done in this run. */
    public void refresh(Progress progress) {
        inTurn(progress, () -> update(progress));
    }

    /** Fetches the package lists where needed, installs, and writes down in the step's receipt what was added, dependencies included. */
    public void install(StepId step, List<String> names, Progress progress) {
        inTurn(progress, () -> {
            receipts.write(step, receipt(step).begun(read().own()));
            update(progress);
            apt.install(names, progress);
            writeDown(step);
        });
    }

    /** @throws dev.crossarm.problem.CrossarmException (77) with the line to type, unless packages can be installed here */
    void requireRootFor(List<String> names) {
        requireRoot("packages-missing", "packages are missing and installing them", Apt.typed(names));
    }

    /** Finishes what an interrupted dpkg began. */
    void configurePending(Progress progress) {
        requireRoot("dpkg-interrupted", "dpkg was interrupted and repairing it", "sudo dpkg --configure -a");
        inTurn(progress, () -> apt.configurePending(progress));
    }

    /** Writes down what an installation added, cut off or not. */
    void writeDown(StepId step) {
        receipts.write(step, receipt(step).ended(read().own()));
    }

    void forget(StepId step) {
        receipts.delete(step);
    }

    private void requireRoot(String code, String what, String remedy) {
        if (!root) {
            throw Problem.of(ExitStatus.NO_PERMISSION, code, what + " needs root", remedy)
                    .asException();
        }
    }

    private void update(Progress progress) {
        if (!updated) {
            apt.update(progress);
            updated = true;
        }
    }

    private void inTurn(Progress progress, Runnable work) {
        if (!turn.tryLock()) {
            progress.waiting("another step is installing packages");
            try {
                turn.lockInterruptibly();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw Problem.of(
                                ExitStatus.TRY_LATER,
                                "interrupted",
                                "stopped while waiting for another step's packages")
                        .asException(stop);
            }
        }
        try {
            work.run();
        } finally {
            turn.unlock();
        }
    }
}
