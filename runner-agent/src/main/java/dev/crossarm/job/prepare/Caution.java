package dev.crossarm.job.prepare;

import dev.crossarm.job.request.Remark;
import dev.crossarm.problem.Problem;
import java.util.Optional;

/**
 * What may make a build fail, told before it begins.
 *
 * @param crate the crate's name where it is about one
 * @param remark what is told
 */
public record Caution(Optional<String> crate, Remark remark) {

    static Caution of(Problem blocker) {
        return new Caution(
                Optional.empty(),
                new Remark(
                        true,
                        blocker.summary(),
                        blocker.remedies().stream().limit(1).toList()));
    }

    /** Whether it is about this crate, as {@code name} or {@code name version}. */
    public boolean concerns(String failed) {
        return crate.filter(name -> failed.equals(name) || failed.startsWith(name + " "))
                .isPresent();
    }
}
