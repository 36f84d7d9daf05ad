package dev.crossarm.github;

import dev.crossarm.text.Secret;

/**
 * A new one-job runner: its record exists from now on.
 *
 * @param encoded what the runner is started with; holds its private key
 */
public record JitConfig(Runner runner, Secret encoded) {
    static JitConfig of(Fields fields) {
        return new JitConfig(Runner.of(fields.object("runner")), Secret.of(fields.filled("encoded_jit_config")));
    }
}
