package dev.crossarm.provision.rust;

import dev.crossarm.host.FileProblems;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A mirror of rustup's site in a folder of this machine: addresses that begin with {@code file://}. */
final class FolderRustupSite implements RustupSite {
    private static final Ownership PROGRAM = Ownership.mode("rwxr-xr-x");

    private final HostFiles files;

    FolderRustupSite(HostFiles files) {
        this.files = files;
    }

    static boolean serves(String address) {
        return address.startsWith("file:");
    }

    @Override
    public Optional<String> text(String address) {
        return files.read(path(address)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void program(String address, String sha256, Path target, Progress progress) {
        Path source = path(address);
        byte[] program = read(source)
                .orElseThrow(() -> Problem.of(
                                ExitStatus.UNAVAILABLE,
                                "rustup-not-offered",
                                "there is no " + source,
                                "ls -l " + source.getParent())
                        .asException());
        String found = Fingerprint.of(program).value().replaceFirst("^sha256:", "");
        if (!found.equalsIgnoreCase(sha256)) {
            throw Problem.of(
                            ExitStatus.DATA,
                            "wrong-digest",
                            source + " is not the file that its .sha256 names; it was not used",
                            "sha256sum " + source)
                    .withDetail("wanted " + sha256 + ", found " + found)
                    .asException();
        }
        files.write(target, program, PROGRAM);
    }

    /** A program of twenty megabytes, and not what {@link HostFiles} reads. */
    private static Optional<byte[]> read(Path source) {
        try {
            return RegularFile.readIfThere(source, RegularFile.PROGRAM);
        } catch (IOException unreadable) {
            throw FileProblems.translate("read", source, unreadable);
        }
    }

    private static Path path(String address) {
        return Path.of(URI.create(address).getPath());
    }
}
