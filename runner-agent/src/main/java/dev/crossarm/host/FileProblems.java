package dev.crossarm.host;

import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Turns the errors of the file system into problems that name the path and what mends it. */
public final class FileProblems {
    private static final long NEARLY_NOTHING = 64L * 1024;

    private FileProblems() {}

    /** @param doing what was being done, for example {@code write} or {@code delete} */
    public static CrossarmException translate(String doing, Path path, IOException error) {
        if (error instanceof ClosedByInterruptException) {
            return new Problem(
                            "interrupted",
                            "interrupted while trying to " + doing + " " + path,
                            "",
                            List.of("Run the same command again; it continues where it stopped"),
                            ExitStatus.TRY_LATER)
                    .asException(error);
        }
        return classify(doing, path, error).asException(error);
    }

    private static Problem classify(String doing, Path path, IOException error) {
        String reason = reason(error);
        String what = "cannot " + doing + " " + path;
        Path near = nearestExisting(path);
        if (reason.contains("No space left on device")) {
            return noSpace(what, near, reason);
        }
        if (reason.contains("Disk quota exceeded")) {
            return cannot("quota-exceeded", what + ": the account's disk quota is used up", reason, "quota -s");
        }
        if (reason.contains("Read-only file system")) {
            return readOnly(what, near, reason);
        }
        if (error instanceof AccessDeniedException || reason.contains("Permission denied")) {
            return noPermission(what, reason, "ls -ld " + quoted(near));
        }
        if (reason.contains("Operation not permitted")) {
            return noPermission(what, reason, "lsattr -d " + quoted(near));
        }
        if (error instanceof FileSystemLoopException || reason.contains("Too many levels of symbolic links")) {
            return cannot("link-loop", what + ": its symbolic links form a loop", reason, "namei -l " + quoted(path));
        }
        if (reason.contains("Not a directory")) {
            return cannot(
                    "not-a-directory",
                    what + ": part of its path is not a directory",
                    reason,
                    "namei -l " + quoted(path));
        }
        if (reason.contains("Is a directory")) {
            return directoryInPlace(doing, path);
        }
        if (error instanceof NoSuchFileException) {
            Path parent = path.toAbsolutePath().getParent();
            return cannot(
                    "folder-missing",
                    what + ": its folder does not exist",
                    reason,
                    "mkdir -p " + quoted(parent == null ? path : parent));
        }
        // The reason is in the language of the machine: the state of the file system tells what the words do not.
        return fromState(what, near, reason)
                .orElseGet(() -> cannot("io-error", what, reason, "dmesg | tail", "ls -ld " + quoted(near)));
    }

    private static Optional<Problem> fromState(String what, Path near, String reason) {
        try {
            FileStore store = Files.getFileStore(near);
            if (store.isReadOnly()) {
                return Optional.of(readOnly(what, near, reason));
            }
            if (store.getUsableSpace() < NEARLY_NOTHING) {
                return Optional.of(noSpace(what, near, reason));
            }
        } catch (IOException unknowable) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    public static Problem directoryInPlace(String doing, Path path) {
        return cannot(
                "directory-in-place",
                "cannot " + doing + " " + path + ": a directory is there instead",
                path.toString(),
                "See what it contains, and move it away: ls -la " + quoted(path));
    }

    public static Problem linkInPlace(String doing, Path path) {
        return cannot(
                "link-in-place",
                "cannot " + doing + " " + path + ": a symbolic link is there instead, and links are not followed here",
                path.toString(),
                "See where it points: readlink -f " + quoted(path),
                "rm " + quoted(path));
    }

    public static Problem somethingElseInPlace(String doing, Path path) {
        return cannot(
                "something-else-in-place",
                "cannot " + doing + " " + path + ": something other than expected is there",
                path.toString(),
                "See what it is, and move it away: ls -ld " + quoted(path));
    }

    /** A link that an account other than root can have made, on the way to what root is to change. */
    public static Problem linkOnTheWay(Path path, Path link) {
        return new Problem(
                "link-on-the-way",
                "cannot change " + path + " as root: " + link + " is a symbolic link that another account can change",
                "",
                List.of("See where it leads, and name that place instead: readlink -f " + quoted(link)),
                ExitStatus.CANNOT_CREATE);
    }

    /** A link of an account's to what is not that account's. */
    public static Problem linkElsewhere(Path path, Path link) {
        return new Problem(
                "link-elsewhere",
                "cannot work in " + path + " as root: " + link + " is another account's symbolic link, and leads to a"
                        + " folder that is not that account's",
                "",
                List.of("See where it leads, and name that place instead: readlink -f " + quoted(link)),
                ExitStatus.NO_PERMISSION);
    }

    /** A file in an account's folder that the account could not read itself. */
    public static Problem notOfItsFolder(Path path, String owner, String account) {
        return new Problem(
                "foreign-file",
                "cannot read " + path + " as root: it belongs to " + owner + ", and " + account
                        + ", who can put files there, may not read it",
                "",
                List.of("See what it is: sudo ls -l " + quoted(path), "sudo chown " + account + " " + quoted(path)),
                ExitStatus.NO_PERMISSION);
    }

    /** A file that became another one between looking at it and opening it. */
    public static Problem exchanged(Path path) {
        return new Problem(
                "file-exchanged",
                "cannot read " + path + ": it was replaced while it was being opened",
                "",
                List.of("Run the same command again", "ls -l " + quoted(path)),
                ExitStatus.TRY_LATER);
    }

    /** A folder for what only root may put together, and that another account can change. */
    public static Problem notRootsAlone(Path folder) {
        return new Problem(
                "folder-not-roots",
                "cannot work in " + folder + ": an account other than root can change what is in it",
                "",
                List.of("See who may write there: namei -l " + quoted(folder)),
                ExitStatus.NO_PERMISSION);
    }

    public static Problem tooLarge(Path path, long limit) {
        return new Problem(
                "file-too-large",
                "cannot read " + path + ": it is larger than " + (limit >> 10) + " KiB",
                "",
                List.of("ls -l " + quoted(path)),
                ExitStatus.DATA);
    }

    public static Problem noSuchAccount(String kind, String name) {
        return new Problem(
                "no-such-" + kind,
                "there is no " + kind + " " + name + " on this machine",
                "",
                List.of("getent " + (kind.equals("user") ? "passwd " : "group ") + quoted(name)),
                ExitStatus.CONFIGURATION);
    }

    private static Problem noSpace(String what, Path near, String reason) {
        return cannot(
                "no-space",
                what + ": no space left",
                reason,
                "Free some space; to see what is full: df -h " + quoted(near),
                "or, if inodes are used up: df -i " + quoted(near));
    }

    private static Problem readOnly(String what, Path near, String reason) {
        return cannot(
                "read-only-file-system",
                what + ": the file system is read-only",
                reason,
                "See how it is mounted: findmnt -T " + quoted(near),
                "sudo mount -o remount,rw \"$(findmnt -n -o TARGET -T " + quoted(near) + ")\"");
    }

    private static Problem noPermission(String what, String reason, String look) {
        return new Problem(
                "no-permission",
                what + ": permission denied",
                reason,
                List.of("Run the same command as root: sudo crossarm …", look),
                ExitStatus.NO_PERMISSION);
    }

    private static Problem cannot(String code, String summary, String reason, String... remedies) {
        return new Problem(code, summary, reason, List.of(remedies), ExitStatus.CANNOT_CREATE);
    }

    private static String reason(IOException error) {
        if (error instanceof FileSystemException detailed && detailed.getReason() != null) {
            return detailed.getReason();
        }
        if (error instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (error instanceof NotDirectoryException) {
            return "Not a directory";
        }
        if (error instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }

    private static Path nearestExisting(Path path) {
        Path place = path.toAbsolutePath();
        while (place.getParent() != null && !Files.exists(place)) {
            place = place.getParent();
        }
        return place;
    }

    public static String quoted(Path path) {
        return quoted(path.toString());
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
