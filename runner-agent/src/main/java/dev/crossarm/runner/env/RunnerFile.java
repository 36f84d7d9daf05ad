package dev.crossarm.runner.env;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One of the two files in a runner's directory that we write into and do not own. */
final class RunnerFile {
    private static final String MODE_AT_CREATION = "rw-r-----";

    private final HostFiles files;
    private final RunnerInstance runner;
    private final Path path;

    RunnerFile(HostFiles files, RunnerInstance runner, Path path) {
        this.files = files;
        this.runner = runner;
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * What it holds; empty when it is not there.
     *
     * @throws dev.crossarm.problem.CrossarmException when it is a link, a directory or the like (73), when we may not read it (77), or when
     *     the runner's own account may not (77): its listener would then end and be restarted for ever
     */
    Optional<byte[]> read() {
        if (Files.isSymbolicLink(path)) {
            throw RunnerProblems.notAFile(path, "a symbolic link", "readlink -f " + path)
                    .asException();
        }
        if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
            throw RunnerProblems.notAFile(path, "a directory", "ls -la " + path).asException();
        }
        if (!readableByRunner()) {
            throw RunnerProblems.unreadableForRunner(path, runner.user()).asException();
        }
        return files.read(path);
    }

    /** Puts this content in place; owner, group and mode stay, or are the directory's owner and group and 0640. */
    void write(byte[] content) {
        files.write(path, content, ownership());
    }

    /** When its content last changed; empty when it is not there. */
    Optional<Instant> changed() {
        try {
            return Optional.of(Files.getLastModifiedTime(path, NOFOLLOW_LINKS).toInstant());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException error) {
            throw RunnerProblems.unreadable("the file", path, String.valueOf(error.getMessage()))
                    .asException(error);
        }
    }

    /** Whether it belongs to another account than the runner's directory. */
    boolean foreignOwner() {
        return attributes(path)
                .map(found -> !found.owner().getName().equals(runner.owner()))
                .orElse(false);
    }

    private Ownership ownership() {
        Optional<PosixFileAttributes> there = attributes(path);
        PosixFileAttributes model =
                there.or(() -> attributes(runner.directory())).orElseThrow();
        return new Ownership(
                Optional.of(model.owner().getName()),
                Optional.of(model.group().getName()),
                there.map(found -> PosixFilePermissions.toString(found.permissions()))
                        .orElse(MODE_AT_CREATION));
    }

    /** As far as it can be told without the account's groups: a group's right counts as given. */
    private boolean readableByRunner() {
        Optional<PosixFileAttributes> found = attributes(path);
        if (found.isEmpty() || runner.user().equals("root")) {
            return true;
        }
        Set<PosixFilePermission> permissions = found.get().permissions();
        return found.get().owner().getName().equals(runner.user())
                ? permissions.contains(PosixFilePermission.OWNER_READ)
                : permissions.contains(PosixFilePermission.GROUP_READ)
                        || permissions.contains(PosixFilePermission.OTHERS_READ);
    }

    private static Optional<PosixFileAttributes> attributes(Path path) {
        try {
            return Optional.of(Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException error) {
            throw RunnerProblems.unreadable("the file", path, String.valueOf(error.getMessage()))
                    .asException(error);
        }
    }
}
