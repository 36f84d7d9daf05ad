package dev.crossarm.github;

import okhttp3.HttpUrl;

/** Addresses of kinds that a server of a test's stands for. */
public final class ServedAddress {
    private ServedAddress() {}

    /** As if it were github.com. */
    public static GitHubAddress cloud(String server, RunnerScope scope) {
        return GitHubAddress.served(HttpUrl.get(server + "/api/v3"), GitHubAddress.Place.CLOUD, scope);
    }
}
