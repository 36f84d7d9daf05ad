package dev.crossarm.download;

import dev.crossarm.host.Sleeper;
import dev.crossarm.host.files.LargeFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.text.Secret;
import dev.crossarm.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files over HTTP. A file comes into its place only as a whole and with the digest that was asked for; until
 * then the place is as it was. Failures that may pass are tried again, with growing pauses. Proxies and certificate
 * files come from the environment it is given. An interrupt ends a download at once.
 */
public final class Downloader {
    private static final long LONGEST_TEXT = 1024L * 1024;

    private final HttpClientFactory clients;
    private final LargeFiles files;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final DownloadLimits limits;
    private final Backoff backoff;
    private @Nullable OkHttpClient client;

    /**
     * @param environment where proxies and certificate files are named
     * @param random spreads the pauses between attempts
     */
    public Downloader(
            Map<String, String> environment,
            LargeFiles files,
            InstantSource clock,
            Sleeper sleeper,
            RandomGenerator random,
            DownloadLimits limits) {
        this.clients = new HttpClientFactory(environment);
        this.files = files;
        this.clock = clock;
        this.sleeper = sleeper;
        this.limits = limits;
        this.backoff = new Backoff(random);
    }

    /** Fetches a file with this digest. Always fetches: whether that is needed is for the caller to see. */
    public void fetch(URI address, Sha256 wanted, Path target, Ownership ownership, DownloadProgress progress) {
        attempts(address, transfer -> {
            try (Response response = transfer.answer()) {
                transfer.requireSuccess(response);
                files.write(target, ownership, out -> {
                    MessageDigest digest = Sha256.newDigest();
                    transfer.copy(response, limits.bytes(), new DigestOutputStream(out, digest), progress);
                    Sha256 found = Sha256.of(digest);
                    if (!found.equals(wanted)) {
                        throw FailedAttempt.last(DownloadProblems.wrongDigest(address, wanted, found));
                    }
                });
                return target;
            }
        });
    }

    /**
     * Fetches a large file with this digest, and keeps what came of it when that fails: the next call for the same digest goes on
     * from there, where the server still has the same file. Beside the file lies one that ends with {@code .tag} meanwhile.
     *
     * @param bearer a token for a server that wants one; it is not sent on to another one
     * @param target private, in a folder that no other account can change; whole once this returns
     */
    public void resume(URI address, Optional<Secret> bearer, Sha256 wanted, Path target, DownloadProgress progress) {
        Resumption resumption = new Resumption(address, wanted, target, files, limits.bytes(), progress);
        if (resumption.complete()) {
            return;
        }
        attempts(
                address,
                request -> {
                    bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
                    return resumption.ask(request);
                },
                transfer -> {
                    resumption.take(transfer);
                    return target;
                });
    }

    /** A text of at most 1 MiB in UTF-8; empty when the server says that there is no such thing (404, 410). */
    public Optional<String> text(URI address) {
        return attempts(address, transfer -> {
            try (Response response = transfer.answer()) {
                if (response.code() == 404 || response.code() == 410) {
                    return Optional.empty();
                }
                transfer.requireSuccess(response);
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                transfer.copy(response, LONGEST_TEXT, text, DownloadProgress.NONE);
                return Optional.of(text.toString(StandardCharsets.UTF_8));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
    }

    private <T> T attempts(URI address, Function<Transfer, T> work) {
        return attempts(address, request -> request, work);
    }

    private <T> T attempts(URI address, UnaryOperator<Request.Builder> asking, Function<Transfer, T> work) {
        int tried = 0;
        for (int attempt = 1; ; attempt++) {
            Requests requests = new Requests();
            try {
                return attempt(address, requests, asking, work);
            } catch (FailedAttempt failed) {
                tried += requests.tries();
                if (!failed.worthRetrying() || attempt == limits.attempts()) {
                    throw afterAttempts(failed, tried);
                }
                Duration pause = failed.pause().orElse(backoff.delay(attempt));
                if (pause.compareTo(Backoff.PATIENCE) > 0) {
                    throw wantsLongPause(failed, pause);
                }
                sleep(address, pause);
            }
        }
    }

    private <T> T attempt(
            URI address, Requests requests, UnaryOperator<Request.Builder> asking, Function<Transfer, T> work) {
        Call call = HttpClientFactory.call(client(), asking.apply(HttpClientFactory.request(address)), requests);
        Transfer transfer = new Transfer(address, call, clients.proxies().forAddress(address), clock);
        // In a thread of its own: a blocked read on a socket does not notice an interrupt, cancelling the call ends it.
        FutureTask<T> task = new FutureTask<>(() -> work.apply(transfer));
        Thread worker = new Thread(task, "download from " + address.getHost());
        worker.setDaemon(true);
        worker.start();
        try {
            return task.get();
        } catch (ExecutionException failed) {
            throw unwrapped(failed);
        } catch (InterruptedException stop) {
            call.cancel();
            joinUninterruptibly(worker);
            Thread.currentThread().interrupt();
            throw DownloadProblems.interrupted(address).asException(stop);
        }
    }

    private static RuntimeException unwrapped(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException usual ? usual : new IllegalStateException(failed);
    }

    private static void joinUninterruptibly(Thread worker) {
        boolean again = true;
        while (again) {
            try {
                worker.join();
                again = false;
            } catch (InterruptedException impatient) {
                again = true; // the flag is set by the caller
            }
        }
    }

    private CrossarmException afterAttempts(FailedAttempt failed, int tried) {
        String detail = failed.problem().detail() + (tried > 1 ? "\ntried " + tried + " times" : "");
        return failed.problem().withDetail(detail).asException(failed);
    }

    private static CrossarmException wantsLongPause(FailedAttempt failed, Duration pause) {
        return new dev.crossarm.problem.Problem(
                        "server-busy",
                        failed.problem().summary(),
                        failed.problem().detail() + "\nit asks to retry in " + pause.toSeconds() + " s",
                        List.of("sleep " + pause.toSeconds() + ", then run the same command again"),
                        ExitStatus.TRY_LATER)
                .asException(failed);
    }

    private void sleep(URI address, Duration pause) {
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw DownloadProblems.interrupted(address).asException(stop);
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
