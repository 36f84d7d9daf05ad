package dev.crossarm.download;

import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** One request and its answer, with every failure told as a {@link FailedAttempt}. */
final class Transfer {
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final int CHUNK = 64 * 1024;
    private static final long STRIDE = 256L * 1024;

    private final URI address;
    private final Call call;
    private final Optional<ProxyRules.Choice> proxy;
    private final InstantSource clock;

    Transfer(URI address, Call call, Optional<ProxyRules.Choice> proxy, InstantSource clock) {
        this.address = address;
        this.call = call;
        this.proxy = proxy;
        this.clock = clock;
    }

    /** The answer, whatever its status; to be closed. */
    Response answer() {
        try {
            Response response = call.execute();
            Optional<URI> plain = leavesTls(response);
            if (plain.isEmpty()) {
                return response;
            }
            response.close();
            URI from = response.request().url().uri();
            throw FailedAttempt.last(DownloadProblems.downgraded(address, from, plain.get()));
        } catch (IOException error) {
            throw failed(error);
        }
    }

    /** Where this answer sends on to, when it is out of TLS. */
    private static Optional<URI> leavesTls(Response response) {
        if (!response.request().isHttps() || !response.isRedirect()) {
            return Optional.empty();
        }
        return Optional.ofNullable(response.header("Location"))
                .map(location -> response.request().url().resolve(location))
                .filter(target -> !target.isHttps())
                .map(HttpUrl::uri);
    }

    /** Throws unless the server sends what was asked for. */
    void requireSuccess(Response response) {
        requireSuccess(response, Set.of(200));
    }

    void requireSuccess(Response response, Set<Integer> wanted) {
        if (wanted.contains(response.code())) {
            return;
        }
        Problem problem = DownloadProblems.status(address, response.code());
        if (!PASSING.contains(response.code())) {
            throw FailedAttempt.last(problem);
        }
        Optional<Duration> pause = Optional.ofNullable(response.header("Retry-After"))
                .flatMap(header -> Backoff.retryAfter(header, clock.instant()));
        throw FailedAttempt.retryable(problem, pause);
    }

    /** Hands on the body. Errors of the server become failed attempts, errors of {@code out} stay what they are. */
    void copy(Response response, long limit, OutputStream out, DownloadProgress progress) throws IOException {
        long total = response.body().contentLength();
        if (total > limit) {
            throw FailedAttempt.last(DownloadProblems.tooLarge(address, limit));
        }
        InputStream body = response.body().byteStream();
        byte[] chunk = new byte[CHUNK];
        long received = 0;
        long told = 0;
        progress.at(0, total);
        for (int count = read(body, chunk); count >= 0; count = read(body, chunk)) {
            received += count;
            if (received > limit) {
                throw FailedAttempt.last(DownloadProblems.tooLarge(address, limit));
            }
            out.write(chunk, 0, count);
            if (received - told >= STRIDE) {
                told = received;
                progress.at(received, total);
            }
        }
        progress.at(received, total);
    }

    private int read(InputStream body, byte[] chunk) {
        try {
            return body.read(chunk);
        } catch (IOException error) {
            throw failed(error);
        }
    }

    private FailedAttempt failed(IOException error) {
        if (call.isCanceled()) {
            // By its own deadline: when the agent is told to stop, nobody asks for this result any more.
            long seconds = TimeUnit.NANOSECONDS.toSeconds(call.timeout().timeoutNanos());
            IOException late = new InterruptedIOException("not done within " + seconds + " s");
            late.initCause(error);
            return FailedAttempt.last(DownloadProblems.network(address, late, proxy), late);
        }
        Problem problem = DownloadProblems.network(address, error, proxy);
        boolean settled = error instanceof SSLException
                || problem.code().equals("redirect-loop")
                || problem.code().equals("proxy-refused");
        return settled ? FailedAttempt.last(problem, error) : FailedAttempt.retryable(problem, error);
    }
}
