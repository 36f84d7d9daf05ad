package dev.crossarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.crossarm.cli.Cli;
import dev.crossarm.cli.command.Program;
import dev.crossarm.cli.command.Site;
import dev.crossarm.cli.display.TestConsole;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.OwnCommands;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.plan.UpToDate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passwords in addresses, in whatever the whole command tells and keeps: real settings, steps, run and journal, and a proxy that has
 * nothing.
 */
class ProvisionSecretsTest {
    private static final List<String> SECRETS =
            List.of("ada:", "update-pw", "dist-pw", "proxy-pw", "pip-pw", "the-registry-secret");

    /** What works without packages, and fails without a network that answers. */
    private static final String ONLY = "--only=rustup,rust-toolchain,cargo-config";

    @TempDir
    Path folder;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keptMeanwhile = Collections.synchronizedList(new ArrayList<>());
    private HttpServer proxy;

    @BeforeEach
    void serve() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            keptMeanwhile.add(kept());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.stop(0);
    }

    private Map<String, String> variables() {
        String through = "http://ada:proxy-pw@127.0.0.1:" + proxy.getAddress().getPort();
        return Map.of(
                "PATH",
                System.getenv("PATH"),
                "http_proxy",
                through,
                "https_proxy",
                through,
                "PIP_INDEX_URL",
                "https://ada:pip-pw@python.example/simple",
                "CARGO_REGISTRIES_OURS_TOKEN",
                "the-registry-secret",
                "RUSTUP_DIST_SERVER",
                "http://ada:dist-pw@mirror.example");
    }

    private String run(String... options) {
        Surroundings surroundings = new Surroundings(variables(), "ada-lovelace", false, folder, folder, false, 80);
        List<String> line = new ArrayList<>(List.of("provision", "--scope=user", "--prefix", folder + "/prefix"));
        line.addAll(List.of("--state-directory", folder + "/state", "--rustup-source=official"));
        line.addAll(List.of("--rustup-update-root", "http://ada:update-pw@mirror.example/rustup"));
        line.addAll(Arrays.asList(options));
        TestConsole console = new TestConsole().in(variables());
        Wiring wiring =
                new Wiring(surroundings, "crossarm", "1", new UpToDate(Path.of("/nowhere/up-to-date"), () -> ""));
        new Cli(new OnDebian(wiring), console.console()).run(line.toArray(String[]::new));
        return console.out() + console.err();
    }

    /** Every file below state and prefix. */
    private String kept() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try {
                    all.append(file).append('\n').append(Files.readString(file, StandardCharsets.ISO_8859_1));
                } catch (NoSuchFileException gone) {
                    all.append("gone meanwhile\n");
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return all.toString();
    }

    private static void hasNone(String text) {
        for (String secret : SECRETS) {
            assertThat(text).doesNotContain(secret);
        }
    }

    @Test
    void are_in_no_plan() {
        String shown = run("--dry-run", "--verbose", "--cpp");
        String json = run("--dry-run", "--json", "--cpp");

        for (String plan : List.of(shown, json)) {
            assertThat(plan).contains("http://***@mirror.example/rustup", "from http://***@mirror.example");
            hasNone(plan);
        }
    }

    @Test
    void are_in_nothing_that_a_run_tells_and_keeps() throws IOException {
        String shown = run("--yes", "--verbose", "--stacktrace", ONLY);
        String json = run("--yes", "--json", ONLY);

        assertThat(asked).as("through the proxy").anyMatch(address -> address.contains("/rustup/"));
        assertThat(shown).contains("error: ", "http://***@mirror.example/rustup");
        assertThat(json).contains("\"problem\"", "http://***@mirror.example/rustup");
        hasNone(shown);
        hasNone(json);
        assertThat(Files.readString(folder.resolve("state/journal.jsonl"))).contains("run-finished");
        hasNone(kept());
        assertThat(String.join("\n", keptMeanwhile)).contains("lock.holder", "crossarm provision");
        hasNone(String.join("\n", keptMeanwhile));
    }

    /** The real program, on a machine that is always the same Debian. */
    private record OnDebian(Wiring wiring) implements Program {
        private static final HostFacts DEBIAN =
                new HostFacts("debian", "13", "Debian 13", "aarch64", "6.12.0", 4L << 30, 2);

        @Override
        public Surroundings surroundings() {
            return wiring.surroundings();
        }

        @Override
        public String version() {
            return wiring.version();
        }

        @Override
        public LongSupplier nanos() {
            return wiring.nanos();
        }

        @Override
        public OwnCommands commands() {
            return wiring.commands();
        }

        @Override
        public Loaded load(Map<ConfigKey, List<String>> flags, Optional<Path> file) {
            return wiring.load(flags, file);
        }

        @Override
        public void loadEverything() {
            wiring.loadEverything();
        }

        @Override
        public List<String> accountsProvisioned() {
            return wiring.accountsProvisioned();
        }

        @Override
        public Site site(Loaded loaded) {
            Site real = wiring.site(loaded);
            return (Site) Proxy.newProxyInstance(
                    Site.class.getClassLoader(), new Class<?>[] {Site.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("facts")) {
                            return DEBIAN;
                        }
                        if (method.getName().equals("steps")) {
                            return new ProvisioningSteps(HostPorts.of(wiring.surroundings()), real, DEBIAN)
                                    .graph(Optional.empty());
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
        }
    }
}
