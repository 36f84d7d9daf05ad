package dev.crossarm.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crossarm.download.DownloadLimits;
import dev.crossarm.download.DownloadProgress;
import dev.crossarm.download.Downloader;
import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.text.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * GitHub's own description of its interface (OpenAPI 3.0), from the npm package that carries it. Fetched once for each
 * account, from the registry that npm is set to, and checked by its digest.
 */
final class OpenApi {
    private static final String VERSION = "23.0.2";
    private static final Sha256 DIGEST = new Sha256("71a18407dd5e8464f4e0525daf03deabbe65abd9287d6adc7b5d98f516cd0d0c");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern REGISTRY = Pattern.compile("(?m)^\\s*(?:@octokit:)?registry\\s*=\\s*(\\S+)\\s*$");

    private final JsonNode root;

    private OpenApi(JsonNode root) {
        this.root = root;
    }

    /** @param name {@code api.github.com}, {@code ghec} or {@code ghes-3.19} */
    static OpenApi of(String name) {
        try {
            Path file = folder().resolve(name + ".json");
            if (!Files.exists(file)) {
                fetch();
            }
            return new OpenApi(MAPPER.readTree(file.toFile()));
        } catch (IOException error) {
            throw new java.io.UncheckedIOException(error);
        }
    }

    private static Path folder() {
        String cache = System.getenv("CROSSARM_CACHE");
        Path root = cache == null || cache.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "crossarm")
                : Path.of(cache);
        return root.resolve("github-openapi-" + VERSION);
    }

    private static void fetch() throws IOException {
        Path folder = Files.createDirectories(folder());
        Path archive = folder.resolve("openapi.tgz");
        URI address = URI.create(registry() + "/@octokit/openapi/-/openapi-" + VERSION + ".tgz");
        try {
            new Downloader(
                            System.getenv(),
                            new DurableFiles(Checkpoint.NONE),
                            InstantSource.system(),
                            pause -> Thread.sleep(pause.toMillis()),
                            new Random(),
                            DownloadLimits.USUAL)
                    .fetch(address, DIGEST, archive, Ownership.mode("rw-r--r--"), DownloadProgress.NONE);
        } catch (CrossarmException unreachable) {
            throw new AssertionError(
                    "these tests need GitHub's description of its interface, which could not be fetched from npm's"
                            + " registry (" + unreachable.problem().summary()
                            + "). Without a network, leave them out: mvn test -Dtests.excluded=lab,rust,network",
                    unreachable);
        }
        unpack(archive, folder);
        Files.delete(archive);
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName();
                if (name.matches("package/generated/(api\\.github\\.com|ghec|ghes-3\\.19)\\.json")) {
                    Path part = Files.createTempFile(folder, "part", ".tmp");
                    Files.copy(tar, part, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(
                            part,
                            folder.resolve(name.substring(name.lastIndexOf('/') + 1)),
                            StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }

    /** As npm finds it: variables, then the account's file, then the machine's; npm itself is asked for the rest. */
    private static String registry() throws IOException {
        for (String variable : List.of("npm_config_registry", "NPM_CONFIG_REGISTRY")) {
            String named = System.getenv(variable);
            if (named != null && !named.isBlank()) {
                return named.strip().replaceAll("/+$", "");
            }
        }
        for (Path file : List.of(Path.of(System.getProperty("user.home"), ".npmrc"), Path.of("/etc/npmrc"))) {
            if (Files.isReadable(file)) {
                Matcher found = REGISTRY.matcher(Files.readString(file));
                if (found.find()) {
                    return found.group(1).replaceAll("/+$", "");
                }
            }
        }
        Process npm = new ProcessBuilder("npm", "config", "get", "registry")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .replaceAll("/+$", "");
    }

    /**
     * A call that is described.
     *
     * @param path with its parameters in braces
     * @param parameters what stands in their place
     */
    record Operation(String path, JsonNode node, Map<String, String> parameters) {
        List<Integer> statuses() {
            List<Integer> all = new ArrayList<>();
            node.path("responses").fieldNames().forEachRemaining(status -> all.add(Integer.valueOf(status)));
            return all;
        }
    }

    /** The operation for a request; that with most literal parts, where several match. */
    Optional<Operation> operation(String method, String path) {
        String[] asked = path.split("/", -1);
        Operation best = null;
        for (Map.Entry<String, JsonNode> entry : root.path("paths").properties()) {
            JsonNode node = entry.getValue().path(method.toLowerCase(java.util.Locale.ROOT));
            Map<String, String> parameters = match(entry.getKey().split("/", -1), asked);
            if (node.isObject()
                    && parameters != null
                    && (best == null || parameters.size() < best.parameters().size())) {
                best = new Operation(entry.getKey(), node, parameters);
            }
        }
        return Optional.ofNullable(best);
    }

    private static @org.jspecify.annotations.Nullable Map<String, String> match(String[] described, String[] asked) {
        if (described.length != asked.length) {
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < asked.length; i++) {
            if (described[i].startsWith("{") && !asked[i].isEmpty()) {
                parameters.put(described[i].substring(1, described[i].length() - 1), asked[i]);
            } else if (!described[i].equals(asked[i])) {
                return null;
            }
        }
        return parameters;
    }

    /** What a node refers to, or the node. */
    JsonNode resolved(JsonNode node) {
        JsonNode at = node;
        while (at.has("$ref")) {
            JsonNode target = root;
            for (String part : at.path("$ref").asText().substring(2).split("/", -1)) {
                target = target.path(part.replace("~1", "/").replace("~0", "~"));
            }
            if (target.isMissingNode()) {
                throw new AssertionError("the description refers to nothing: " + at);
            }
            at = target;
        }
        return at;
    }

    /** The schema of an answer's body; empty for one without. */
    Optional<JsonNode> answer(Operation operation, int status) {
        JsonNode response = resolved(operation.node().path("responses").path(Integer.toString(status)));
        JsonNode schema = response.path("content").path("application/json").path("schema");
        return schema.isMissingNode() ? Optional.empty() : Optional.of(schema);
    }
}
