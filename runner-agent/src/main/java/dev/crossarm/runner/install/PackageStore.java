package dev.crossarm.runner.install;

import dev.crossarm.download.Archive;
import dev.crossarm.download.Downloader;
import dev.crossarm.host.FileProblems;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.NewTree;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.text.Quantity;
import dev.crossarm.text.Sha256;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The unpacked packages of a {@link RunnerHome}. A package gets its name last, once all of it is on disk: one that has its name is
 * whole, also after a kill or a power cut. What such an end left is cleared away by the next run, but for the part of a download
 * that can be gone on with. Callers hold the machine's lock.
 */
public final class PackageStore {
    /** The packages of 2026 have about 7,000 entries and unpack to 600 MB. */
    private static final Archive LIMITS = new Archive(100_000, 3L << 30);

    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");
    private static final String PART = ".download-";
    private static final Duration TO_SYNC = Duration.ofMinutes(10);

    private final RunnerHome home;
    private final DurableFiles files;
    private final Downloader downloader;
    private final CommandRunner commands;
    private final PackageSource source;
    private final String machine;

    /** @param machine as {@code uname -m} prints it */
    public PackageStore(
            RunnerHome home,
            DurableFiles files,
            Downloader downloader,
            CommandRunner commands,
            PackageSource source,
            String machine) {
        this.home = home;
        this.files = files;
        this.downloader = downloader;
        this.commands = commands;
        this.source = source;
        this.machine = machine;
    }

    /** What to install: settled before anything is changed. */
    sealed interface Choice {
        /** An unpacked package that is there. */
        record Unpacked(RunnerVersion version) implements Choice {}

        /** One to be downloaded. */
        record Offered(PackageOffer offer) implements Choice {}

        /** The user's own file; its version shows when it is unpacked, unless it was given. */
        record Brought(LocalPackage file, Optional<RunnerVersion> said) implements Choice {}
    }

    /** Decides which package; asks the network only where it has to. */
    Choice choose(Optional<RunnerVersion> wanted, Optional<LocalPackage> brought) {
        wanted.ifPresent(RunnerVersion::requireRegistrable);
        if (brought.isPresent()) {
            return new Choice.Brought(brought.get(), wanted.or(() -> versionOf(brought.get())));
        }
        if (wanted.isPresent() && whole(wanted.get())) {
            return new Choice.Unpacked(wanted.get());
        }
        PackageOffer offer = wanted.isPresent() ? source.of(wanted.get()) : source.newest();
        offer.version().requireRegistrable();
        return whole(offer.version()) ? new Choice.Unpacked(offer.version()) : new Choice.Offered(offer);
    }

    private static Optional<RunnerVersion> versionOf(LocalPackage brought) {
        String name = String.valueOf(brought.file().getFileName());
        int dash = name.lastIndexOf('-');
        return name.endsWith(".tar.gz")
                ? RunnerVersion.of(name.substring(dash + 1, name.length() - ".tar.gz".length()))
                : Optional.empty();
    }

    /** Whether this version is unpacked here. */
    boolean whole(RunnerVersion version) {
        return Files.isDirectory(home.unpacked(version.toString()), LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the chosen package be there. */
    PackageContents obtain(Choice choice, InstallProgress progress) {
        files.createDirectories(home.packages(), FOLDER);
        files.remove(removing());
        if (choice instanceof Choice.Unpacked there) {
            clearDownloads(Optional.empty());
            files.remove(unpacking());
            return contents(there.version());
        }
        Path archive;
        Sha256 digest;
        Optional<RunnerVersion> said;
        if (choice instanceof Choice.Offered offered) {
            PackageOffer offer = offered.offer();
            digest = offer.digest();
            archive = archive(digest);
            said = Optional.of(offer.version());
            download(offer, archive, progress);
        } else {
            Choice.Brought own = (Choice.Brought) choice;
            digest = own.file().digest();
            archive = archive(digest);
            said = own.said();
            copy(own.file(), archive);
        }
        PackageContents made = unpack(archive, digest, said, progress);
        clearDownloads(Optional.empty());
        return made;
    }

    PackageContents contents(RunnerVersion version) {
        return new PackageContents(home.unpacked(version.toString()));
    }

    private Path archive(Sha256 digest) {
        return home.packages().resolve(PART + digest.hex().substring(0, 20));
    }

    private void download(PackageOffer offer, Path archive, InstallProgress progress) {
        clearDownloads(Optional.of(archive));
        progress.step("Downloading the runner " + offer.version() + " from "
                + offer.address().getHost());
        downloader.resume(
                offer.address(),
                offer.token(),
                offer.digest(),
                archive,
                (received, total) -> progress.line(
                        total > 0
                                ? Quantity.size(received) + " of " + Quantity.size(total) + " ("
                                        + received * 100 / total + " %)"
                                : Quantity.size(received)));
    }

    /** What was read is what is unpacked: the user's file may be exchanged meanwhile. */
    private void copy(LocalPackage brought, Path archive) {
        clearDownloads(Optional.empty());
        MessageDigest digest = Sha256.newDigest();
        files.write(archive, Ownership.mode("rw-------"), out -> {
            try (InputStream in = RegularFile.stream(brought.file())) {
                in.transferTo(new DigestOutputStream(out, digest));
            } catch (java.nio.file.NoSuchFileException missing) {
                throw missing(brought.file()).asException(missing);
            }
        });
        Sha256 found = Sha256.of(digest);
        if (!found.equals(brought.digest())) {
            files.delete(archive);
            throw Problem.of(
                            ExitStatus.DATA,
                            "wrong-digest",
                            "the SHA-256 of " + brought.file() + " is not the one that was given",
                            "sha256sum " + FileProblems.quoted(brought.file()))
                    .withDetail("given " + brought.digest() + "\nfound " + found)
                    .asException();
        }
    }

    private static Problem missing(Path file) {
        return Problem.of(
                ExitStatus.USAGE, "package-missing", "there is no file " + file, "ls -l " + FileProblems.quoted(file));
    }

    private PackageContents unpack(
            Path archive, Sha256 digest, Optional<RunnerVersion> said, InstallProgress progress) {
        progress.step("Unpacking it");
        Path staging = unpacking();
        NewTree tree = files.newTree(staging);
        LIMITS.unpack(archive, tree);
        PackageContents staged = new PackageContents(staging);
        staged.require(archive, machine);
        RunnerVersion version = version(archive, staged, said).requireRegistrable();
        if (whole(version)) {
            files.deleteTree(staging);
            requireSame(version, digest);
            return contents(version);
        }
        byte[] mark = (digest + "\n").getBytes(StandardCharsets.UTF_8);
        tree.file(Path.of(PackageContents.DIGEST), false, out -> out.write(mark));
        tree.open();
        sync(staging);
        files.move(staging, home.unpacked(version.toString()));
        return contents(version);
    }

    /** Until all that was made there is on disk: one call for thousands of files. */
    void sync(Path folder) {
        commands.run(Command.of("sync", "--file-system", folder.toString()).within(TO_SYNC))
                .orThrow("sync-failed", "what was written could not be put on disk", "sudo dmesg | tail");
    }

    private void requireSame(RunnerVersion version, Sha256 digest) {
        Optional<String> there = contents(version).digest();
        if (there.isPresent() && !there.get().equals(digest.hex())) {
            throw Problem.of(
                            ExitStatus.DATA,
                            "another-package",
                            "another package of the runner " + version + " is installed already",
                            "Use it: sudo crossarm runner install --runner-version " + version)
                    .withDetail("there  " + there.get() + "\ngiven  " + digest)
                    .asException();
        }
    }

    private static RunnerVersion version(Path archive, PackageContents staged, Optional<RunnerVersion> said) {
        Optional<RunnerVersion> found = staged.version();
        if (found.isPresent() && said.isPresent() && !found.equals(said)) {
            throw Problem.of(
                            ExitStatus.DATA,
                            "another-version",
                            "the package holds the runner " + found.get() + ", and not " + said.get(),
                            "Give its own version: --runner-version " + found.get())
                    .withDetail(archive.toString())
                    .asException();
        }
        return found.or(() -> said)
                .orElseThrow(() -> Problem.of(
                                ExitStatus.DATA,
                                "version-unknown",
                                "the package does not tell its version",
                                "Give it: --runner-version 2.338.1")
                        .asException());
    }

    private void clearDownloads(Optional<Path> kept) {
        for (Path entry : FileState.children(home.packages())) {
            String name = entry.getFileName().toString();
            boolean keep =
                    kept.isPresent() && name.startsWith(kept.get().getFileName().toString());
            if (name.startsWith(PART) && !keep) {
                files.delete(entry);
            }
        }
    }

    /**
     * Removes the packages that no runner uses, or would go back to, and that are older than this one.
     *
     * @return the versions that were removed
     */
    List<RunnerVersion> clear(List<RunnerRecord> runners, RunnerVersion olderThan) {
        files.remove(removing());
        List<RunnerVersion> removed = new ArrayList<>();
        for (Path entry : FileState.children(home.packages())) {
            Optional<RunnerVersion> version =
                    RunnerVersion.of(entry.getFileName().toString());
            if (version.isPresent()
                    && version.get().compareTo(olderThan) < 0
                    && runners.stream().noneMatch(runner -> uses(runner, version.get()))) {
                // Without its name first: a kill in mid-removal must not leave half a package under it.
                files.move(entry, removing());
                files.deleteTree(removing());
                removed.add(version.get());
            }
        }
        return removed;
    }

    private Path unpacking() {
        return home.packages().resolve(".unpacking");
    }

    private Path removing() {
        return home.packages().resolve(".removing");
    }

    private static boolean uses(RunnerRecord runner, RunnerVersion version) {
        return runner.version().equals(version.toString())
                || runner.previous().filter(version.toString()::equals).isPresent();
    }
}
