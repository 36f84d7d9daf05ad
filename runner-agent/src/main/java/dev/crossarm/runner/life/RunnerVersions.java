package dev.crossarm.runner.life;

import dev.crossarm.github.VersionDates;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which versions of the runner GitHub takes, and for how long. */
final class RunnerVersions {
    /** github.com and GHE.com register none below (GitHub's changelog, 2026-09-28); a server of one's own takes any. */
    static final String FLOOR = "2.329.0";

    static final String FLOOR_SINCE = "2026-09-29";

    /** From then on it is time to update. */
    static final Duration SOON = Duration.ofDays(21);

    private RunnerVersions() {}

    static boolean belowFloor(String version) {
        String[] own = version.split("\\.", -1);
        String[] floor = FLOOR.split("\\.", -1);
        for (int i = 0; i < floor.length; i++) {
            int mine = i < own.length && own[i].matches("\\d{1,6}") ? Integer.parseInt(own[i]) : 0;
            int least = Integer.parseInt(floor[i]);
            if (mine != least) {
                return mine < least;
            }
        }
        return false;
    }

    /** Whole days until the version gets no jobs any more, negative when that is past; empty while no date is set. */
    static Optional<Long> daysLeft(VersionDates dates, Instant now) {
        return dates.runEnds()
                .map(end -> Math.floorDiv(Duration.between(now, end).toSeconds(), 24 * 3600L));
    }
}
