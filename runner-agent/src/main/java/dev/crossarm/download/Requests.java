package dev.crossarm.download;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The requests of one call that were really sent. OkHttp repeats some by itself: after a 408, after a 503 that allows it at
 * once, and on a connection that turned out to be closed.
 */
final class Requests {
    private final Map<HttpUrl, Integer> sent = new HashMap<>();

    /** Sees each request right before it is sent, redirects included. */
    static final class Counting implements Interceptor {
        @Override
        public Response intercept(Chain chain) throws IOException {
            Requests requests = chain.request().tag(Requests.class);
            if (requests != null) {
                requests.add(chain.request().url());
            }
            return chain.proceed(chain.request());
        }
    }

    private synchronized void add(HttpUrl address) {
        sent.merge(address, 1, Integer::sum);
    }

    /** How often one and the same thing was asked for; a connection that never stood is a try as well. */
    synchronized int tries() {
        return sent.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    }
}
