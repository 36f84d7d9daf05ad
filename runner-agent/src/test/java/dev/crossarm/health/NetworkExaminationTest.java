package dev.crossarm.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.download.Reachability;
import dev.crossarm.download.Reached;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkExaminationTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final DownloadOrigin ONE = new DownloadOrigin("toolchains", URI.create("https://one.example/"));
    private static final DownloadOrigin TWO = new DownloadOrigin("packages", URI.create("http://two.example/"));

    @TempDir
    Path root;

    @Test
    void names_each_origin_and_why_it_cannot_be_reached() {
        Problem problem = Problem.of(ExitStatus.UNAVAILABLE, "no-route", "no route to two.example", "check the proxy");

        List<Finding> findings = new NetworkExamination(
                        List.of(ONE, TWO),
                        address -> address.equals(TWO.address())
                                ? new Reached(0, Optional.of(problem), Optional.empty())
                                : new Reached(200, Optional.empty(), Optional.of(NOW)),
                        InstantSource.fixed(NOW))
                .examine();

        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.OK, Severity.WARNING, Severity.OK);
        assertThat(findings.get(1).summary()).isEqualTo("packages cannot be fetched: no route to two.example");
        assertThat(findings.get(1).remedies()).containsExactly("check the proxy");
        assertThat(findings.get(2).summary()).isEqualTo("the clock is right");
    }

    @Test
    void judges_the_clock_by_how_far_it_is_off() {
        assertThat(clock(Duration.ofSeconds(30))).isEqualTo("OK the clock is 30 s slow");
        assertThat(clock(Duration.ofSeconds(90))).isEqualTo("WARNING the clock is 90 s slow");
        assertThat(clock(Duration.ofDays(-2))).isEqualTo("ERROR the clock is 172800 s fast");
    }

    @Test
    void asks_all_origins_at_once() {
        CountDownLatch both = new CountDownLatch(2);

        List<Finding> findings = new NetworkExamination(
                        List.of(ONE, TWO),
                        address -> {
                            both.countDown();
                            return new Reached(met(both) ? 200 : 0, Optional.empty(), Optional.empty());
                        },
                        InstantSource.fixed(NOW))
                .examine();

        assertThat(both.getCount()).isZero();
        assertThat(findings).hasSize(2);
    }

    @Test
    void asks_real_servers_through_the_downloads_own_client() throws IOException {
        try (MockWebServer server = new MockWebServer()) {
            URI refused = URI.create("http://127.0.0.1:" + closedPort() + "/");
            server.enqueue(new MockResponse.Builder()
                    .code(404)
                    .setHeader("Date", "Mon, 23 Nov 2026 07:00:00 GMT")
                    .build());
            server.start();

            List<Finding> findings = new NetworkExamination(
                            List.of(
                                    new DownloadOrigin(
                                            "toolchains", server.url("/").uri()),
                                    new DownloadOrigin("packages", refused)),
                            new Reachability(Map.of(), InstantSource.fixed(NOW))::probe,
                            InstantSource.fixed(NOW))
                    .examine();

            assertThat(findings)
                    .extracting(Finding::severity)
                    .containsExactly(Severity.OK, Severity.WARNING, Severity.ERROR);
            assertThat(findings.get(1).summary()).startsWith("packages cannot be fetched: ");
            assertThat(findings.get(2).summary()).isEqualTo("the clock is 10800 s fast");
        }
    }

    @Test
    void takes_origins_from_the_settings_and_from_apt() throws IOException {
        DoctorBench bench = new DoctorBench(root);
        bench.write(
                "etc/apt/sources.list",
                "# deb http://off.example/x y z\ndeb [arch=arm64] https://a.example:8443/debian trixie main\n");
        bench.write("etc/apt/sources.list.d/more.sources", """
                Types: deb
                URIs: http://b.example/debian
                 http://c.example/debian
                Suites: trixie

                Enabled: no
                Types: deb
                URIs: http://d.example/debian

                URIs: file:/srv/x http://a.example/y
                """);
        bench.write("etc/apt/sources.list.d/ignored.save", "deb http://e.example/ x\n");

        assertThat(DownloadOrigin.inUse(bench.settings(), root))
                .extracting(origin -> origin.address().toString())
                .containsExactly(
                        "https://static.rust-lang.org/",
                        "https://a.example:8443/",
                        "http://b.example/",
                        "http://c.example/",
                        "http://a.example/");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean met(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String clock(Duration ahead) {
        List<Finding> findings = new NetworkExamination(
                        List.of(ONE),
                        address -> new Reached(200, Optional.empty(), Optional.of(NOW.plus(ahead))),
                        InstantSource.fixed(NOW))
                .examine();
        return findings.get(1).severity() + " " + findings.get(1).summary();
    }
}
