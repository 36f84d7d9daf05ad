package dev.crossarm.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that stands for GitHub Enterprise Server, with any name of an organisation or repository: REST below {@code /api/v3}, the
 * listeners' connection and the tests' own controls below {@code /_standin}, packages below {@code /download}. It is not
 * GitHub: it does what GitHub documents about self-hosted runners, and what was seen of it, so far as Crossarm goes by it.
 */
public final class GitHubStandIn implements AutoCloseable {
    private static final Duration OFFER = Duration.ofSeconds(60);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final StandInSettings settings = new StandInSettings();
    private final AppAuthority authority = new AppAuthority();
    private final StandInFleet fleet;
    private final RestCalls rest;
    private final ListenerCalls listeners;
    private final ControlCalls controls;
    private final Faults faults = new Faults();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** @param port 0 for any that is free */
    public GitHubStandIn(int port, Duration offerLasts, Duration poll) throws IOException {
        // Otherwise each answer on a connection that is kept takes 40 ms more.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        fleet = new StandInFleet(offerLasts, poll.multipliedBy(2).plusSeconds(5));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        settings.address(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        rest = new RestCalls(fleet, settings);
        listeners = new ListenerCalls(fleet, poll);
        controls = new ControlCalls(fleet, settings, faults, requests);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it is, without an account: {@code http://127.0.0.1:PORT}. */
    public String address() {
        return settings.web("");
    }

    /** Lets whoever has this token call. */
    public void acceptToken(String token) {
        authority.token(token);
    }

    /** @param runtimeDate until when this version gets jobs; empty when that is not decided yet */
    public void knowVersion(String version, String runtimeDate) {
        settings.runtimeDate(version, runtimeDate);
    }

    /** The id of the runner of this name. */
    public long runner(String name) {
        return fleet.named(name).orElseThrow().id;
    }

    StandInSettings settings() {
        return settings;
    }

    AppAuthority authority() {
        return authority;
    }

    StandInFleet fleet() {
        return fleet;
    }

    Faults faults() {
        return faults;
    }

    /** Method and path of each request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange http) {
        try {
            Exchange exchange = new Exchange(http);
            if (!exchange.path().startsWith("/_standin/")) {
                requests.add(exchange.method() + " " + exchange.path());
            }
            if (!faults.spoil(exchange)) {
                route(exchange);
            }
        } catch (IOException gone) {
            http.close();
        } catch (RuntimeException bug) {
            System.err.println("stand-in: " + http.getRequestURI() + ": " + bug);
            http.close();
        }
    }

    private void route(Exchange exchange) throws IOException {
        List<String> parts = exchange.parts();
        if (parts.get(0).equals("_standin")) {
            if (!listeners.answer(exchange, parts.subList(1, parts.size()))) {
                controls.answer(exchange, parts.subList(1, parts.size()));
            }
        } else if (parts.get(0).equals("download") && parts.size() == 2) {
            download(exchange, parts.get(1));
        } else if (parts.size() > 2
                && parts.get(0).equals("api")
                && parts.get(1).equals("v3")) {
            api(exchange, parts.subList(2, parts.size()));
        } else {
            exchange.refuse(404, "Not Found");
        }
    }

    private void api(Exchange exchange, List<String> parts) throws IOException {
        String path = String.join("/", parts);
        if (path.startsWith("repos/actions/runner/releases/")) {
            release(exchange, parts.subList(4, parts.size()));
        } else if (path.matches("app/installations/\\d+/access_tokens")
                && exchange.method().equals("POST")) {
            if (authority.signed(exchange.token())) {
                exchange.answer(201, authority.token());
            } else {
                exchange.refuse(401, "A JSON web token could not be decoded");
            }
        } else if (path.matches("(orgs/[^/]+|repos/[^/]+/[^/]+)/installation")) {
            if (authority.signed(exchange.token())) {
                exchange.answer(200, authority.installation(parts.get(1)));
            } else {
                exchange.refuse(401, "A JSON web token could not be decoded");
            }
        } else if (!authority.knows(exchange.token())) {
            exchange.refuse(401, "Bad credentials");
        } else if (path.equals("rate_limit")) {
            exchange.answer(200, rate());
        } else if (parts.get(0).equals("repos") && parts.size() == 3) {
            exchange.answer(200, repository(parts.get(1), parts.get(2)));
        } else {
            int scope = parts.get(0).equals("repos") ? 3 : 2;
            rest.answer(exchange, parts.subList(Math.min(scope, parts.size()), parts.size()), scope == 3);
        }
    }

    /** As github.com describes a release of the runner: the digest of each package stands in the notes, between marks. */
    private void release(Exchange exchange, List<String> which) throws IOException {
        List<String> archives = settings.archives();
        String wanted = which.get(which.size() - 1).replaceFirst("^v", "");
        Optional<String> version = archives.stream()
                .map(name -> name.replaceFirst(".*-(\\d+\\.\\d+\\.\\d+)\\.tar\\.gz", "$1"))
                .filter(one -> wanted.equals("latest") || one.equals(wanted))
                .max(java.util.Comparator.comparing(one -> java.lang.Runtime.Version.parse(one)));
        if (version.isEmpty()) {
            exchange.refuse(404, "Not Found");
            return;
        }
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("tag_name", "v" + version.get());
        StringBuilder notes = new StringBuilder("## SHA-256 Checksums\n");
        ArrayNode assets = json.putArray("assets");
        for (String name : archives) {
            if (name.endsWith("-" + version.get() + ".tar.gz")) {
                String platform = name.replaceFirst("actions-runner-(.*)-[^-]*", "$1");
                notes.append("- ")
                        .append(name)
                        .append(" <!-- BEGIN SHA ")
                        .append(platform)
                        .append(" -->");
                notes.append(StandInSettings.digest(settings.archive(name).orElseThrow()));
                notes.append("<!-- END SHA ").append(platform).append(" -->\n");
                assets.addObject().put("name", name).put("browser_download_url", settings.web("/download/" + name));
            }
        }
        json.put("body", notes.toString());
        exchange.answer(200, json);
    }

    private void download(Exchange exchange, String name) throws IOException {
        Optional<Path> archive = settings.archive(name);
        if (archive.isEmpty()) {
            exchange.refuse(404, "Not Found");
        } else {
            exchange.send(200, Files.readAllBytes(archive.get()), "application/octet-stream");
        }
    }

    private ObjectNode repository(String owner, String name) {
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("id", 31)
                .put("name", name)
                .put("full_name", owner + "/" + name)
                .put("private", !settings.open());
        json.put("archived", false).put("html_url", settings.web("/" + owner + "/" + name));
        json.putObject("owner").put("login", owner).put("id", 3);
        return json;
    }

    private static ObjectNode rate() {
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        ObjectNode core = json.putObject("resources").putObject("core");
        core.put("limit", 5000).put("remaining", 4990).put("used", 10).put("reset", 1_900_000_000L);
        json.set("rate", core.deepCopy());
        return json;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * Serves until it is ended: {@code PORT TOKEN PACKAGE...}; with {@code app=FILE} in place of the token, the App whose public
     * key (PEM) is in that file may call.
     */
    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        GitHubStandIn standIn = new GitHubStandIn(Integer.parseInt(words.remove(0)), OFFER, Duration.ofSeconds(5));
        String who = words.remove(0);
        if (who.startsWith("app=")) {
            standIn.authority().app(PublicKeys.read(Path.of(who.substring(4))));
        } else {
            standIn.authority().token(Files.readString(Path.of(who)).strip());
        }
        words.forEach(archive -> standIn.settings().offer(Path.of(archive)));
        System.out.println(standIn.address());
    }
}
