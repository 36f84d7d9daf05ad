package dev.crossarm.download;

import dev.crossarm.problem.Problem;
import java.time.Instant;
import java.util.Optional;

/**
 * What a probe found.
 *
 * @param status HTTP status, 0 without an answer; a 404 for a bare origin is an answer like any other
 * @param problem why a download from there would fail, empty when the server answers
 * @param serverTime the server's clock to the second, when it told
 */
public record Reached(int status, Optional<Problem> problem, Optional<Instant> serverTime) {

    public boolean ok() {
        return problem.isEmpty();
    }
}
