package dev.crossarm.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crossarm.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a stand-in is told: where it answers, what it hands out. Set before it serves, but for what is volatile. */
final class StandInSettings {
    private final Map<String, Path> packages = new LinkedHashMap<>();
    private final Map<String, String> runtimeDates = new LinkedHashMap<>();
    private URI address = URI.create("http://127.0.0.1");
    private volatile boolean open;
    private boolean digests = true;

    void address(URI given) {
        address = given;
    }

    /** Whether repositories, and the group, are public. */
    void open(boolean given) {
        open = given;
    }

    boolean open() {
        return open;
    }

    /** Whether downloads come with their digest, as github.com's do and older servers' do not. */
    void digests(boolean given) {
        digests = given;
    }

    /** A package to be downloaded; its version is read from its name. */
    void offer(Path archive) {
        packages.put(archive.getFileName().toString(), archive);
    }

    /** @param date empty for a version that has none yet */
    void runtimeDate(String version, String date) {
        runtimeDates.put(version, date);
    }

    Optional<String> runtimeDate(String version) {
        return Optional.ofNullable(runtimeDates.get(version));
    }

    Optional<Path> archive(String name) {
        return Optional.ofNullable(packages.get(name));
    }

    List<String> archives() {
        return List.copyOf(packages.keySet());
    }

    String api(String path) {
        return address + "/api/v3" + path;
    }

    String web(String path) {
        return address + path;
    }

    ArrayNode downloads() {
        ArrayNode all = Exchange.MAPPER.createArrayNode();
        packages.forEach((name, file) -> {
            ObjectNode one = all.addObject();
            one.put("os", "linux");
            one.put("architecture", name.contains("-arm64-") ? "arm64" : "x64");
            one.put("download_url", web("/download/" + name));
            one.put("filename", name);
            if (digests) {
                one.put("sha256_checksum", digest(file));
            }
        });
        return all;
    }

    static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.of(in).hex();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** As a runner's {@code .runner}, without the byte order mark that the runner itself writes. */
    ObjectNode runnerFile(StandInRunner runner) {
        return Exchange.MAPPER
                .createObjectNode()
                .put("agentId", runner.id)
                .put("agentName", runner.name)
                .put("poolId", runner.group)
                .put("poolName", "Default")
                .put("disableUpdate", true)
                .put("ephemeral", runner.ephemeral)
                .put("serverUrl", address.toString())
                .put("workFolder", "_work")
                .put("useV2Flow", true);
    }

    ObjectNode credentialsFile(StandInRunner runner) {
        ObjectNode json = Exchange.MAPPER.createObjectNode();
        json.put("scheme", "OAuth");
        json.putObject("data").put("clientId", runner.secret).put("authorizationUrl", address.toString());
        return json;
    }
}
