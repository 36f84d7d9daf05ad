package dev.crossarm.provision;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before a real mirror, hands on what it says, and spoils the answers whose path ends as told. */
final class FaultyMirror implements AutoCloseable {

    enum Fault {
        NOT_FOUND,
        GARBAGE,
        /** The right length, one byte changed. */
        WRONG_DIGEST,
        /** Announces the whole and ends the connection in the middle. */
        HALF,
        /** Takes the request and says nothing. */
        HANG
    }

    private final String upstream;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Before the mirror that is served for these tests. They fail without one, and are only chosen where there is one. */
    static FaultyMirror beforeTheServedOne() throws IOException {
        String address = System.getenv("CROSSARM_TEST_MIRROR");
        if (address == null || address.isBlank()) {
            throw new AssertionError("CROSSARM_TEST_MIRROR must name a served rustup mirror, such as"
                    + " http://127.0.0.1:8000; ./scripts/test --only rust makes and serves one");
        }
        return new FaultyMirror(address);
    }

    private FaultyMirror(String upstream) throws IOException {
        this.upstream = upstream;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Spoils answers whose path ends like this until {@link #mended}. */
    FaultyMirror spoil(String ending, Fault fault) {
        faults.put(ending, fault);
        return this;
    }

    void mended() {
        faults.clear();
        asked.clear();
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        try (exchange) {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(upstream + path).toURL().openConnection();
            int status = connection.getResponseCode();
            byte[] body = status == 200 ? read(connection) : new byte[0];
            send(
                    exchange,
                    faults.entrySet().stream()
                            .filter(fault -> path.endsWith(fault.getKey()))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse(null),
                    status,
                    body);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] read(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private void send(HttpExchange exchange, @org.jspecify.annotations.Nullable Fault fault, int status, byte[] body)
            throws IOException, InterruptedException {
        if (fault == null || status != 200) {
            plain(exchange, status, body);
            return;
        }
        switch (fault) {
            case NOT_FOUND -> plain(exchange, 404, new byte[0]);
            case GARBAGE -> plain(exchange, 200, "<html>please sign in</html>\n".getBytes(StandardCharsets.UTF_8));
            case WRONG_DIGEST -> {
                byte[] changed = body.clone();
                changed[changed.length / 2] ^= 1;
                plain(exchange, 200, changed);
            }
            case HALF -> {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(Arrays.copyOf(body, body.length / 2));
                exchange.getResponseBody().flush();
            }
            case HANG -> closing.await();
        }
    }

    private static void plain(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
