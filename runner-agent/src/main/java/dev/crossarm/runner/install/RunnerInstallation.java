package dev.crossarm.runner.install;

import dev.crossarm.host.Account;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Installs a runner: libraries, package, account, root, record, in this order. Whatever ends it, the next run of the same
 * command comes to the same result, and a runner that has a record is whole. Callers hold the machine's lock.
 */
public final class RunnerInstallation {
    private final RunnerHome home;
    private final DurableFiles files;
    private final CommandRunner commands;
    private final PackageStore packages;
    private final RunnerLibraries libraries;
    private final Usual usual;
    private final JobAccounts accounts;
    private final RunnerRecords records;

    public RunnerInstallation(
            RunnerHome home,
            DurableFiles files,
            CommandRunner commands,
            PackageStore packages,
            RunnerLibraries libraries,
            Usual usual) {
        this.home = home;
        this.usual = usual;
        this.files = files;
        this.commands = commands;
        this.packages = packages;
        this.libraries = libraries;
        this.accounts = new JobAccounts(home, files, commands, usual.newAccount());
        this.records = new RunnerRecords(files, home);
    }

    /**
     * What holds where nothing is said.
     *
     * @param hostName of which a runner's name is made
     * @param account that was named in the settings, or is known to run jobs on this machine; asked when it is needed
     * @param newAccount what an account is called that is made because there is none
     */
    public record Usual(String hostName, Supplier<Optional<String>> account, String newAccount) {}

    /**
     * What came of it.
     *
     * @param record of the runner
     * @param changed whether anything was done
     * @param warnings about the account
     */
    public record Installed(RunnerRecord record, boolean changed, List<String> warnings) {
        public Installed {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Looks at everything, and changes nothing.
     *
     * @param named what the runner is called; after the machine when absent
     * @param version the newest when absent
     * @param brought the user's own package
     * @throws dev.crossarm.problem.CrossarmException when it cannot be installed like this
     */
    public InstallPlan plan(
            Optional<RunnerName> named, Optional<RunnerVersion> version, Optional<LocalPackage> brought) {
        return plan(new InstallRequest(
                named.orElseGet(() -> RunnerName.ofHost(usual.hostName())),
                usual.account().get(),
                version,
                brought));
    }

    private InstallPlan plan(InstallRequest request) {
        List<RunnerRecord> all = records.all();
        RunnerName name = request.name();
        all.stream()
                .map(other -> new RunnerName(other.name()))
                .filter(other -> other.same(name) && !other.equals(name))
                .findFirst()
                .ifPresent(other -> {
                    throw nameTaken(name, other).asException();
                });
        Optional<RunnerRecord> there = records.of(name);
        List<String> missing = libraries.missing();
        JobAccounts.Choice account =
                accounts.choose(there.map(RunnerRecord::account).or(request::account), all);
        if (there.isPresent()) {
            return new InstallPlan(request, there, same(request, there.get()), account, missing, home.of(name));
        }
        requireNoOther(name);
        PackageStore.Choice choice = packages.choose(request.version(), request.brought());
        return new InstallPlan(request, Optional.empty(), choice, account, missing, home.of(name));
    }

    /** A runner that is there keeps its version and its account here: other commands change them. */
    private PackageStore.Choice same(InstallRequest request, RunnerRecord there) {
        RunnerVersion version = RunnerVersion.parse(there.version());
        RunnerName name = request.name();
        if (root(name).updateCutOff()) {
            throw Problem.of(
                            ExitStatus.TRY_LATER,
                            "update-cut-off",
                            "an update of the runner " + name + " was interrupted",
                            "Finish it: sudo crossarm runner update " + name)
                    .asException();
        }
        Optional<RunnerVersion> other = request.version()
                .or(() -> request.brought()
                        .flatMap(brought -> packages.choose(Optional.empty(), Optional.of(brought))
                                        instanceof PackageStore.Choice.Brought known
                                ? known.said()
                                : Optional.empty()))
                .filter(wanted -> !wanted.equals(version));
        if (other.isPresent()) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "installed-in-another-version",
                            "the runner " + name + " is installed already, in version " + version,
                            "sudo crossarm runner update --runner-version " + other.get() + " " + name,
                            "Or install another one beside it: sudo crossarm runner install NAME")
                    .asException();
        }
        if (request.account().filter(named -> !named.equals(there.account())).isPresent()) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "installed-for-another",
                            "the runner " + name + " is installed already, for the account " + there.account(),
                            "Install another one beside it: sudo crossarm runner install NAME --user "
                                    + request.account().orElseThrow())
                    .asException();
        }
        if (!root(name).isThere() && there.registration().isPresent()) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "runner-folder-gone",
                            "the runner " + name + " is registered, and its folder is gone: " + home.of(name),
                            "sudo crossarm runner remove " + name)
                    .asException();
        }
        if (!root(name).isThere()) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "runner-folder-gone",
                            "the folder of the runner " + name + " is gone: " + home.of(name),
                            "sudo rm " + home.record(name),
                            "sudo crossarm runner install " + name)
                    .asException();
        }
        return new PackageStore.Choice.Unpacked(version);
    }

    /** Without a record, a folder is what a killed run left; unless somebody has registered it. */
    private void requireNoOther(RunnerName name) {
        if (FileState.isThere(home.of(name).resolve(".runner"))) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "runner-without-record",
                            "there is a registered runner in " + home.of(name) + ", and crossarm has no record of it",
                            "Install one of another name: sudo crossarm runner install NAME",
                            "See what it is: sudo cat " + home.of(name).resolve(".runner"))
                    .asException();
        }
    }

    private static Problem nameTaken(RunnerName name, RunnerName other) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "runner-name-taken",
                "there is a runner " + other + " here already, and GitHub tells names apart without regard to case: "
                        + name,
                "Give another name: sudo crossarm runner install NAME");
    }

    /** Does it. */
    public Installed carryOut(InstallPlan plan, InstallProgress progress) {
        libraries.install(progress);
        Optional<RunnerRecord> there = plan.there();
        if (there.isPresent()) {
            RunnerVersion version = RunnerVersion.parse(there.get().version());
            if (packages.whole(version)) {
                libraries.prove(packages.contents(version), there.get().account());
            }
            accounts.recorded(plan.account());
            return new Installed(there.get(), plan.changes(), accounts.warnings(plan.user()));
        }
        PackageContents contents = packages.obtain(plan.choice(), progress);
        RunnerVersion version =
                RunnerVersion.parse(String.valueOf(contents.folder().getFileName()));
        Account account = accounts.make(plan.account(), progress);
        libraries.prove(contents, account.name());
        RunnerName name = plan.request().name();
        progress.step("Making " + plan.directory() + " for " + account.name());
        RunnerRoot root = root(name);
        files.remove(root.path());
        root.make(contents, account);
        RunnerRecord record = RunnerRecord.installed(
                name,
                account.name(),
                plan.account().made(),
                version.toString(),
                plan.request().version().isPresent());
        records.write(record);
        accounts.recorded(plan.account());
        List<String> warnings = new ArrayList<>(accounts.warnings(account.name()));
        return new Installed(record, true, warnings);
    }

    private RunnerRoot root(RunnerName name) {
        return new RunnerRoot(home, name, files, commands);
    }
}
