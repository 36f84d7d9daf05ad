package dev.crossarm;

import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.GitHubSettings;
import dev.crossarm.github.RequestPace;
import java.util.SplittableRandom;

/** GitHub as it is set, through real adapters. */
record GitHubWiring(HostPorts host) {

    RequestPace pace(GitHubSettings settings) {
        return new RequestPace(host.clock(), new SplittableRandom(), settings.betweenWrites());
    }

    /** The place that is set; both it and a credential have to be. */
    GitHubAccess access(GitHubSettings settings) {
        return access(settings, settings.requireAddress(), pace(settings));
    }

    /** A place with the credential that is set, which has to be. */
    GitHubAccess access(GitHubSettings settings, GitHubAddress address, RequestPace pace) {
        return new GitHubAccess(
                address,
                settings.requireCredential(host.surroundings().environment().keySet()),
                host.surroundings().environment(),
                host.commands(),
                host.clock(),
                pace,
                host.secrets());
    }
}
