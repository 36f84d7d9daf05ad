package dev.crossarm.provision.rust;

import dev.crossarm.plan.Progress;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * Finds rustup's installer under an update root, in the layout rustup's own updater uses: {@code release-stable.toml}
 * names the version, {@code archive/<version>/<triple>/rustup-init} is the program and {@code .sha256} beside it its digest.
 * A mirror without the first has the newest under {@code dist/<triple>}, where rustup's shell script looks.
 */
final class RustupRelease {
    private static final String OTHER_SERVER =
            "Name another server: crossarm provision --rustup-update-root ADDRESS (or RUSTUP_UPDATE_ROOT)";

    private static final Pattern DIGEST = Pattern.compile("^\\s*([0-9a-fA-F]{64})(\\s|$)");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+[0-9A-Za-z.-]*");

    private final RustupSite site;
    private final String root;
    private final String triple;

    RustupRelease(RustupSite site, String root, String triple) {
        this.site = site;
        this.root = root;
        this.triple = triple;
    }

    /**
     * Puts the installer in place, digest checked.
     *
     * @throws CrossarmException that names the address, and how to name another server
     */
    void fetch(Path target, Progress progress) {
        try {
            fetchFrom(target, progress);
        } catch (CrossarmException failure) {
            Problem problem = failure.problem();
            List<String> remedies = new ArrayList<>(problem.remedies());
            if (!remedies.contains(OTHER_SERVER)) {
                remedies.add(OTHER_SERVER);
            }
            throw new Problem(problem.code(), problem.summary(), problem.detail(), remedies, problem.exit())
                    .asException(failure);
        }
    }

    private void fetchFrom(Path target, Progress progress) {
        String address = root + "/" + folder() + "/" + triple + "/rustup-init";
        progress.line("downloading " + address);
        site.program(address, digest(address), target, progress);
    }

    private String folder() {
        Optional<String> release = site.text(root + "/release-stable.toml");
        return release.map(text -> "archive/" + version(text)).orElse("dist");
    }

    private String version(String text) {
        TomlParseResult release = Toml.parse(text);
        Object version = release.hasErrors() ? null : release.get(List.of("version"));
        if (version instanceof String value && VERSION.matcher(value).matches()) {
            return value;
        }
        throw garbage(root + "/release-stable.toml", "it contains no version");
    }

    private String digest(String address) {
        String at = address + ".sha256";
        String text = site.text(at)
                .orElseThrow(() -> Problem.of(
                                ExitStatus.UNAVAILABLE,
                                "rustup-not-offered",
                                root + " has no rustup for " + triple,
                                "curl -fsSI " + at,
                                OTHER_SERVER)
                        .withDetail("no such file: " + at)
                        .asException());
        Matcher digest = DIGEST.matcher(text);
        if (!digest.find()) {
            throw garbage(at, "it contains no SHA-256 digest");
        }
        return digest.group(1);
    }

    private CrossarmException garbage(String address, String why) {
        return Problem.of(
                        ExitStatus.DATA,
                        "rustup-server-garbage",
                        "the rustup server did not send rustup's files",
                        "curl -fsS " + address,
                        OTHER_SERVER)
                .withDetail(address + ": " + why)
                .asException();
    }
}
