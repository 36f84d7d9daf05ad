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
            "What to set up: the whole machine (`system`), which needs root, or your account only (`user`)."),
    PREFIX(
            "prefix",
            "--prefix",
            ValueType.PATH,
            "`/opt/crossarm`; in user scope `~/.local/share/crossarm`",
            "Where Crossarm keeps its own files, such as the compiler wrappers."),
    STATE_DIRECTORY(
            "state-directory",
            "--state-directory",
            ValueType.PATH,
            "`/var/lib/crossarm`; in user scope `~/.local/state/crossarm`",
            "Where Crossarm keeps its journal, receipts and locks; in system scope also the Rust toolchain."),
    JOB_USER(
            "job-user",
            "--user",
            ValueType.ACCOUNT,
            "the account of the runners, else the owner of the Rust homes, else the caller of sudo, else the current account",
            "Account that runs the jobs; in system scope it owns the Rust toolchain."),
    TARGET("target", "--target", ValueType.TARGET, "`x86_64-unknown-linux-musl`", "Target triple to build for."),
    COMPILER(
            "compiler",
            "--compiler",
            ValueType.COMPILER,
            "what was provisioned last, else `musl`",
            "Compiler for C code in crates: `musl` is the distribution's cross gcc with musl's headers and libc, `cpp`"
                    + " adds C++ with its standard library, `gnu` is the same gcc with glibc's headers."),
    CHANNEL(
            "rust.channel",
            "--channel",
            ValueType.CHANNEL,
            "`stable`",
            "Rust channel or version; an installed channel is updated only with `--upgrade`."),
    COMPONENTS(
            "rust.components",
            "--component",
            ValueType.COMPONENTS,
            "`clippy`, `rustfmt`",
            "Toolchain components in addition to rustup's minimal profile."),
    RUSTUP_SOURCE(
            "rustup.source",
            "--rustup-source",
            ValueType.RUSTUP_SOURCE,
            "`auto`",
            "Where rustup comes from: official (its own server), distribution (the distribution's package), or auto"
                    + " (the package only if the server cannot be reached)."),
    RUSTUP_DIST_SERVER(
            "rustup.dist-server",
            "--rustup-dist-server",
            ValueType.URL,
            "rustup's own",
            "Server to download Rust toolchains from. Falls back to RUSTUP_DIST_SERVER."),
    RUSTUP_UPDATE_ROOT(
            "rustup.update-root",
            "--rustup-update-root",
            ValueType.URL,
            "rustup's own",
            "Server to download rustup itself from. Falls back to RUSTUP_UPDATE_ROOT."),
    RUNNERS(
            "runner.directories",
            "--runner",
            ValueType.PATHS,
            "those that systemd units point at",
            "Runner folders to set up, in addition to those that systemd units point at."),
    RUNNER_RELEASES(
            "runner.releases-url",
            "--releases-url",
            ValueType.URL,
            "GitHub's own, `https://api.github.com/repos/actions/runner/releases`",
            "Where releases of GitHub's runner are looked up: a mirror that answers like GitHub, with `latest` and"
                    + " `tags/vVERSION` below this address."),
    RUNNER_LONGEST_JOB(
            "runner.longest-job",
            "--longest-job",
            ValueType.DURATION,
            "`6h`",
            "How long stopping a runner's service, or rebooting, waits for the running job; GitHub's own limit for a job is"
                    + " `6h` unless its workflow sets `timeout-minutes`."),
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
            "Where `crossarm build` keeps target directories between jobs."),
    BUILD_CACHE_LIMIT(
            "build.cache-limit",
            "--cache-limit",
            ValueType.SIZE,
            "`20G`",
            "Total size limit for those target directories; the least recently used are removed first."),
    GITHUB_URL(
            "github.url",
            "--url",
            ValueType.WEB_ADDRESS,
            "none",
            "Organization, repository or enterprise whose runners are managed, such as `https://github.com/ACME`."),
    GITHUB_APP_ID(
            "github.app-id",
            "--app-id",
            ValueType.APP_ID,
            "none",
            "Id or client id of the GitHub App that manages the runners; needs `--app-key`."),
    GITHUB_APP_KEY(
            "github.app-key",
            "--app-key",
            ValueType.FILE,
            "none",
            "File with that App's private key, readable by its owner alone (mode 0600)."),
    GITHUB_TOKEN_FILE(
            "github.token-file",
            "--token-file",
            ValueType.FILE,
            "none",
            "File with a GitHub token, in place of an App; readable by its owner alone (mode 0600)."),
    GITHUB_CREDENTIAL_HELPER(
            "github.credential-helper",
            "--credential-helper",
            ValueType.COMMAND,
            "none",
            "Command that prints a GitHub token, in place of an App; it is run without a shell."),
    GITHUB_WRITES_PER_SECOND(
            "github.writes-per-second",
            "--writes-per-second",
            ValueType.RATE,
            "`2`",
            "Most requests a second that change something, over everything that uses the same credential; one host sends"
                    + " at most one.");

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
