package dev.crossarm.runner.env;

import java.util.List;
import java.util.Optional;

/**
 * The runners of a host.
 *
 * @param runners each directory once, in the order of their names
 * @param notes what was looked at and is no runner, short phrases
 */
public record FoundRunners(List<RunnerInstance> runners, List<String> notes) {

    public FoundRunners {
        runners = List.copyOf(runners);
        notes = List.copyOf(notes);
    }

    /** The account that all jobs run as; absent when there is no runner, or when they run as several. */
    public Optional<String> jobUser() {
        List<String> users =
                runners.stream().map(RunnerInstance::user).distinct().toList();
        return users.size() == 1 ? Optional.of(users.get(0)) : Optional.empty();
    }
}
