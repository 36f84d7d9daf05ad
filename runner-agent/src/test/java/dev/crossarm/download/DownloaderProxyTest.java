package dev.crossarm.download;

import static dev.crossarm.download.TestDownloads.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads through a proxy named in the environment. */
@Timeout(60)
final class DownloaderProxyTest {
    private final MockWebServer proxy = new MockWebServer();
    private final TestDownloads downloads = new TestDownloads();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void asks_the_proxy_for_a_host_that_only_the_proxy_can_resolve() throws InterruptedException {
        proxy.enqueue(new MockResponse.Builder().body("text").build());

        assertThat(downloads
                        .with(Map.of("http_proxy", "http://127.0.0.1:" + proxy.getPort()))
                        .text(URI.create("http://inside.invalid/a")))
                .contains("text");
        assertThat(taken().getTarget()).isEqualTo("http://inside.invalid/a");
    }

    @Test
    void gives_its_account_to_a_proxy_that_asks_for_it() throws InterruptedException {
        proxy.enqueue(new MockResponse.Builder()
                .code(407)
                .addHeader("Proxy-Authenticate", "Basic realm=\"x\"")
                .build());
        proxy.enqueue(new MockResponse.Builder().body("text").build());

        assertThat(downloads
                        .with(Map.of("http_proxy", "me:p%40ss@127.0.0.1:" + proxy.getPort()))
                        .text(URI.create("http://inside.invalid/a")))
                .contains("text");
        assertThat(taken().getHeaders().get("Proxy-Authorization")).isNull();
        assertThat(taken().getHeaders().get("Proxy-Authorization")).isEqualTo(Credentials.basic("me", "p@ss"));
    }

    @Test
    void reaches_a_tls_server_through_a_tunnel_with_the_account() throws IOException, InterruptedException {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate certificate = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName("inside.invalid")
                .build();
        Path file = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        proxy.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        proxy.enqueue(new MockResponse.Builder().inTunnel().build());
        proxy.enqueue(new MockResponse.Builder().body("text").build());

        assertThat(downloads
                        .with(Map.of(
                                "HTTPS_PROXY",
                                "http://me:pass@127.0.0.1:" + proxy.getPort(),
                                "SSL_CERT_FILE",
                                file.toString()))
                        .text(URI.create("https://inside.invalid/a")))
                .contains("text");
        RecordedRequest tunnel = taken();
        assertThat(tunnel.getMethod()).isEqualTo("CONNECT");
        assertThat(tunnel.getHeaders().get("Proxy-Authorization")).isEqualTo(Credentials.basic("me", "pass"));
        assertThat(taken().getHeaders().get("Proxy-Authorization")).isNull();
    }

    @Test
    void goes_directly_where_no_proxy_says_so() {
        proxy.enqueue(new MockResponse.Builder().body("direct").build());

        assertThat(downloads
                        .with(Map.of("http_proxy", "http://proxy.invalid:1", "no_proxy", "example.org, 127.0.0.0/8"))
                        .text(URI.create("http://127.0.0.1:" + proxy.getPort() + "/a")))
                .contains("direct");
    }

    @Test
    void names_the_proxy_that_refuses_or_cannot_be_reached_without_its_password() throws IOException {
        proxy.enqueue(new MockResponse.Builder().code(407).build());
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        Problem refused = problem(() -> downloads
                .with(Map.of("http_proxy", "http://127.0.0.1:" + proxy.getPort()))
                .text(URI.create("http://inside.invalid/a")));
        Problem dead = problem(() -> downloads
                .with(Map.of("http_proxy", "http://me:pa55@127.0.0.1:" + port))
                .text(URI.create("http://inside.invalid/a")));
        Problem unknown = problem(() -> downloads
                .with(Map.of("http_proxy", "http://me:pa55@proxy.invalid:3128"))
                .text(URI.create("http://inside.invalid/a")));

        assertThat(refused.code()).isEqualTo("proxy-refused");
        assertThat(dead.code()).isEqualTo("not-reachable");
        assertThat(dead.summary()).contains("http_proxy=127.0.0.1:" + port);
        assertThat(unknown.summary()).contains("proxy.invalid:3128");
        assertThat(dead.toString() + unknown).doesNotContain("pa55");
    }

    private RecordedRequest taken() throws InterruptedException {
        return Objects.requireNonNull(proxy.takeRequest(10, TimeUnit.SECONDS));
    }
}
