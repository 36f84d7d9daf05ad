package dev.crossarm.host.files;

import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.FileProblems;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Set;

/** An {@link Ownership} whose names are resolved on this machine. Symbolic links are never followed. */
record ResolvedOwnership(UserPrincipal user, GroupPrincipal group, Set<PosixFilePermission> permissions) {
    private static final Path SELF = Path.of("/proc/self");
    private static final int SPECIAL_BITS = 07000;

    /** Of the account this process acts as, whatever its environment claims. */
    static ResolvedOwnership ofSelf(String mode) throws IOException {
        PosixFileAttributes self = Files.readAttributes(SELF, PosixFileAttributes.class);
        return new ResolvedOwnership(self.owner(), self.group(), PosixFilePermissions.fromString(mode));
    }

    /** Unknown names are problems (78). */
    static ResolvedOwnership of(Ownership wanted, Accounts accounts) throws IOException {
        ResolvedOwnership self = ofSelf(wanted.mode());
        UserPrincipal user = self.user();
        GroupPrincipal group = self.group();
        if (wanted.user().isPresent()) {
            String name = wanted.user().get();
            Account account = accounts.byName(name)
                    .orElseThrow(() -> FileProblems.noSuchAccount("user", name).asException());
            user = principals().lookupPrincipalByName(Integer.toUnsignedString(account.uid()));
            group = principals().lookupPrincipalByGroupName(Integer.toUnsignedString(account.gid()));
        }
        if (wanted.group().isPresent()) {
            group = groupNamed(wanted.group().get());
        }
        return new ResolvedOwnership(user, group, PosixFilePermissions.fromString(wanted.mode()));
    }

    private static GroupPrincipal groupNamed(String name) throws IOException {
        try {
            return principals().lookupPrincipalByGroupName(name);
        } catch (UserPrincipalNotFoundException unknown) {
            throw FileProblems.noSuchAccount("group", name).asException(unknown);
        }
    }

    private static UserPrincipalLookupService principals() {
        return FileSystems.getDefault().getUserPrincipalLookupService();
    }

    /**
     * For a missing folder on the way to one that is to be owned like this: it belongs to whoever owns the folder it is
     * made in, so that only the folder that was named changes hands.
     */
    ResolvedOwnership onTheWay(PosixFileAttributes parent) {
        return parent.owner().equals(user)
                ? this
                : new ResolvedOwnership(parent.owner(), parent.group(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Whether the entry has just this owner, group and mode, and no set-id or sticky bit (where that can be seen). */
    boolean matches(Folder folder, Path name) throws IOException {
        PosixFileAttributes found = folder.look(name);
        return found.owner().equals(user)
                && found.group().equals(group)
                && found.permissions().equals(permissions)
                && !hasSpecialBits(folder, name);
    }

    /** A folder's handle tells nothing about them, and what is in such a folder is its owner's to run or not. */
    private static boolean hasSpecialBits(Folder folder, Path name) throws IOException {
        return folder instanceof PathFolder
                && ((Integer) Files.getAttribute(folder.path().resolve(name), "unix:mode", LinkOption.NOFOLLOW_LINKS)
                                & SPECIAL_BITS)
                        != 0;
    }

    void apply(Path entry) throws IOException {
        apply(Files.getFileAttributeView(entry, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
    }

    /** Owner first: changing it may take away mode bits. */
    void apply(PosixFileAttributeView view) throws IOException {
        PosixFileAttributes found = view.readAttributes();
        if (!found.group().equals(group)) {
            view.setGroup(group);
        }
        if (!found.owner().equals(user)) {
            view.setOwner(user);
        }
        view.setPermissions(permissions);
    }
}
