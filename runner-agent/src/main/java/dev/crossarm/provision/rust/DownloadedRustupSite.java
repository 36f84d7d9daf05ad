package dev.crossarm.provision.rust;

import dev.crossarm.download.DownloadProgress;
import dev.crossarm.download.Downloader;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Sha256;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** rustup's site over HTTP. */
final class DownloadedRustupSite implements RustupSite {
    private static final Ownership PROGRAM = Ownership.mode("rwxr-xr-x");
    private static final long MEBIBYTE = 1024L * 1024;

    private final Downloader downloader;

    DownloadedRustupSite(Downloader downloader) {
        this.downloader = downloader;
    }

    @Override
    public Optional<String> text(String address) {
        return downloader.text(uri(address));
    }

    @Override
    public void program(String address, String sha256, Path target, Progress progress) {
        DownloadProgress shown = (received, total) -> progress.line(
                "rustup-init: " + received / MEBIBYTE + (total < 0 ? "" : " of " + total / MEBIBYTE) + " MiB");
        downloader.fetch(uri(address), new Sha256(sha256), target, PROGRAM, shown);
    }

    private static URI uri(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException malformed) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "unsupported-address",
                            "not an address: " + address,
                            "Give one that begins with https://")
                    .asException(malformed);
        }
    }
}
