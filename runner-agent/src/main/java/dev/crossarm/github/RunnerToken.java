package dev.crossarm.github;

import dev.crossarm.text.Secret;
import java.time.Instant;

/**
 * A token for {@code config.sh}, to add or remove a runner.
 *
 * @param expires by GitHub's clock, an hour after it was made
 */
public record RunnerToken(Secret token, Instant expires) {
    static RunnerToken of(Fields fields) {
        return new RunnerToken(Secret.of(fields.filled("token")), fields.instant("expires_at"));
    }
}
