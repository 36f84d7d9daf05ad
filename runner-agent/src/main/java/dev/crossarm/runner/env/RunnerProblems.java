package dev.crossarm.runner.env;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The expected failures of this package. None of them shows what a file holds. */
final class RunnerProblems {

    private RunnerProblems() {}

    static Problem notARunner(String given) {
        return new Problem(
                "not-a-runner",
                given + " is not a runner's directory",
                "It has none of bin/Runner.Listener, config.sh and .runner",
                List.of(
                        "Name the directory in which config.sh was run, for example: crossarm provision --runner"
                                + " /home/runner/actions-runner",
                        "ls -a " + given),
                ExitStatus.CONFIGURATION);
    }

    static Problem unreadable(String what, Path path, String reason) {
        return new Problem(
                "no-permission",
                "cannot read " + what + " " + path,
                reason,
                List.of("Run the same command as root: sudo crossarm …", "ls -ld " + path),
                ExitStatus.NO_PERMISSION);
    }

    static Problem badPattern(String pattern, String reason) {
        return new Problem(
                "bad-runner-pattern",
                "not a pattern for runner directories: " + pattern,
                reason,
                List.of("Give a directory or a pattern with *, ? or [a-z], for example /srv/runners/*"),
                ExitStatus.CONFIGURATION);
    }

    static Problem notAFile(Path path, String what, String look) {
        return new Problem(
                "not-a-plain-file",
                path + " is " + what + " and is not changed",
                "The runner's file must be a plain file, so that it can be replaced as a whole",
                List.of(look, "Replace it with a plain file, or remove it, then run the same command again"),
                ExitStatus.CANNOT_CREATE);
    }

    static Problem unreadableForRunner(Path path, String user) {
        return new Problem(
                "unreadable-for-runner",
                "the runner's account " + user + " may not read " + path,
                "Its listener exits when it cannot read the file, and restarts forever",
                List.of("sudo chown " + user + " " + path, "sudo chmod u+r " + path),
                ExitStatus.NO_PERMISSION);
    }

    static Problem severalAccounts(List<String> users, List<RunnerInstance> runners) {
        String all = String.join(", ", users.subList(0, users.size() - 1)) + " and " + users.get(users.size() - 1);
        return new Problem(
                "runners-of-several-accounts",
                "the runners on this machine run as " + all + ", and the Rust homes can belong to one account only",
                runners.stream()
                        .map(runner -> runner.directory() + " runs as " + runner.user())
                        .collect(Collectors.joining("\n")),
                List.of(
                        "Name the account whose jobs build here: sudo crossarm provision --user " + users.get(0),
                        "or, for good, job-user = \"" + users.get(0) + "\" in /etc/crossarm/config.toml"),
                ExitStatus.CONFIGURATION);
    }

    static Problem runnerGone(String target) {
        return Problem.of(
                ExitStatus.TRY_LATER,
                "runner-gone",
                "the runner of " + target + " existed when the plan was made and no longer does",
                "Run the same command again");
    }
}
