package dev.crossarm.host.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Objects;

/** Folders and files of an account that is not root, which every machine has. Needs root, and fails without. */
public final class OtherAccount {
    public static final String NAME = "daemon";

    private OtherAccount() {}

    /** A folder of the account's, which everybody may enter, as everybody may then its parent. */
    public static Path folder(Path path) throws IOException {
        Files.setPosixFilePermissions(
                Objects.requireNonNull(path.getParent()), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return own(path);
    }

    /** A file of the account's with this text. */
    public static Path file(Path path, String text) throws IOException {
        return own(Files.writeString(path, text));
    }

    /** Gives the account an entry, a link itself and not what it leads to. */
    public static Path own(Path path) throws IOException {
        UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
        UserPrincipal user = names.lookupPrincipalByName(NAME);
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setOwner(user);
        view.setGroup(names.lookupPrincipalByGroupName(NAME));
        return path;
    }
}
