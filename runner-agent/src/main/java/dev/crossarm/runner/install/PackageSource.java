package dev.crossarm.runner.install;

import dev.crossarm.download.Downloader;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.RunnerPackage;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Says which package to install. With a credential GitHub says what it offers this account, which may lag behind the release
 * while that is handed out by and by; without one, or for another version, it is the release.
 */
public final class PackageSource {
    private final Optional<GitHubAccess> access;
    private final ReleasePage releases;
    private final String architecture;

    private PackageSource(Optional<GitHubAccess> access, ReleasePage releases, String architecture) {
        this.access = access;
        this.releases = releases;
        this.architecture = architecture;
    }

    /**
     * The source for a machine.
     *
     * @param releases where releases are told of, in place of GitHub's own address: a mirror
     * @param machine as {@code uname -m} prints it
     */
    public static PackageSource of(
            Optional<GitHubAccess> access, Downloader downloader, Optional<URI> releases, String machine) {
        return new PackageSource(
                access, new ReleasePage(downloader, releases.orElse(ReleasePage.GITHUB)), architecture(machine));
    }

    /** GitHub's word for an architecture; Linux calls ARM's aarch64. */
    static String architecture(String machine) {
        return switch (machine) {
            case "aarch64" -> "arm64";
            case "x86_64" -> "x64";
            default -> machine;
        };
    }

    String architecture() {
        return architecture;
    }

    PackageOffer newest() {
        return offered().stream()
                .max(Comparator.comparing(Offered::version))
                .map(this::offer)
                .orElseGet(() -> releases.newest(architecture));
    }

    PackageOffer of(RunnerVersion version) {
        return offered().stream()
                .filter(one -> one.version().equals(version))
                .findFirst()
                .map(this::offer)
                .orElseGet(() -> releases.of(version, architecture));
    }

    /** A package that GitHub offers this account. */
    private record Offered(RunnerVersion version, URI address, RunnerPackage one) {}

    private List<Offered> offered() {
        if (access.isEmpty()) {
            return List.of();
        }
        return access.get().runners().downloads().orThrow().stream()
                .filter(one -> one.os().equals("linux") && one.architecture().equals(architecture))
                .flatMap(one -> offered(one).stream())
                .toList();
    }

    private Optional<Offered> offered(RunnerPackage one) {
        String before = "actions-runner-linux-" + architecture + "-";
        String name = one.fileName();
        if (!name.startsWith(before) || !name.endsWith(".tar.gz")) {
            return Optional.empty();
        }
        return RunnerVersion.of(name.substring(before.length(), name.length() - ".tar.gz".length()))
                .flatMap(version ->
                        ReleasePage.address(one.address()).map(address -> new Offered(version, address, one)));
    }

    /** With a digest: where GitHub does not tell it here, the release has to. */
    private PackageOffer offer(Offered offered) {
        return offered.one()
                .digest()
                .map(digest -> new PackageOffer(
                        offered.version(),
                        offered.address(),
                        digest,
                        offered.one().token()))
                .orElseGet(() -> releases.of(offered.version(), architecture));
    }
}
