package dev.crossarm.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings, one row each. The file's reader, the environment's reader, the command line, its help and the
 * documentation all come from this table.
 */
public enum ConfigKey {
    SCOPE(
            "scope",
            "--scope",
            ValueType.SCOPE,
            "`system` for root, otherwise `user`",
            "Whether the whole machine is provisioned, which needs root, or the account of one user."),
    PREFIX(
            "prefix",
            "--prefix",
            ValueType.PATH,
            "`/opt/crossarm`; in user scope `~/.local/share/crossarm`",
            "Folder of our own files, such as the compiler wrappers."),
    STATE_DIRECTORY(
            "state-directory",
            "--state-directory",
            ValueType.PATH,
            "`/var/lib/crossarm`; in user scope `~/.local/state/crossarm`",
            "Folder of the journal, receipts and locks, in system scope also of the Rust toolchain."),
    JOB_USER(
            "job-user",
            "--user",
            ValueType.ACCOUNT,
            "owner of the runners found, else the caller of sudo, else the current account",
            "Account whose jobs build here; in system scope it owns the Rust toolchain."),
    TARGET("target", "--target", ValueType.TARGET, "`x86_64-unknown-linux-musl`", "Target triple that is built for."),
    COMPILER(
            "compiler",
            "--compiler",
            ValueType.COMPILER,
            "what was provisioned last, else `musl`",
            "Compiler kind for C code in crates: `musl` is the distribution's cross gcc with musl's headers and libc, `cpp`"
                    + " that and C++ with its standard library, `gnu` the same gcc with glibc's headers."),
    CHANNEL(
            "rust.channel",
            "--channel",
            ValueType.CHANNEL,
            "`stable`",
            "Rust channel or version; an installed channel only moves with `--upgrade`."),
    COMPONENTS(
            "rust.components",
            "--component",
            ValueType.COMPONENTS,
            "`clippy`, `rustfmt`",
            "Components of the toolchain besides rustup's minimal profile."),
    RUSTUP_SOURCE(
            "rustup.source",
            "--rustup-source",
            ValueType.RUSTUP_SOURCE,
            "`auto`",
            "Where rustup comes from: its official server, the distribution's package, or the latter only where"
                    + " the server cannot be reached."),
    RUSTUP_DIST_SERVER(
            "rustup.dist-server",
            "--rustup-dist-server",
            ValueType.URL,
            "rustup's own",
            "Server of the toolchains; the variable RUSTUP_DIST_SERVER counts too, after ours."),
    RUSTUP_UPDATE_ROOT(
            "rustup.update-root",
            "--rustup-update-root",
            ValueType.URL,
            "rustup's own",
            "Server of rustup itself; the variable RUSTUP_UPDATE_ROOT counts too, after ours."),
    RUNNERS(
            "runner.directories",
            "--runner",
            ValueType.PATHS,
            "those that systemd units point at",
            "Folders of runners whose environment is set, besides those that systemd units point at."),
    LOCK_TIMEOUT(
            "lock-timeout",
            "--lock-timeout",
            ValueType.DURATION,
            "`10m`",
            "How long to wait while apt, dpkg or another run of crossarm holds a lock."),
    BUILD_CACHE_DIRECTORY(
            "build.cache-directory",
            "--cache-directory",
            ValueType.PATH,
            "`~/.cache/crossarm/build`",
            "Folder of the target directories that `crossarm build` keeps between jobs."),
    BUILD_CACHE_LIMIT(
            "build.cache-limit",
            "--cache-limit",
            ValueType.SIZE,
            "`20G`",
            "How much those target directories may hold together; what was not used for longest is removed first.");

    private final String key;
    private final String flag;
    private final ValueType type;
    private final String defaultDescription;
    private final String description;

    ConfigKey(String key, String flag, ValueType type, String defaultDescription, String description) {
        this.key = key;
        this.flag = flag;
        this.type = type;
        this.defaultDescription = defaultDescription;
        this.description = description;
    }

    /** The name in the file, with its table before the dot. */
    public String key() {
        return key;
    }

    /** The option on the command line. */
    public String flag() {
        return flag;
    }

    /** The environment variable; in it, the values of a list are separated by commas. */
    public String variable() {
        return "CROSSARM_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The variable of rustup's own that counts when ours is not set. */
    public Optional<String> foreignVariable() {
        return this == RUSTUP_DIST_SERVER || this == RUSTUP_UPDATE_ROOT ? Optional.of(name()) : Optional.empty();
    }

    public ValueType type() {
        return type;
    }

    /** What holds when nothing is set; Markdown. */
    public String defaultDescription() {
        return defaultDescription;
    }

    /** What the setting is for, one sentence; Markdown. */
    public String description() {
        return description;
    }

    /** The setting of this name in a file. */
    public static Optional<ConfigKey> byKey(String key) {
        return Arrays.stream(values()).filter(row -> row.key.equals(key)).findFirst();
    }
}
