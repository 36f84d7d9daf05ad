package dev.crossarm.download;

import dev.crossarm.problem.CrossarmException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Finds out, in a few seconds, whether a server can be reached, the way a download would reach it. */
public final class Reachability {
    private static final DownloadLimits SHORT =
            new DownloadLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), 1, 1);

    private final HttpClientFactory clients;
    private final DownloadLimits limits;
    private final InstantSource clock;
    private @Nullable OkHttpClient client;

    /** @param environment where proxies and certificate files are named */
    public Reachability(Map<String, String> environment, InstantSource clock) {
        this(environment, clock, SHORT);
    }

    Reachability(Map<String, String> environment, InstantSource clock, DownloadLimits limits) {
        this.clients = new HttpClientFactory(environment);
        this.clock = clock;
        this.limits = limits;
    }

    /** Asks once. What stands in the way, network or settings, is in the result and not thrown. */
    public Reached probe(URI address) {
        try {
            Reached head = ask(address, "HEAD");
            return head.status() == 405 || head.status() == 501 ? ask(address, "GET") : head;
        } catch (FailedAttempt failed) {
            return new Reached(0, Optional.of(failed.problem()), Optional.empty());
        } catch (CrossarmException unusable) {
            return new Reached(0, Optional.of(unusable.problem()), Optional.empty());
        }
    }

    private Reached ask(URI address, String method) {
        Call call = HttpClientFactory.call(
                client(), HttpClientFactory.request(address).method(method, null), new Requests());
        Transfer transfer = new Transfer(address, call, clients.proxies().forAddress(address), clock);
        try (Response response = transfer.answer()) {
            boolean works = response.code() < 500 && response.code() != 407;
            return new Reached(
                    response.code(),
                    works ? Optional.empty() : Optional.of(DownloadProblems.status(address, response.code())),
                    Optional.ofNullable(response.header("Date")).flatMap(Backoff::httpDate));
        }
    }

    private synchronized OkHttpClient client() {
        OkHttpClient known = client;
        if (known == null) {
            known = clients.client(limits);
            client = known;
        }
        return known;
    }
}
