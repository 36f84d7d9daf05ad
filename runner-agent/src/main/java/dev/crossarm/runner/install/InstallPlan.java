package dev.crossarm.runner.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an installation would do.
 *
 * @param request what was asked for
 * @param there the record of the runner, when it is installed in this version already
 * @param choice the package
 * @param account whose jobs
 * @param packages of the distribution, that are missing
 * @param directory the runner's root
 */
public record InstallPlan(
        InstallRequest request,
        Optional<RunnerRecord> there,
        PackageStore.Choice choice,
        JobAccounts.Choice account,
        List<String> packages,
        Path directory) {
    public InstallPlan {
        packages = List.copyOf(packages);
    }

    /** Whether there is something to do. */
    public boolean changes() {
        return there.isEmpty() || !packages.isEmpty();
    }

    /** The version, when it is known before the package is unpacked. */
    public Optional<RunnerVersion> version() {
        if (choice instanceof PackageStore.Choice.Unpacked unpacked) {
            return Optional.of(unpacked.version());
        }
        return choice instanceof PackageStore.Choice.Offered offered
                ? Optional.of(offered.offer().version())
                : ((PackageStore.Choice.Brought) choice).said();
    }

    /** What the runner is called. */
    public String name() {
        return request.name().value();
    }

    /** The name of the account. */
    public String user() {
        return account.name();
    }

    /** What would be done, in the order in which it is. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!packages.isEmpty()) {
            lines.add("install " + String.join(" ", packages));
        }
        if (there.isPresent()) {
            return lines;
        }
        if (choice instanceof PackageStore.Choice.Offered offered) {
            lines.add("download " + offered.offer().address() + ", SHA-256 "
                    + offered.offer().digest());
        } else if (choice instanceof PackageStore.Choice.Brought brought) {
            lines.add("unpack " + brought.file().file() + ", SHA-256 "
                    + brought.file().digest());
        }
        if (account.missing()) {
            lines.add("make the account " + account.name() + ", with a home of its own and without a password");
        }
        lines.add("make " + directory + " for " + account.name() + ", with the runner "
                + version().map(RunnerVersion::toString).orElse("of that package"));
        return lines;
    }
}
