package dev.crossarm.github;

import dev.crossarm.github.credential.CredentialSource;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.text.SecretRegister;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server that stands for GitHub, a clock that only tests move, and clients for both. */
final class TestGitHub implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    static final String TOKEN = "github_pat_11ABCDEFG0_" + "a1B2".repeat(15);
    static final RunnerScope ORGANIZATION = new RunnerScope.Organization("ACME");
    static final Wire.Limits QUICK =
            new Wire.Limits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(900));

    final MockWebServer server = new MockWebServer();
    final SecretRegister secrets = new SecretRegister();
    final List<Command> commands = new ArrayList<>();
    final Path folder;
    Map<String, String> environment = Map.of();
    Wire.Limits limits = Wire.Limits.USUAL;
    volatile Instant now = NOON;
    Function<Command, CommandResult> helper = command -> CommandResult.of(command, 0, TOKEN + "\n", "");

    TestGitHub(Path folder) {
        this.folder = folder;
        server.setServerSocketFactory(new AtOnce());
        try {
            server.start();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Sends each part of an answer at once: waiting for more costs 40 ms of every call. */
    private static final class AtOnce extends ServerSocketFactory {
        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket socket = super.accept();
                    socket.setTcpNoDelay(true);
                    return socket;
                }
            };
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException();
        }
    }

    InstantSource clock() {
        return () -> now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** As a server of one's own. */
    GitHubAddress address(RunnerScope scope) {
        return address(scope, GitHubAddress.Place.SERVER);
    }

    GitHubAddress address(RunnerScope scope, GitHubAddress.Place place) {
        return GitHubAddress.served(server.url("/api/v3"), place, scope);
    }

    /** No pause between writes: tests of the pace make their own. */
    RequestPace noPace() {
        return new RequestPace(clock(), new Random(1), Duration.ZERO);
    }

    GitHubAccess access() {
        return access(ORGANIZATION);
    }

    GitHubAccess access(RunnerScope scope) {
        return access(address(scope), new CredentialSource.TokenFile(tokenFile()), noPace());
    }

    GitHubAccess access(GitHubAddress address, CredentialSource source, RequestPace pace) {
        CommandRunner runner = new CommandRunner() {
            @Override
            public CommandResult run(Command command, Consumer<String> lines) {
                commands.add(command);
                return helper.apply(command);
            }
        };
        return new GitHubAccess(address, source, environment, runner, clock(), pace, secrets, limits);
    }

    Path tokenFile() {
        return secret("token", TOKEN + "\n");
    }

    Path secret(String name, String content) {
        Path file = folder.resolve(name);
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, content);
            return file;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** An answer with the server's date, which is that of the clock. */
    MockResponse.Builder answer(int status) {
        return new MockResponse.Builder().code(status).addHeader("Date", date(now));
    }

    static String date(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    void enqueue(int status, String body, String... headers) {
        MockResponse.Builder answer =
                answer(status).body(body).addHeader("Content-Type", "application/json; charset=utf-8");
        for (int i = 0; i < headers.length; i += 2) {
            answer.addHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(answer.build());
    }

    /** The next request that came, or an error when none did. */
    RecordedRequest taken() {
        try {
            RecordedRequest request = server.takeRequest(2, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request came");
            }
            return request;
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    static String runner(long id, String name) {
        return "{\"id\":" + id + ",\"name\":\"" + name + "\",\"os\":\"linux\",\"status\":\"online\",\"busy\":false,"
                + "\"labels\":[{\"id\":5,\"name\":\"self-hosted\",\"type\":\"read-only\"},"
                + "{\"id\":20,\"name\":\"musl\",\"type\":\"custom\"}]}";
    }

    static String runners(String... all) {
        return "{\"total_count\":" + all.length + ",\"runners\":[" + String.join(",", all) + "]}";
    }

    static String token(String value, Instant expires) {
        return "{\"token\":\"" + value + "\",\"expires_at\":\"" + expires + "\"}";
    }

    @Override
    public void close() {
        server.close();
    }
}
