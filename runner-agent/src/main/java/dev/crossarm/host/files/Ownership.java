package dev.crossarm.host.files;

import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Owner and mode of something to be written.
 *
 * @param user account name; the process's own when absent
 * @param group group name; the user's (or process's) own when absent
 * @param mode as {@code ls} shows it, nine characters
 */
public record Ownership(Optional<String> user, Optional<String> group, String mode) {

    public Ownership {
        PosixFilePermissions.fromString(mode);
    }

    /** Owned by the process, this mode. */
    public static Ownership mode(String mode) {
        return new Ownership(Optional.empty(), Optional.empty(), mode);
    }

    /** Owned by this account and its group. */
    public Ownership of(Optional<String> newUser) {
        return new Ownership(newUser, group, mode);
    }
}
