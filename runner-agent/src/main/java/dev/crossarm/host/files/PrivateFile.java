package dev.crossarm.host.files;

import dev.crossarm.host.FileProblems;
import dev.crossarm.host.RootsOwn;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads a file that holds a secret: a key, a token. It has to be a regular file of root's or of this process's account that
 * nobody else may read, and is opened by the handle of its folder. Its name may not be a link.
 */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFile() {}

    /**
     * The whole content.
     *
     * @param what the file is for, for messages: {@code the key of the App}
     * @param limit in bytes
     * @throws dev.crossarm.problem.CrossarmException when it is not there, cannot be read, or others can
     */
    public static byte[] read(String what, Path file, int limit) {
        Path place = file.toAbsolutePath().normalize();
        Path name = place.getFileName();
        Path parent = place.getParent();
        if (name == null || parent == null) {
            throw FileProblems.directoryInPlace("read", place).asException();
        }
        try (HandleFolder folder = HandleFolder.of(parent.toRealPath())) {
            requireFixed(what, place, folder.path());
            PosixFileAttributes found = folder.look(name);
            requirePrivate(what, place, found);
            try (FileChannel channel = RegularFile.open(folder, name)) {
                requireUnchanged(place, found, folder.look(name));
                return RegularFile.content(place, channel, limit);
            }
        } catch (NoSuchFileException absent) {
            throw missing(what, place).asException(absent);
        } catch (IOException error) {
            throw FileProblems.translate("read", place, error);
        }
    }

    /** Root uses no secret out of a folder in which another account could put one of its own. */
    private static void requireFixed(String what, Path file, Path folder) throws IOException {
        if (RootsOwn.root() && !RootsOwn.holds(folder)) {
            throw Problem.of(
                            ExitStatus.NO_PERMISSION,
                            "secret-in-foreign-folder",
                            "cannot use " + what + " in " + file + ": an account other than root can change what is in "
                                    + folder,
                            "Move it to a folder of root's: sudo install -D -m 0600 " + FileProblems.quoted(file)
                                    + " /etc/crossarm/" + FileProblems.quoted(file.getFileName()),
                            "See who may write there: namei -l " + FileProblems.quoted(file))
                    .asException();
        }
    }

    private static void requirePrivate(String what, Path file, PosixFileAttributes found) throws IOException {
        if (found.isSymbolicLink()) {
            throw FileProblems.linkInPlace("read", file).asException();
        }
        if (found.isDirectory()) {
            throw FileProblems.directoryInPlace("read", file).asException();
        }
        if (!found.isRegularFile()) {
            throw FileProblems.somethingElseInPlace("read", file).asException();
        }
        boolean roots = found.owner().getName().equals("root");
        if (!roots && !RootsOwn.owns(found)) {
            throw Problem.of(
                            ExitStatus.NO_PERMISSION,
                            "secret-of-another",
                            "cannot use " + what + " in " + file + ": it belongs to "
                                    + found.owner().getName(),
                            "sudo chown root: " + FileProblems.quoted(file) + " && sudo chmod 0600 "
                                    + FileProblems.quoted(file))
                    .asException();
        }
        if (!OWNERS.containsAll(found.permissions())) {
            throw new Problem(
                            "secret-readable-by-others",
                            "cannot use " + what + " in " + file + ": other accounts may read, change or run it",
                            "its mode is " + PosixFilePermissions.toString(found.permissions()) + "; 0600 is wanted",
                            List.of((roots ? "sudo " : "") + "chmod 0600 " + FileProblems.quoted(file)),
                            ExitStatus.NO_PERMISSION)
                    .asException();
        }
    }

    /** The name is the same file before and after it was opened, in a folder where nobody else can exchange it twice. */
    private static void requireUnchanged(Path file, PosixFileAttributes found, PosixFileAttributes now) {
        if (!Objects.equals(found.fileKey(), now.fileKey())
                || !found.permissions().equals(now.permissions())) {
            throw FileProblems.exchanged(file).asException();
        }
    }

    private static Problem missing(String what, Path file) {
        return Problem.of(
                ExitStatus.CONFIGURATION,
                "secret-missing",
                "cannot read " + what + ": there is no file " + file,
                "ls -l " + FileProblems.quoted(file));
    }
}
