package dev.crossarm.runner.install;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a runner that Crossarm installed: written by root when the thing it tells of is true, read by every command.
 * Holds no secrets.
 *
 * @param name its name on this machine
 * @param account the account of its jobs
 * @param madeAccount whether Crossarm made that account for it
 * @param version the version in use, for example {@code 2.338.1}
 * @param previous the version that was in use before, and to which an update that fails goes back
 * @param pinned whether the version was asked for, so that updates do not move it by themselves
 * @param registration where it is registered; absent before, and after it was removed
 */
public record RunnerRecord(
        String name,
        String account,
        boolean madeAccount,
        String version,
        Optional<String> previous,
        boolean pinned,
        Optional<Registration> registration) {

    /**
     * A registration that GitHub confirmed.
     *
     * @param address of the organisation, repository or enterprise, as given to {@code config.sh}
     * @param name on GitHub
     * @param id GitHub's number of the runner, which is never used again for another
     * @param group its runner group; absent in a repository
     * @param labels the labels that were asked for, besides GitHub's own
     * @param ephemeral whether it ends after one job
     * @param unit the systemd service that runs it, with its ending
     */
    public record Registration(
            String address,
            String name,
            long id,
            Optional<String> group,
            List<String> labels,
            boolean ephemeral,
            String unit) {
        public Registration {
            labels = List.copyOf(labels);
        }
    }

    /** A runner that was just installed. */
    public static RunnerRecord installed(
            RunnerName name, String account, boolean madeAccount, String version, boolean pinned) {
        return new RunnerRecord(
                name.value(), account, madeAccount, version, Optional.empty(), pinned, Optional.empty());
    }

    /** @return the same, registered */
    public RunnerRecord with(Registration made) {
        return new RunnerRecord(name, account, madeAccount, version, previous, pinned, Optional.of(made));
    }

    /** @return the same, whose version updates move by themselves or not */
    public RunnerRecord pinned(boolean held) {
        return new RunnerRecord(name, account, madeAccount, version, previous, held, registration);
    }

    /** @return the same, of whose account nobody says any more that Crossarm made it */
    public RunnerRecord withoutMadeAccount() {
        return new RunnerRecord(name, account, false, version, previous, pinned, registration);
    }

    /** @return the same, not registered any more */
    public RunnerRecord unregistered() {
        return new RunnerRecord(name, account, madeAccount, version, previous, pinned, Optional.empty());
    }

    /** @return the same with another version in use, and the one before remembered */
    public RunnerRecord updated(String next) {
        return new RunnerRecord(name, account, madeAccount, next, Optional.of(version), pinned, registration);
    }
}
