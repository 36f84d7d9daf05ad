package dev.crossarm.runner.life;

import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerRecord;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one runner.
 *
 * @param record what was written down of it
 * @param daysLeft until GitHub gives its version no jobs any more, negative when that is past; empty while no date is set, or
 *     nobody could be asked: {@code unasked} tells which
 * @param service systemd's word; empty without a service, or where nobody can say
 * @param listens whether its listener runs; empty where this account may not see
 * @param busy whether it has a job, by what this machine knows; empty where this account may not see
 * @param known what GitHub says of it; empty when it has no record of it, was not asked, or it is not registered
 * @param drift labels that are other on GitHub than recorded; empty when they agree
 * @param drained why it takes no jobs: since when, and the reason that was given
 * @param unasked why GitHub could not be asked about it
 */
public record RunnerReport(
        RunnerRecord record,
        Optional<Long> daysLeft,
        Optional<String> service,
        Optional<Boolean> listens,
        Optional<Boolean> busy,
        Optional<Known> known,
        List<String> drift,
        Optional<String> drained,
        Optional<Problem> unasked) {

    /**
     * GitHub's record.
     *
     * @param online whether it has a connection
     * @param labels its labels there
     */
    public record Known(long id, boolean online, List<String> labels) {
        public Known {
            labels = List.copyOf(labels);
        }
    }

    public RunnerReport {
        drift = List.copyOf(drift);
    }

    /** Whether it is registered here and GitHub, which was asked, has no record of it. */
    public boolean forgotten() {
        return record.registration().isPresent() && unasked.isEmpty() && known.isEmpty();
    }
}
