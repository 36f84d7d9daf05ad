package dev.crossarm.github;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Answers to ask about with {@code If-None-Match}: where nothing has changed GitHub counts no request. Its tags hold for one
 * token only, so that each token has answers of its own; those not used for longest go first. For many threads.
 */
final class EtagStore {
    private static final int MOST = 64;
    private static final int LARGEST = 512 * 1024;

    private record Key(String identity, HttpUrl url) {}

    private record Entry(String tag, Headers headers, ByteString body) {}

    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<Key, EtagStore.Entry> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<String> tag(Authorization authorization, HttpUrl url) {
        return Optional.ofNullable(entries.get(new Key(authorization.identity(), url)))
                .map(Entry::tag);
    }

    /** What was answered last, when that is still so. */
    synchronized Optional<ApiReply> unchanged(Authorization authorization, HttpUrl url) {
        return Optional.ofNullable(entries.get(new Key(authorization.identity(), url)))
                .map(entry -> new ApiReply(200, entry.headers(), entry.body()));
    }

    synchronized void keep(Authorization authorization, HttpUrl url, ApiReply reply) {
        Key key = new Key(authorization.identity(), url);
        String tag = reply.headers().get("ETag");
        if (tag == null || reply.body().size() > LARGEST) {
            entries.remove(key);
        } else {
            entries.put(key, new Entry(tag, reply.headers(), reply.body()));
        }
    }
}
