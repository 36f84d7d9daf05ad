package dev.crossarm.plan;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * One change to the host as people are shown it. What a step needs to carry it out is its {@link Fix}.
 *
 * @param kind what is done
 * @param target what it is done to: an absolute path, a package list, a toolchain, a unit
 * @param summary one line for people, for example {@code install 3 packages: cmake make qemu-user-static}
 * @param before fingerprint of what is there now; {@link Fingerprint#ABSENT} for nothing
 * @param after fingerprint of what will be there
 * @param sensitive whether the content must not be shown
 * @param folder what it changes where the target is no path; absent for packages, units and the like
 */
public record Change(
        Kind kind,
        String target,
        String summary,
        Fingerprint before,
        Fingerprint after,
        boolean sensitive,
        Optional<Path> folder) {

    /** The kinds of change, by their word in plans and JSON. */
    public enum Kind {
        INSTALL_PACKAGES,
        DOWNLOAD,
        RUN,
        WRITE_FILE,
        MAKE_DIRECTORY,
        LINK,
        RESTART,
        DELETE;

        /** Kebab-case, for JSON and text. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public Change {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        if (target.isBlank() || summary.isBlank() || summary.contains("\n")) {
            throw new IllegalArgumentException("a change needs a target and a summary of one line");
        }
    }

    /** A change to a path, or to what has none. */
    public Change(Kind kind, String target, String summary, Fingerprint before, Fingerprint after, boolean sensitive) {
        this(kind, target, summary, before, after, sensitive, Optional.empty());
    }

    /** A change that is not sensitive and whose content has no fingerprint worth showing. */
    public static Change of(Kind kind, String target, String summary) {
        return new Change(kind, target, summary, Fingerprint.ABSENT, Fingerprint.UNKNOWN, false);
    }

    /** Taking a file, a link or a whole directory away. */
    public static Change removal(Path path) {
        return of(Kind.DELETE, path.toString(), "remove " + path)
                .withFingerprints(Fingerprint.UNKNOWN, Fingerprint.ABSENT);
    }

    public Change withFingerprints(Fingerprint newBefore, Fingerprint newAfter) {
        return new Change(kind, target, summary, newBefore, newAfter, sensitive, folder);
    }

    /** The same, below this folder. */
    public Change in(Path changed) {
        return new Change(kind, target, summary, before, after, sensitive, Optional.of(changed));
    }

    /** The file or folder that changes. */
    public Optional<Path> place() {
        return folder.or(() -> target.startsWith("/") ? Optional.of(Path.of(target)) : Optional.empty());
    }
}
