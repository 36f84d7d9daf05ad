package dev.crossarm.runner.install;

import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.FileProblems;
import dev.crossarm.host.Sleeper;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Moves a runner to another version between two jobs. The new package is downloaded, unpacked and proven while the runner works;
 * the runner is stopped when it has no job, its parts are exchanged, and it is started. Where it does not come up, the parts
 * that were there before come back. An update that was cut off is taken back by the next one, which then begins again. Other runs
 * are kept off, but for the time of waiting.
 */
public final class RunnerUpdate {
    private static final Duration POLL = Duration.ofSeconds(5);

    private final RunnerHome home;
    private final DurableFiles files;
    private final CommandRunner commands;
    private final PackageStore packages;
    private final RunnerLibraries libraries;
    private final RunnerService service;
    private final Sleeper sleeper;
    private final RunnerRecords records;
    private final Accounts accounts = new Accounts();

    public RunnerUpdate(
            RunnerHome home,
            DurableFiles files,
            CommandRunner commands,
            PackageStore packages,
            RunnerLibraries libraries,
            RunnerService service,
            Sleeper sleeper) {
        this.home = home;
        this.files = files;
        this.commands = commands;
        this.packages = packages;
        this.libraries = libraries;
        this.service = service;
        this.sleeper = sleeper;
        this.records = new RunnerRecords(files, home);
    }

    /**
     * What came of it.
     *
     * @param record of the runner
     * @param from the version before
     * @param changed whether the runner has another version now
     * @param removed versions whose packages were removed
     */
    public record Updated(RunnerRecord record, String from, boolean changed, List<RunnerVersion> removed) {
        public Updated {
            removed = List.copyOf(removed);
        }
    }

    /** Keeps every other run off this machine until closed. */
    @FunctionalInterface
    public interface Turn {
        /** Waits for its turn, which lasts until what this returns is closed. */
        Held begin();

        /** A turn. */
        @FunctionalInterface
        interface Held {
            /** Ends it. */
            void close();
        }
    }

    /**
     * What to update to.
     *
     * @param name of the runner
     * @param wanted a version; the newest when absent, but for a runner that was pinned
     * @param brought the user's own package
     * @param now whether to give up at once where the runner has a job
     */
    public record Request(
            RunnerName name, Optional<RunnerVersion> wanted, Optional<LocalPackage> brought, boolean now) {
        private boolean names() {
            return wanted.isPresent() || brought.isPresent();
        }
    }

    /**
     * Does it.
     *
     * @throws CrossarmException (75) when it has a job and that was not to be waited for; (1) when the new version did not come
     *     up and the one before is in place again
     */
    public Updated carryOut(Request request, Turn turn, InstallProgress progress) {
        // What an update left that was cut off needs no network to be put right.
        in(turn, () -> completeCutOff(request.name()));
        Optional<PackageContents> staged = in(turn, () -> prepare(request, progress));
        while (true) {
            Optional<Updated> done = in(turn, () -> attempt(request, staged, progress));
            if (done.isPresent()) {
                return done.get();
            }
            progress.waiting("the runner " + request.name() + " has a job; its end is waited for");
            pause(request.name());
        }
    }

    private static <T> T in(Turn turn, Supplier<T> work) {
        Turn.Held held = turn.begin();
        try {
            return work.get();
        } finally {
            held.close();
        }
    }

    private boolean completeCutOff(RunnerName name) {
        RunnerRecord record = records.require(name);
        RunnerRoot root = new RunnerRoot(home, name, files, commands);
        boolean idle = root.updateCutOff()
                && !service.running(record)
                && service.stopUnlessBusy(record) == RunnerService.Stop.NOT_RUNNING;
        if (idle) {
            settle(record, root);
            restart(record, root, root.owesStart());
        }
        return idle;
    }

    /** The package that is to come into use, unpacked and proven; empty when the runner keeps its own. */
    private Optional<PackageContents> prepare(Request request, InstallProgress progress) {
        RunnerRecord record = records.require(request.name());
        if (record.pinned() && !request.names()) {
            return Optional.empty();
        }
        PackageStore.Choice choice = packages.choose(request.wanted(), request.brought());
        if (isVersion(choice, record)) {
            return Optional.empty();
        }
        PackageContents contents = packages.obtain(choice, progress);
        libraries.install(progress);
        libraries.prove(contents, record.account());
        return Optional.of(contents);
    }

    /** Empty when the runner has a job. */
    private Optional<Updated> attempt(Request request, Optional<PackageContents> staged, InstallProgress progress) {
        RunnerRecord record = records.require(request.name());
        RunnerRoot root = new RunnerRoot(home, request.name(), files, commands);
        Optional<RunnerVersion> version = staged.map(
                contents -> RunnerVersion.parse(String.valueOf(contents.folder().getFileName())));
        boolean changes =
                version.filter(one -> !one.toString().equals(record.version())).isPresent();
        if (!changes && !root.updateCutOff()) {
            return Optional.of(unchanged(record, request.wanted()));
        }
        boolean owed = root.owesStart();
        boolean stopped = owed;
        if (service.running(record)) {
            root.oweStart();
            stopped = true;
        }
        if (service.stopUnlessBusy(record) == RunnerService.Stop.BUSY) {
            // One that an earlier run has told to stop ends with its job, and is still to be started then.
            if (!owed) {
                root.started();
            }
            if (request.now()) {
                throw busy(record).asException();
            }
            return Optional.empty();
        }
        try {
            settle(record, root);
            if (!changes) {
                restart(record, root, stopped);
                return Optional.of(unchanged(record, request.wanted()));
            }
            return Optional.of(exchange(
                    record,
                    root,
                    staged.orElseThrow(),
                    version.orElseThrow(),
                    stopped,
                    request.wanted().isPresent(),
                    progress));
        } catch (CrossarmException failed) {
            throw withService(failed, record, root, stopped);
        }
    }

    private static Problem busy(RunnerRecord record) {
        return Problem.of(
                ExitStatus.TRY_LATER,
                "runner-busy",
                "the runner " + record.name() + " has a job, and was not updated",
                "Wait for the job's end and update then: sudo crossarm runner update " + record.name());
    }

    private static boolean isVersion(PackageStore.Choice choice, RunnerRecord record) {
        Optional<RunnerVersion> version = choice instanceof PackageStore.Choice.Unpacked there
                ? Optional.of(there.version())
                : choice instanceof PackageStore.Choice.Offered offered
                        ? Optional.of(offered.offer().version())
                        : Optional.empty();
        return version.filter(one -> one.toString().equals(record.version())).isPresent();
    }

    /** Asking for the version that is there pins it. */
    private Updated unchanged(RunnerRecord record, Optional<RunnerVersion> wanted) {
        RunnerRecord after = wanted.isPresent() && !record.pinned() ? record.pinned(true) : record;
        if (!after.equals(record)) {
            records.write(after);
        }
        return new Updated(after, record.version(), false, List.of());
    }

    /** What an update that was cut off left: taken back, unless the record says that it was done. */
    private void settle(RunnerRecord record, RunnerRoot root) {
        boolean done = root.staged()
                .filter(version -> version.toString().equals(record.version()))
                .isPresent();
        if (root.updateCutOff() && !done) {
            root.takeBack();
        }
        root.clearUpdate();
    }

    private Updated exchange(
            RunnerRecord record,
            RunnerRoot root,
            PackageContents contents,
            RunnerVersion version,
            boolean stopped,
            boolean pin,
            InstallProgress progress) {
        Account account = accounts.byName(record.account())
                .orElseThrow(() ->
                        FileProblems.noSuchAccount("user", record.account()).asException());
        root.stage(contents, version, account);
        progress.step("Exchanging " + record.version() + " for " + version);
        root.bringIn();
        RunnerRecord updated = record.updated(version.toString()).pinned(pin);
        if (stopped && !service.start(updated)) {
            throw Problem.of(
                            ExitStatus.STEP_FAILED,
                            "runner-update-failed",
                            "the runner " + record.name() + " did not come up with version " + version,
                            "See why: sudo journalctl -u 'actions.runner.*' -n 50",
                            "See its own log: sudo ls -t " + root.path().resolve("_diag"))
                    .asException();
        }
        records.write(updated);
        root.clearUpdate();
        root.started();
        return new Updated(updated, record.version(), true, withoutOld(record, progress));
    }

    /** The update is done by now: what cannot be cleared stays for the next. */
    private List<RunnerVersion> withoutOld(RunnerRecord before, InstallProgress progress) {
        try {
            return packages.clear(records.all(), RunnerVersion.parse(before.version()));
        } catch (CrossarmException kept) {
            progress.step("Older packages were kept: " + kept.problem().summary());
            return List.of();
        }
    }

    /** The runner works again as before, or the problem says what to do. */
    private CrossarmException withService(
            CrossarmException failed, RunnerRecord record, RunnerRoot root, boolean stopped) {
        RunnerRecord now = record;
        try {
            now = records.require(new RunnerName(record.name()));
            if (stopped && service.stopUnlessBusy(now) == RunnerService.Stop.BUSY) {
                return more(
                        failed,
                        "it has a job with the new version by now, so nothing was put back; run the same command again when"
                                + " the job is over");
            }
            settle(now, root);
            restart(now, root, stopped);
        } catch (CrossarmException second) {
            failed.addSuppressed(second);
            return more(
                    failed,
                    "and the runner could not be put back: " + second.problem().summary());
        }
        return more(failed, "version " + now.version() + " is in place again");
    }

    private static CrossarmException more(CrossarmException failed, String text) {
        Problem problem = failed.problem();
        String detail = problem.detail().isEmpty() ? text : problem.detail() + "\n" + text;
        return problem.withDetail(detail).asException(failed);
    }

    private void restart(RunnerRecord record, RunnerRoot root, boolean stopped) {
        if (stopped && !service.start(record)) {
            throw Problem.of(
                            ExitStatus.STEP_FAILED,
                            "runner-not-started",
                            "the runner " + record.name() + " did not start again",
                            "See why: sudo journalctl -u 'actions.runner.*' -n 50")
                    .asException();
        }
        root.started();
    }

    private void pause(RunnerName name) {
        try {
            sleeper.sleep(POLL);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Problem.of(
                            ExitStatus.TRY_LATER,
                            "interrupted",
                            "stopped while the job of the runner " + name
                                    + " was waited for; the runner was not updated",
                            "sudo crossarm runner update " + name)
                    .asException(stop);
        }
    }
}
