package dev.crossarm.runner.env;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The runners of a host.
 *
 * @param runners each directory once, in the order of their names
 * @param notes what was looked at and is no runner, short phrases
 * @param gone directories of runners that were set up before and are not there any more
 */
public record FoundRunners(List<RunnerInstance> runners, List<String> notes, List<Path> gone) {

    public FoundRunners {
        runners = List.copyOf(runners);
        notes = List.copyOf(notes);
        gone = List.copyOf(gone);
    }

    /**
     * The account that all jobs run as; absent when there is no runner.
     *
     * @throws dev.crossarm.problem.CrossarmException (78) when they run as several: the Rust homes can belong to one of them only
     */
    public Optional<String> jobUser() {
        List<String> users =
                runners.stream().map(RunnerInstance::user).distinct().sorted().toList();
        if (users.size() > 1) {
            throw RunnerProblems.severalAccounts(users, runners).asException();
        }
        return users.stream().findFirst();
    }
}
