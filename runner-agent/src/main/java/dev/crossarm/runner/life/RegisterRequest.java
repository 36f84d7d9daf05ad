package dev.crossarm.runner.life;

import dev.crossarm.runner.install.RunnerName;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a registration.
 *
 * @param name on this machine
 * @param onGitHub its name there
 * @param labels besides those that every runner of ours gets
 * @param group by name; absent for the standard one, and in a repository
 * @param ephemeral whether it ends after one job
 * @param replace whether an offline record of ours with this name may be replaced
 * @param allowPublic whether public repositories may use it
 */
public record RegisterRequest(
        RunnerName name,
        String onGitHub,
        List<String> labels,
        Optional<String> group,
        boolean ephemeral,
        boolean replace,
        boolean allowPublic) {
    public RegisterRequest {
        labels = List.copyOf(labels);
    }
}
