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

    /** Unknown names are problems (78). */
    static ResolvedOwnership of(Ownership wanted, Accounts accounts) throws IOException {
        // The owner of /proc/self is the account the process acts as, whatever its environment claims.
        PosixFileAttributes self = Files.readAttributes(SELF, PosixFileAttributes.class);
        UserPrincipal user = self.owner();
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

    /** Whether the entry has just this owner, group and mode, and no set-id or sticky bit. */
    boolean matches(Path entry) throws IOException {
        PosixFileAttributes found = Files.readAttributes(entry, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) Files.getAttribute(entry, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return found.owner().equals(user)
                && found.group().equals(group)
                && found.permissions().equals(permissions)
                && (mode & SPECIAL_BITS) == 0;
    }

    /** Owner first: changing it may take away mode bits. */
    void apply(Path entry) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(entry, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
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
