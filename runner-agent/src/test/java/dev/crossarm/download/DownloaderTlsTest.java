package dev.crossarm.download;

import static dev.crossarm.download.TestDownloads.NOON;
import static dev.crossarm.download.TestDownloads.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real TLS with an authority that no machine knows. */
@Timeout(60)
final class DownloaderTlsTest {
    private final HeldCertificate authority = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("Test Authority")
            .build();
    private final MockWebServer server = new MockWebServer();
    private final TestDownloads downloads = new TestDownloads();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server.useHttps(
                identity("localhost", Instant.now().plus(Duration.ofDays(1))).sslSocketFactory());
        server.start();
        server.enqueue(new MockResponse.Builder().body("text").build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refuses_an_authority_nobody_named_and_says_how_to_name_it() {
        Problem problem = problem(() -> downloads.with(Map.of()).text(address()));

        assertThat(problem.code()).isEqualTo("authority-not-trusted");
        assertThat(problem.exit()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(problem.remedies()).anyMatch(line -> line.contains("export SSL_CERT_FILE="));
        assertThat(downloads.slept).as("waiting changes nothing").isEmpty();
        assertThat(new Reachability(Map.of(), NOON).probe(address()).problem()).isPresent();
    }

    @Test
    void trusts_the_authority_that_a_variable_names() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bundle.pem"), "# a comment\nSubject: x\n" + authority.certificatePem());
        Path certificates = Files.createDirectory(folder.resolve("certs"));
        Files.copy(file, certificates.resolve("own.crt"));
        Files.writeString(certificates.resolve("README"), "not a certificate");
        server.enqueue(new MockResponse.Builder().body("text").build());
        server.enqueue(new MockResponse.Builder().body("text").build());

        assertThat(downloads.with(Map.of("SSL_CERT_FILE", file.toString())).text(address()))
                .contains("text");
        assertThat(downloads.with(Map.of("CURL_CA_BUNDLE", file.toString())).text(address()))
                .contains("text");
        assertThat(downloads
                        .with(Map.of("SSL_CERT_DIR", "/nowhere:" + certificates))
                        .text(address()))
                .contains("text");
    }

    @Test
    void names_the_variable_whose_file_is_no_good() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path damaged = Files.writeString(
                folder.resolve("damaged.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        for (Path file : new Path[] {empty, damaged, folder.resolve("absent.pem")}) {
            Problem problem = problem(() ->
                    downloads.with(Map.of("SSL_CERT_FILE", file.toString())).text(address()));
            assertThat(problem.summary()).contains("SSL_CERT_FILE");
            assertThat(problem.detail()).contains(file.toString());
            assertThat(problem.exit()).isEqualTo(ExitStatus.CONFIGURATION);
        }
    }

    @Test
    void tells_a_certificate_that_is_not_valid_now_from_an_unknown_authority() throws IOException {
        MockWebServer expired = new MockWebServer();
        try (expired) {
            expired.useHttps(identity("localhost", Instant.now().minus(Duration.ofDays(1)))
                    .sslSocketFactory());
            expired.start();
            Path file = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());

            Problem problem = problem(() -> downloads
                    .with(Map.of("SSL_CERT_FILE", file.toString()))
                    .text(URI.create("https://localhost:" + expired.getPort() + "/")));

            assertThat(problem.code()).isEqualTo("certificate-not-valid-now");
            assertThat(problem.remedies()).contains("date --utc");
        }
    }

    private static MockResponse to(MockWebServer server, String scheme, String host, String path) {
        return new MockResponse.Builder()
                .code(302)
                .addHeader("Location", scheme + "://" + host + ":" + server.getPort() + path)
                .build();
    }

    /** A chain from https over plain http and back to https ends as safe as it began, and was not safe in between. */
    @Test
    void sends_nothing_to_a_plain_server_in_the_middle_of_a_chain() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        Map<String, String> trusting = Map.of("SSL_CERT_FILE", file.toString());
        MockWebServer plain = new MockWebServer();
        MockWebServer secure = new MockWebServer();
        try (plain;
                secure) {
            plain.start();
            secure.useHttps(identity("localhost", Instant.now().plus(Duration.ofDays(1)))
                    .sslSocketFactory());
            secure.start();
            URI start = URI.create("https://localhost:" + secure.getPort() + "/start");
            for (int call = 0; call < 3; call++) {
                secure.enqueue(to(secure, "https", "localhost", "/second"));
                secure.enqueue(to(plain, "http", "127.0.0.1", "/third"));
                plain.enqueue(to(secure, "https", "localhost", "/fourth"));
                secure.enqueue(new MockResponse.Builder().body("0".repeat(64)).build());
            }
            Downloader downloader = downloads.with(trusting);

            Problem checksum = problem(() -> downloader.text(start));

            assertThat(checksum.code()).isEqualTo("redirect-to-plain-http");
            assertThat(checksum.detail())
                    .isEqualTo("https://localhost:" + secure.getPort() + "/second redirects to http://127.0.0.1:"
                            + plain.getPort() + "/third");
            assertThat(plain.getRequestCount()).isZero();
            assertThat(secure.getRequestCount()).isEqualTo(2);
            assertThat(downloads.slept).as("it will not change").isEmpty();
        }
    }

    @Test
    void fetches_no_file_over_a_plain_hop_and_probes_none() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        Map<String, String> trusting = Map.of("SSL_CERT_FILE", file.toString());
        MockWebServer plain = new MockWebServer();
        MockWebServer secure = new MockWebServer();
        try (plain;
                secure) {
            plain.start();
            secure.useHttps(identity("localhost", Instant.now().plus(Duration.ofDays(1)))
                    .sslSocketFactory());
            secure.start();
            URI start = URI.create("https://localhost:" + secure.getPort() + "/start");
            secure.enqueue(to(plain, "http", "127.0.0.1", "/tool"));
            secure.enqueue(to(plain, "http", "127.0.0.1", "/tool"));

            Problem fetched = problem(() -> downloads
                    .with(trusting)
                    .fetch(
                            start,
                            TestDownloads.digest("x"),
                            folder.resolve("tool"),
                            TestDownloads.PROGRAM,
                            DownloadProgress.NONE));

            assertThat(fetched.code()).isEqualTo("redirect-to-plain-http");
            assertThat(new Reachability(trusting, NOON)
                            .probe(start)
                            .problem()
                            .orElseThrow()
                            .code())
                    .isEqualTo("redirect-to-plain-http");
            assertThat(plain.getRequestCount()).isZero();
        }
    }

    @Test
    void follows_a_redirect_from_plain_http_to_https() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        MockWebServer plain = new MockWebServer();
        try (plain) {
            plain.start();
            plain.enqueue(to(server, "https", "localhost", "/text"));

            assertThat(downloads
                            .with(Map.of("SSL_CERT_FILE", file.toString()))
                            .text(URI.create("http://127.0.0.1:" + plain.getPort() + "/")))
                    .contains("text");
        }
    }

    @Test
    void does_not_follow_a_redirect_from_https_to_plain_http() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        MockWebServer plain = new MockWebServer();
        MockWebServer secure = new MockWebServer();
        try (plain;
                secure) {
            plain.start();
            plain.enqueue(new MockResponse.Builder().body("evil").build());
            secure.useHttps(identity("localhost", Instant.now().plus(Duration.ofDays(1)))
                    .sslSocketFactory());
            secure.start();
            secure.enqueue(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", "http://127.0.0.1:" + plain.getPort() + "/")
                    .build());

            Problem problem = problem(() -> downloads
                    .with(Map.of("SSL_CERT_FILE", file.toString()))
                    .text(URI.create("https://localhost:" + secure.getPort() + "/")));

            assertThat(problem.code()).isEqualTo("redirect-to-plain-http");
            assertThat(plain.getRequestCount()).isZero();
        }
    }

    private HandshakeCertificates identity(String host, Instant until) {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName(host)
                .validityInterval(Instant.now().minus(Duration.ofDays(9)).toEpochMilli(), until.toEpochMilli())
                .build();
        return new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    }

    private URI address() {
        return URI.create("https://localhost:" + server.getPort() + "/text");
    }
}
