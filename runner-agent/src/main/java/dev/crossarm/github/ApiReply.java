package dev.crossarm.github;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * A whole answer that succeeded.
 *
 * @param status 200 to 299
 */
record ApiReply(int status, Headers headers, ByteString body) {
    private static final Pattern NEXT = Pattern.compile("<(?<url>[^<>]+)>\\s*;[^,]*\\brel=\"?next\"?");

    /** The address of the next page, as the answer gives it. */
    Optional<String> next() {
        List<String> links = headers.values("Link");
        for (String link : links) {
            Matcher found = NEXT.matcher(link);
            if (found.find()) {
                return Optional.of(found.group("url"));
            }
        }
        return Optional.empty();
    }

    Optional<HttpUrl> nextUrl() {
        return next().map(HttpUrl::parse);
    }

    /** Never the body: it may hold a token. */
    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.size() + " bytes";
    }
}
