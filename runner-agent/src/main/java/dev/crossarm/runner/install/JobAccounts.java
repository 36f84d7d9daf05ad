package dev.crossarm.runner.install;

import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.FileProblems;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The account that jobs run as: one that is there, or a new system account without a password and without rights. */
public final class JobAccounts {
    /** What an account is called that is made because there is none for jobs. */
    public static final String USUAL = "actions-runner";

    private static final Path HOMES = Path.of("/home");
    private static final Set<String> POWERFUL = Set.of("sudo", "wheel", "admin", "root", "docker", "lxd", "disk");

    private final RunnerHome home;
    private final HostFiles files;
    private final CommandRunner commands;
    private final Accounts accounts;
    private final String usual;

    /** @param usual what a new account is called */
    public JobAccounts(RunnerHome home, HostFiles files, CommandRunner commands, String usual) {
        this.usual = usual;
        this.home = home;
        this.files = files;
        this.commands = commands;
        this.accounts = new Accounts();
    }

    /**
     * Whose jobs these are to be.
     *
     * @param name the account
     * @param missing whether it has to be made
     * @param made whether Crossarm made it, or will
     */
    record Choice(String name, boolean missing, boolean made) {}

    /** @param named the account that was named or is known to run jobs here */
    Choice choose(Optional<String> named, List<RunnerRecord> runners) {
        String name = named.orElse(usual);
        Optional<Account> there = accounts.byName(name);
        if (there.isEmpty() && named.isPresent() && !named.get().equals(usual)) {
            throw FileProblems.noSuchAccount("user", name)
                    .withRemedies(
                            "sudo useradd --system --create-home --shell /bin/bash " + name,
                            "Or leave out --user: an account " + usual + " is made then")
                    .asException();
        }
        there.ifPresent(this::requireUsable);
        boolean ours = FileState.isThere(mark(name))
                || runners.stream()
                        .anyMatch(runner ->
                                runner.madeAccount() && runner.account().equals(name));
        return new Choice(name, there.isEmpty(), there.isEmpty() || ours);
    }

    private void requireUsable(Account account) {
        if (account.uid() == 0) {
            throw Problem.of(
                            ExitStatus.USAGE,
                            "root-as-job-account",
                            "jobs cannot run as root: every workflow would own this machine",
                            "Name another account: sudo crossarm runner install --user ACCOUNT",
                            "Or leave out --user: an account " + usual + " is made then")
                    .asException();
        }
        if (!Files.isDirectory(account.home(), LinkOption.NOFOLLOW_LINKS)
                || account.home().equals(Path.of("/"))) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "account-without-home",
                            "the account " + account.name() + " has no home of its own, which jobs need: "
                                    + account.home(),
                            "sudo mkhomedir_helper " + account.name(),
                            "Or name another account: sudo crossarm runner install --user ACCOUNT")
                    .asException();
        }
    }

    /** Makes the account where it is missing. */
    Account make(Choice choice, InstallProgress progress) {
        if (choice.missing()) {
            progress.step("Making the account " + choice.name());
            files.createDirectories(home.folder(), Ownership.mode("rwxr-xr-x"));
            // Written first: an account that a killed run made is still known as ours.
            files.write(mark(choice.name()), new byte[0], Ownership.mode("rw-r--r--"));
            commands.run(Command.of(
                            "useradd",
                            "--system",
                            "--key",
                            "HOME_MODE=0700",
                            "--create-home",
                            "--home-dir",
                            HOMES.resolve(choice.name()).toString(),
                            "--shell",
                            "/bin/bash",
                            "--comment",
                            "GitHub Actions jobs",
                            choice.name()))
                    .orThrow(
                            "account-not-made",
                            "the account " + choice.name() + " could not be made",
                            "Make one by hand and name it: sudo crossarm runner install --user ACCOUNT");
        }
        Account account = accounts.byName(choice.name())
                .orElseThrow(
                        () -> FileProblems.noSuchAccount("user", choice.name()).asException());
        requireUsable(account);
        return account;
    }

    /** Forgets the note of an account that was made: the record says it now. */
    void recorded(Choice choice) {
        files.delete(mark(choice.name()));
    }

    private Path mark(String account) {
        return home.folder().resolve(".made-account-" + account);
    }

    /** Takes an account away that Crossarm made, with its home; absent is fine. */
    public void remove(String account) {
        if (accounts.byName(account).isPresent()) {
            if (account.equals("root")) {
                throw Problem.of(ExitStatus.CONFIGURATION, "account-is-root", "the account root is not deleted")
                        .asException();
            }
            commands.run(Command.of("userdel", "--remove", "--", account))
                    .orThrow(
                            "account-not-deleted",
                            "cannot delete the account " + account,
                            "See what still runs as it: ps -u " + Command.word(account),
                            "Then: sudo userdel --remove " + Command.word(account));
        }
        files.delete(mark(account));
    }

    /** What the account may do that a job must not: a line for each. */
    List<String> warnings(String account) {
        List<String> warnings = new ArrayList<>();
        CommandResult groups = commands.run(Command.of("id", "-nG", "--", account));
        if (groups.succeeded()) {
            List<String> found = List.of(groups.out().whole().strip().split("\\s+"));
            List<String> powerful = found.stream().filter(POWERFUL::contains).toList();
            if (!powerful.isEmpty()) {
                warnings.add("the account " + account + " is a member of " + String.join(", ", powerful)
                        + ": every job can become root on this machine. Use an account without these groups");
            }
        }
        if (maySudo(account)) {
            warnings.add(
                    "the account " + account + " may use sudo: every job can become root on this machine. See what it"
                            + " may do: sudo -l -U " + account);
        }
        return warnings;
    }

    /** sudo itself knows all its rules, those of directory services included; a machine without sudo has none. */
    private boolean maySudo(String account) {
        try {
            CommandResult rights = commands.run(Command.of("sudo", "-n", "-l", "-U", account));
            return rights.succeeded() && rights.out().whole().contains("may run the following");
        } catch (CrossarmException noSudo) {
            return false;
        }
    }
}
