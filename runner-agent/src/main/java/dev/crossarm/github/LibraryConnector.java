package dev.crossarm.github;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * Sends what github-api asks for the way of our own calls: same client, pace, limits and judgement. The library itself never
 * sees a credential, never sees a refusal, and so never waits or sends again. Reads only.
 */
final class LibraryConnector implements GitHubConnector {
    private final ApiClient client;

    LibraryConnector(ApiClient client) {
        this.client = client;
    }

    /** Carries a failure through the library. */
    static final class CallFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        CallFailed(Failure failure) {
            super(failure.problem().summary());
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }

    @Override
    public GitHubConnectorResponse send(GitHubConnectorRequest request) {
        if (!request.method().equals("GET")) {
            throw new IllegalStateException("github-api may send a write twice: " + request.method());
        }
        URL address = request.url();
        HttpUrl url = HttpUrl.get(address.toString());
        ApiCall call = ApiCall.get(
                url,
                "library",
                "read " + url.encodedPath(),
                new RunnerScope.Need("permission Metadata (read)", "repo"));
        Answer<ApiReply> answer = client.send(call);
        return new Reply(
                request,
                answer.value().orElseThrow(() -> new CallFailed(answer.failure().orElseThrow())));
    }

    /** Without the encoding, which the body is no longer in. */
    private static final class Reply extends GitHubConnectorResponse {
        private final byte[] body;

        Reply(GitHubConnectorRequest request, ApiReply reply) {
            super(request, reply.status(), headers(reply));
            this.body = reply.body().toByteArray();
        }

        private static Map<String, List<String>> headers(ApiReply reply) {
            Map<String, List<String>> all = new TreeMap<>(reply.headers().toMultimap());
            all.keySet().removeIf(name -> name.equalsIgnoreCase("Content-Encoding"));
            return all;
        }

        @Override
        public InputStream bodyStream() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public void close() {
            // The body is in memory.
        }
    }
}
