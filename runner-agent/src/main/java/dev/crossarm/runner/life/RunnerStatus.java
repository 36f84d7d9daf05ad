package dev.crossarm.runner.life;

import dev.crossarm.problem.ExitStatus;
import java.nio.file.Path;
import java.util.List;

/**
 * The runners of a machine.
 *
 * @param runners those that Crossarm installed, by name
 * @param foreign folders of those that it did not install
 */
public record RunnerStatus(List<RunnerReport> runners, List<Path> foreign) {

    public RunnerStatus {
        runners = List.copyOf(runners);
        foreign = List.copyOf(foreign);
    }

    /** {@link ExitStatus#UNAVAILABLE} when GitHub could not be asked about one of them: then the answer is not complete. */
    public ExitStatus exit() {
        return runners.stream().anyMatch(one -> one.unasked().isPresent())
                ? ExitStatus.UNAVAILABLE
                : runners.stream().anyMatch(RunnerReport::forgotten) ? ExitStatus.DRIFT : ExitStatus.DONE;
    }
}
