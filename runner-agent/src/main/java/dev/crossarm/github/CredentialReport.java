package dev.crossarm.github;

import dev.crossarm.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What a credential turned out to be able to do, found out by reads alone.
 *
 * @param credential what it is, without a secret
 * @param reads whether it may list the runners
 * @param writes whether it may add and remove them
 * @param rate what is left of its hourly limit, where GitHub told
 * @param problems why it cannot do what it should, most important first
 */
public record CredentialReport(
        String credential, Ability reads, Ability writes, Optional<RateFacts> rate, List<Problem> problems) {

    /** Whether it can. */
    public enum Ability {
        YES,
        NO,
        /** Only doing it would tell. */
        UNKNOWN
    }

    public CredentialReport {
        problems = List.copyOf(problems);
    }
}
