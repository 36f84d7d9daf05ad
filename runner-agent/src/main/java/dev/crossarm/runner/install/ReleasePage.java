package dev.crossarm.runner.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crossarm.download.Downloader;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Sha256;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The releases of actions/runner, as GitHub's interface tells of them to everybody. The notes of a release hold the SHA-256 of each
 * package between two comments; a package without one is not used. GitHub answers 60 such questions an hour for one address.
 */
final class ReleasePage {
    /** Where GitHub tells of them; a mirror has {@code latest} and {@code tags/vVERSION} below its own address. */
    static final URI GITHUB = URI.create("https://api.github.com/repos/actions/runner/releases");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Downloader downloader;
    private final URI releases;

    ReleasePage(Downloader downloader, URI releases) {
        this.downloader = downloader;
        this.releases = releases;
    }

    /** @param architecture as GitHub names it: {@code arm64}, {@code x64} */
    PackageOffer newest(String architecture) {
        return offer("latest", Optional.empty(), architecture);
    }

    PackageOffer of(RunnerVersion version, String architecture) {
        return offer("tags/v" + version, Optional.of(version), architecture);
    }

    private PackageOffer offer(String last, Optional<RunnerVersion> wanted, String architecture) {
        String base = releases.toString();
        URI address = URI.create((base.endsWith("/") ? base : base + "/") + last);
        String text = downloader
                .text(address)
                .orElseThrow(() -> missing(address, wanted).asException());
        JsonNode release = parsed(address, text);
        RunnerVersion version = RunnerVersion.of(release.path("tag_name").asText())
                .filter(found -> wanted.isEmpty() || wanted.get().equals(found))
                .orElseThrow(() -> garbage(address, "tag_name is not the version that was asked for")
                        .asException());
        String file = fileName(architecture, version);
        URI at = assets(release, file)
                .orElseThrow(() -> garbage(address, "it has no file " + file).asException());
        boolean plain = !"https".equals(String.valueOf(at.getScheme()).toLowerCase(Locale.ROOT));
        if (plain && "https".equals(releases.getScheme())) {
            throw garbage(address, "its file is not at an https address").asException();
        }
        Sha256 digest = digest(release.path("body").asText(), architecture)
                .orElseThrow(() -> noDigest(address, file).asException());
        return new PackageOffer(version, at, digest, Optional.empty());
    }

    static String fileName(String architecture, RunnerVersion version) {
        return "actions-runner-linux-" + architecture + "-" + version + ".tar.gz";
    }

    private static Optional<URI> assets(JsonNode release, String file) {
        for (JsonNode asset : release.path("assets")) {
            if (asset.path("name").asText().equals(file)) {
                return address(asset.path("browser_download_url").asText());
            }
        }
        return Optional.empty();
    }

    static Optional<URI> address(String text) {
        try {
            URI address = URI.create(text);
            return address.getHost() == null ? Optional.empty() : Optional.of(address);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static Optional<Sha256> digest(String notes, String architecture) {
        String about = "SHA linux-" + Pattern.quote(architecture);
        Matcher digest = Pattern.compile(
                        "<!--\\s*BEGIN " + about + "\\s*-->\\s*([0-9a-fA-F]{64})\\s*<!--\\s*END " + about + "\\s*-->")
                .matcher(notes);
        return digest.find() ? Optional.of(new Sha256(digest.group(1))) : Optional.empty();
    }

    private static JsonNode parsed(URI address, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException bad) {
            throw garbage(address, "it is not JSON").asException(bad);
        }
    }

    private static Problem missing(URI address, Optional<RunnerVersion> wanted) {
        String what = wanted.map(version -> "there is no release " + version + " of the runner")
                .orElse("no release of the runner was found");
        return Problem.of(
                        ExitStatus.UNAVAILABLE,
                        "runner-not-released",
                        what,
                        "Leave out --runner-version to install the newest",
                        "See what there is: https://github.com/actions/runner/releases")
                .withDetail(address.toString());
    }

    private static Problem noDigest(URI address, String file) {
        return Problem.of(
                        ExitStatus.DATA,
                        "runner-without-digest",
                        "the release does not tell the SHA-256 of " + file + ", so it was not downloaded",
                        "Give the package and its SHA-256 yourself: sudo crossarm runner install --package FILE"
                                + " --sha256 DIGEST")
                .withDetail(address.toString());
    }

    private static Problem garbage(URI address, String why) {
        return Problem.of(
                        ExitStatus.DATA,
                        "runner-release-garbage",
                        "what is said of the runner's release cannot be used",
                        "curl -fsSL '" + address + "' | head -c 2000")
                .withDetail(address + ": " + why);
    }
}
