package dev.crossarm.download;

import static dev.crossarm.download.TestDownloads.NOON;
import static dev.crossarm.download.TestDownloads.PROGRAM;
import static dev.crossarm.download.TestDownloads.QUICK;
import static dev.crossarm.download.TestDownloads.digest;
import static dev.crossarm.download.TestDownloads.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a real server on this machine that does what servers do on bad days. */
@Timeout(60)
final class DownloaderTest {
    private final MockWebServer server = new MockWebServer();
    private final TestDownloads downloads = new TestDownloads();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void puts_a_file_in_place_with_its_mode_and_tells_how_far_it_is() throws IOException {
        byte[] content = new byte[1_500_000];
        new Random(1).nextBytes(content);
        server.enqueue(
                new MockResponse.Builder().body(new Buffer().write(content)).build());
        List<Long> progress = new ArrayList<>();

        downloads.with(Map.of()).fetch(address("/tool"), digest(content), target(), PROGRAM, (received, total) -> {
            assertThat(total).isEqualTo(content.length);
            progress.add(received);
        });

        assertThat(target()).hasBinaryContent(content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target())))
                .isEqualTo("rwxr-xr-x");
        assertThat(progress)
                .isSorted()
                .startsWith(0L)
                .endsWith((long) content.length)
                .hasSizeGreaterThan(3);
        assertThat(folder).isDirectoryContaining("glob:**tool").isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void keeps_the_old_file_when_the_digest_is_wrong() throws IOException {
        Files.writeString(target(), "old");
        server.enqueue(new MockResponse.Builder().body("garbage").build());

        Problem problem = fetch("x");

        assertThat(problem.code()).isEqualTo("wrong-digest");
        assertThat(problem.exit()).isEqualTo(ExitStatus.DATA);
        assertThat(problem.detail())
                .contains(digest("x").hex())
                .contains(digest("garbage").hex());
        assertOnlyOld();
    }

    @Test
    void tries_again_after_failures_that_may_pass() {
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(200_000))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse.Builder().body("x").build());

        downloads.with(Map.of()).fetch(address("/tool"), digest("x"), target(), PROGRAM, DownloadProgress.NONE);

        assertThat(target()).hasContent("x");
        assertThat(downloads.slept)
                .hasSize(2)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofSeconds(2)));
    }

    @Test
    void waits_as_long_as_the_server_asks_for_and_no_longer_than_sensible() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "7")
                .build());
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "Mon, 23 Nov 2026 12:00:09 GMT")
                .build());
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "3600")
                .build());

        Problem problem = problem(() -> downloads
                .with(Map.of(), new DownloadLimits(QUICK.connect(), QUICK.read(), QUICK.call(), 5, 1000))
                .text(address("/text")));

        assertThat(downloads.slept).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(9));
        assertThat(problem.exit()).isEqualTo(ExitStatus.TRY_LATER);
        assertThat(problem.detail()).contains("3600 s");
    }

    @Test
    void gives_up_after_the_last_attempt_and_names_the_address() throws IOException {
        Files.writeString(target(), "old");
        for (int attempt = 0; attempt < 3; attempt++) {
            server.enqueue(new MockResponse.Builder().code(500).build());
        }

        Problem problem = fetch("x");

        assertThat(problem.code()).isEqualTo("server-failed");
        assertThat(problem.exit()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(problem.summary()).contains(address("/tool").toString());
        assertThat(problem.detail()).contains("500").contains("tried 3 times");
        assertThat(server.getRequestCount()).isEqualTo(3);
        assertOnlyOld();
    }

    @Test
    void counts_what_the_library_repeats_by_itself() {
        for (int request = 0; request < 6; request++) {
            server.enqueue(new MockResponse.Builder()
                    .code(503)
                    .addHeader("Retry-After", "0")
                    .build());
        }

        Problem problem = fetch("x");

        assertThat(server.getRequestCount()).isEqualTo(6);
        assertThat(problem.detail()).contains("tried 6 times");
    }

    @Test
    void does_not_try_again_what_will_not_change() {
        server.enqueue(new MockResponse.Builder().code(404).build());
        server.enqueue(new MockResponse.Builder().code(403).build());

        assertThat(fetch("x").code()).isEqualTo("not-found");
        assertThat(fetch("x").exit()).isEqualTo(ExitStatus.NO_PERMISSION);
        assertThat(server.getRequestCount()).isEqualTo(2);
        assertThat(downloads.slept).isEmpty();
    }

    @Test
    void reads_a_text_and_tells_a_missing_one_from_a_failing_server() {
        server.enqueue(new MockResponse.Builder().body("zeile ü\n").build());
        server.enqueue(new MockResponse.Builder().code(404).build());

        assertThat(downloads.with(Map.of()).text(address("/a"))).contains("zeile ü\n");
        assertThat(downloads.with(Map.of()).text(address("/b"))).isEmpty();
    }

    @Test
    void says_that_half_a_file_came() throws IOException {
        Files.writeString(target(), "old");
        for (int attempt = 0; attempt < 3; attempt++) {
            server.enqueue(new MockResponse.Builder()
                    .body("x".repeat(100_000))
                    .onResponseBody(new SocketEffect.CloseSocket())
                    .build());
        }

        Problem problem = fetch("x".repeat(100_000));

        assertThat(problem.code()).isIn("truncated", "network-failed");
        assertThat(problem.exit()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertOnlyOld();
    }

    @Test
    void does_not_wait_for_ever_on_a_server_that_says_nothing() {
        for (int attempt = 0; attempt < 3; attempt++) {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
        }

        Problem problem = fetch("x");

        assertThat(problem.code()).isEqualTo("timed-out");
        assertThat(problem.exit()).isEqualTo(ExitStatus.UNAVAILABLE);
    }

    @Test
    void does_not_wait_for_ever_on_a_server_that_drips() {
        for (int attempt = 0; attempt < 3; attempt++) {
            server.enqueue(new MockResponse.Builder()
                    .body("x".repeat(1000))
                    .throttleBody(1, 200, TimeUnit.MILLISECONDS)
                    .build());
        }
        Downloader downloader = downloads.with(
                Map.of(), new DownloadLimits(QUICK.connect(), QUICK.read(), Duration.ofSeconds(1), 2, 10_000));

        Problem problem = problem(
                () -> downloader.fetch(address("/tool"), digest("x"), target(), PROGRAM, DownloadProgress.NONE));

        assertThat(problem.code()).isEqualTo("timed-out");
        assertThat(target()).doesNotExist();
    }

    @Test
    void follows_redirects_but_not_in_a_circle() {
        server.enqueue(redirect("/there"));
        server.enqueue(new MockResponse.Builder().body("x").build());
        downloads.with(Map.of()).fetch(address("/tool"), digest("x"), target(), PROGRAM, DownloadProgress.NONE);
        assertThat(target()).hasContent("x");

        for (int hop = 0; hop < 30; hop++) {
            server.enqueue(redirect("/tool"));
        }
        assertThat(fetch("x").code()).isEqualTo("redirect-loop");
        assertThat(downloads.slept).isEmpty();
    }

    @Test
    void refuses_more_than_is_sensible_whether_announced_or_not() {
        DownloadLimits small = new DownloadLimits(QUICK.connect(), QUICK.read(), QUICK.call(), 1, 100);
        server.enqueue(new MockResponse.Builder().body("x".repeat(101)).build());
        server.enqueue(
                new MockResponse.Builder().chunkedBody("x".repeat(101), 10).build());

        for (int round = 0; round < 2; round++) {
            Problem problem = problem(() -> downloads
                    .with(Map.of(), small)
                    .fetch(address("/tool"), digest("x"), target(), PROGRAM, DownloadProgress.NONE));
            assertThat(problem.code()).isEqualTo("too-large");
            assertThat(target()).doesNotExist();
        }
    }

    @Test
    void says_that_nobody_listens_or_that_the_name_is_unknown() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        Problem refused = problem(() -> downloads.with(Map.of()).text(URI.create("http://127.0.0.1:" + port + "/a")));
        Problem unknown = problem(() -> downloads.with(Map.of()).text(URI.create("http://no-such-host.invalid/a")));

        assertThat(refused.code()).isEqualTo("not-reachable");
        assertThat(unknown.code()).isEqualTo("unknown-host");
        assertThat(unknown.remedies()).contains("getent hosts no-such-host.invalid");
        assertThat(List.of(refused.exit(), unknown.exit())).containsOnly(ExitStatus.UNAVAILABLE);
        assertThat(problem(() -> downloads.with(Map.of()).text(URI.create("ftp://host/a")))
                        .exit())
                .isEqualTo(ExitStatus.CONFIGURATION);
    }

    @Test
    void sends_an_account_in_the_address_and_never_shows_its_password() throws InterruptedException {
        server.enqueue(new MockResponse.Builder().code(404).build());
        URI secret = URI.create("http://me:pa55w0rd@127.0.0.1:" + server.getPort() + "/tool?sig=t0ken");

        Problem problem = problem(
                () -> downloads.with(Map.of()).fetch(secret, digest("x"), target(), PROGRAM, DownloadProgress.NONE));

        assertThat(taken().getHeaders().get("Authorization")).startsWith("Basic ");
        assertThat(problem.toString())
                .contains("http://***@127.0.0.1")
                .doesNotContain("pa55w0rd")
                .doesNotContain("t0ken");
    }

    @Test
    void ends_at_once_when_interrupted_in_mid_transfer() throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(100_000))
                .throttleBody(1000, 500, TimeUnit.MILLISECONDS)
                .build());
        AtomicReference<Problem> problem = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            problem.set(fetch("x"));
            flag.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        taken();
        thread.interrupt();
        thread.join(10_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(Objects.requireNonNull(problem.get()).code()).isEqualTo("interrupted");
        assertThat(flag).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void probes_a_server_and_reads_its_clock() {
        server.enqueue(new MockResponse.Builder()
                .code(404)
                .addHeader("Date", "Mon, 23 Nov 2026 12:00:09 GMT")
                .build());
        server.enqueue(new MockResponse.Builder().code(405).build());
        server.enqueue(new MockResponse.Builder().code(200).build());
        server.enqueue(new MockResponse.Builder().code(502).build());
        Reachability reachability = new Reachability(Map.of(), NOON);

        Reached bare = reachability.probe(address("/"));
        assertThat(bare.ok()).isTrue();
        assertThat(bare.serverTime()).contains(NOON.instant().plusSeconds(9));
        assertThat(reachability.probe(address("/")).status())
                .as("GET where HEAD is refused")
                .isEqualTo(200);
        assertThat(reachability.probe(address("/")).problem())
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("server-failed"));
        assertThat(reachability
                        .probe(URI.create("http://no-such-host.invalid/"))
                        .ok())
                .isFalse();
    }

    private Problem fetch(String content) {
        return problem(() -> downloads
                .with(Map.of())
                .fetch(address("/tool"), digest(content), target(), PROGRAM, DownloadProgress.NONE));
    }

    private RecordedRequest taken() throws InterruptedException {
        return Objects.requireNonNull(server.takeRequest(10, TimeUnit.SECONDS));
    }

    private static MockResponse redirect(String location) {
        return new MockResponse.Builder()
                .code(302)
                .addHeader("Location", location)
                .build();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }

    private Path target() {
        return folder.resolve("tool");
    }

    private void assertOnlyOld() throws IOException {
        assertThat(target()).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("tool");
    }
}
