package dev.crossarm.github;

import dev.crossarm.download.HttpClientFactory;
import dev.crossarm.problem.CrossarmException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;

/**
 * Sends one request and reads one answer. Only the interface's host sees a credential; redirects of writes, and to other
 * hosts, are refused; an answer has an end in size and time. Never waits for a turn: a request whose turn it is not yet is
 * not sent. An interrupt ends the call.
 */
final class Wire {
    /** A page of a hundred runners with many labels has about 200 kB. */
    static final int LARGEST = 8 * 1024 * 1024;

    static final String VERSION = "2022-11-28";
    private static final int MOST_REDIRECTS = 3;
    private static final Duration WRITES_IDLE = Duration.ofSeconds(5);
    private static final MediaType JSON = MediaType.get("application/json");

    /**
     * How long things may take; a call as a whole ends before a single read would.
     *
     * @param connect until a connection stands
     * @param read longest silence
     * @param call all of it
     */
    record Limits(Duration connect, Duration read, Duration call) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20));
    }

    private final GitHubAddress address;
    private final OkHttpClient reads;
    private final OkHttpClient writes;
    private final RequestPace pace;
    private final ServerClock clock;
    private final EtagStore etags = new EtagStore();
    private final Refusals refusals;
    private final CallProblems problems;

    Wire(GitHubAddress address, HttpClientFactory network, RequestPace pace, ServerClock clock, Limits limits) {
        this.address = address;
        this.reads = network.builder(limits.connect(), limits.read(), limits.call())
                .addNetworkInterceptor(new Transmission.Guard())
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        // Few and fresh connections: on one that the server has closed meanwhile nobody knows what a write came to.
        this.writes = network.builder(limits.connect(), limits.read(), limits.call())
                .addNetworkInterceptor(new Transmission.Guard())
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectionPool(new ConnectionPool(2, WRITES_IDLE.toSeconds(), TimeUnit.SECONDS))
                .build();
        this.pace = pace;
        this.clock = clock;
        this.problems = new CallProblems(address, network);
        this.refusals = new Refusals(address, pace, clock);
    }

    CallProblems problems() {
        return problems;
    }

    /** The answer; a status other than 2xx is a failure. */
    Answer<ApiReply> exchange(ApiCall call, Authorization authorization) {
        ApiCall next = call;
        for (int redirects = 0; ; redirects++) {
            if (!address.holds(next.url())) {
                return Answer.failed(problems.otherHost(call, next.url().host()));
            }
            Duration pause = pace.take(call.family(), call.writes());
            if (!pause.isZero()) {
                return Answer.failed(problems.notYet(call, pause));
            }
            Raw raw = send(next, authorization);
            Optional<HttpUrl> moved = raw.redirect();
            if (moved.isEmpty() || call.writes() || redirects == MOST_REDIRECTS) {
                return judged(next, authorization, raw);
            }
            next = next.at(moved.get());
        }
    }

    private Answer<ApiReply> judged(ApiCall call, Authorization authorization, Raw raw) {
        if (raw.failure().isPresent()) {
            return Answer.failed(raw.failure().get());
        }
        ApiReply reply = raw.reply().orElseThrow();
        clock.told(reply.headers().get("Date"));
        String resource = reply.headers().get("X-RateLimit-Resource");
        if (resource != null) {
            pace.counted(call.family(), resource);
        }
        if (reply.status() == 304) {
            return etags.unchanged(authorization, call.url())
                    .map(Answer::of)
                    .orElseGet(() -> Answer.failed(problems.garbage(call, "HTTP 304 to a question without a tag")));
        }
        if (reply.status() >= 200 && reply.status() < 300) {
            pace.fine();
            refusals.noteRemaining(call, reply);
            if (!call.writes()) {
                etags.keep(authorization, call.url(), reply);
            }
            return Answer.of(reply);
        }
        return Answer.failed(refusals.of(call, reply));
    }

    /** What came over the wire: an answer of any status, or none. */
    private record Raw(Optional<ApiReply> reply, Optional<Failure> failure, HttpUrl asked) {
        Optional<HttpUrl> redirect() {
            return reply.filter(answer -> answer.status() >= 301
                            && answer.status() <= 308
                            && answer.status() != 304
                            && answer.status() != 303)
                    .map(answer -> answer.headers().get("Location"))
                    .map(asked::resolve);
        }
    }

    private Raw send(ApiCall call, Authorization authorization) {
        Transmission transmission = new Transmission(call.writes());
        Call sent = (call.writes() ? writes : reads).newCall(request(call, authorization, transmission));
        // In a thread of its own: a read from a socket does not notice an interrupt, and ends when the call is
        // cancelled.
        FutureTask<ApiReply> task = new FutureTask<>(() -> received(sent));
        Thread worker = new Thread(task, call.method() + " " + address.api().host());
        worker.setDaemon(true);
        worker.start();
        try {
            return new Raw(Optional.of(task.get()), Optional.empty(), call.url());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException error) {
                return lost(call, problems.lost(call, error, transmission.sent()));
            }
            if (failed.getCause() instanceof CrossarmException unusable) {
                // The proxy that a variable names cannot be used.
                return lost(call, Failure.lasting(Failure.Kind.UNREACHABLE, unusable.problem()));
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stop) {
            sent.cancel();
            Thread.currentThread().interrupt();
            return lost(call, problems.interrupted(call, transmission.sent()));
        }
    }

    private static Raw lost(ApiCall call, Failure failure) {
        return new Raw(Optional.empty(), Optional.of(failure), call.url());
    }

    private Request request(ApiCall call, Authorization authorization, Transmission transmission) {
        Request.Builder request = new Request.Builder()
                .url(call.url())
                .tag(Transmission.class, transmission)
                .header("User-Agent", "crossarm")
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", VERSION)
                .header("Authorization", authorization.header());
        if (!call.writes()) {
            etags.tag(authorization, call.url()).ifPresent(tag -> request.header("If-None-Match", tag));
        }
        RequestBody body = call.body()
                .map(json -> RequestBody.create(json.getBytes(StandardCharsets.UTF_8), JSON))
                .orElseGet(() -> RequestBody.create(new byte[0]));
        boolean bare = call.method().equals("GET")
                || (call.method().equals("DELETE") && call.body().isEmpty());
        return request.method(call.method(), bare ? null : body).build();
    }

    private static ApiReply received(Call call) throws IOException {
        try (Response response = call.execute()) {
            String encoding = response.header("Content-Encoding");
            if (encoding != null && !encoding.equals("identity")) {
                throw new UnreadableAnswer("an answer in the encoding " + encoding);
            }
            return new ApiReply(
                    response.code(), response.headers(), body(response.body().byteStream()));
        }
    }

    private static ByteString body(InputStream stream) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[16 * 1024];
        for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
            body.write(chunk, 0, count);
            if (body.size() > LARGEST) {
                throw new UnreadableAnswer("an answer of more than " + LARGEST + " bytes");
            }
        }
        return ByteString.of(body.toByteArray());
    }

    /** An answer that came and cannot be used. */
    static final class UnreadableAnswer extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableAnswer(String what) {
            super(what);
        }
    }
}
