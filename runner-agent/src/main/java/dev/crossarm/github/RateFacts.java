package dev.crossarm.github;

import java.time.Instant;
import okhttp3.HttpUrl;

/**
 * What is left of the credential's hourly limit.
 *
 * @param reset when it is whole again, by GitHub's clock
 */
public record RateFacts(long limit, long remaining, Instant reset) {

    /** By ourselves: github-api takes no answer without the limits of GraphQL, which servers may leave out. */
    static Answer<RateFacts> read(ApiClient client) {
        HttpUrl url =
                client.address().api().newBuilder().addPathSegment("rate_limit").build();
        ApiCall call = ApiCall.get(
                url, "rate", "ask for the limits", client.address().scope().read());
        return client.read(call, fields -> of(fields.object("resources").object("core")));
    }

    private static RateFacts of(Fields core) {
        return new RateFacts(core.id("limit"), core.id("remaining"), Instant.ofEpochSecond(core.id("reset")));
    }
}
