package dev.crossarm;

import dev.crossarm.host.Accounts;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.life.JobAccountRemoval;

/** Takes the accounts of removed runners off this machine. */
record AccountRemoval(CommandRunner commands) implements JobAccountRemoval {

    @Override
    public void remove(String account) {
        if (new Accounts().byName(account).isEmpty()) {
            return;
        }
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
}
