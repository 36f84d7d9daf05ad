package dev.crossarm.problem;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What programs that Crossarm runs print when they fail, and what it means: for each program an ordered table in which the
 * first rule that matches wins. A summary or remedy may hold words in braces, which whoever ran the program knows.
 */
public final class KnownFailures {

    private record Rule(Pattern pattern, String code, String summary, ExitStatus exit, List<String> remedies) {}

    /** The remedy for a Rust server that cannot be used. */
    public static final String OTHER_SERVER =
            "Name another server: crossarm provision --rustup-dist-server ADDRESS (or RUSTUP_DIST_SERVER)";

    /** apt-get and dpkg. */
    public static final KnownFailures APT = new KnownFailures(
            rule(
                    "No space left on device|You don't have enough free space|not enough free (disk )?space",
                    "disk-full",
                    "there is not enough disk space for the packages",
                    ExitStatus.CANNOT_CREATE,
                    "See what uses the space: df -h /var /usr /tmp; df -i /var",
                    "Delete downloaded packages: sudo apt-get clean"),
            rule(
                    "Read-only file system",
                    "read-only",
                    "the file system for packages is read-only",
                    ExitStatus.CANNOT_CREATE,
                    "See why: findmnt -no OPTIONS /; sudo dmesg | tail"),
            rule(
                    "Unable to locate package|has no installation candidate",
                    "package-unknown",
                    "apt does not know a required package",
                    ExitStatus.UNAVAILABLE,
                    "Check that the package sources name the release's main component (on Ubuntu also universe): grep -r"
                            + " '^[^#]' /etc/apt/sources.list /etc/apt/sources.list.d",
                    "sudo apt-get update"),
            rule(
                    "Packages need to be removed but remove is disabled|but --no-remove",
                    "package-conflict",
                    "the packages cannot be installed without removing others, which crossarm never does",
                    ExitStatus.STEP_FAILED,
                    "See what conflicts: apt-get install --simulate PACKAGE"),
            rule(
                    "unmet dependencies|held broken packages",
                    "package-dependencies",
                    "packages on this system depend on versions that its sources do not have",
                    ExitStatus.STEP_FAILED,
                    "sudo apt-get --fix-broken install",
                    "See what is held back: apt-mark showhold"),
            rule(
                    "dpkg was interrupted",
                    "dpkg-interrupted",
                    "an earlier run of dpkg was interrupted",
                    ExitStatus.STEP_FAILED,
                    "sudo dpkg --configure -a"),
            rule(
                    "NO_PUBKEY|keyring .* (is|are) ignored|key\\(s\\) in the keyring|Missing key [0-9A-F]{16,}"
                            + "|Failed to parse keyring",
                    "keyring-missing",
                    "the key that signs a package index is not on this machine",
                    ExitStatus.STEP_FAILED,
                    "sudo apt-get install --reinstall debian-archive-keyring (on Ubuntu: ubuntu-keyring)",
                    "See which source it is: sudo apt-get update"),
            rule(
                    "Hash Sum mismatch|File has unexpected size|BADSIG|Clearsigned file isn't valid",
                    "package-digest",
                    "the mirror sent files that do not match the signed index",
                    ExitStatus.DATA,
                    "Try again in a few minutes: this happens while a mirror is being updated",
                    "sudo apt-get clean && sudo apt-get update"),
            rule(
                    "is not valid yet|is expired \\(invalid since",
                    "index-untimely",
                    "a package index is not valid at this machine's current time",
                    ExitStatus.DATA,
                    "Check the clock: timedatectl",
                    "If the clock is right, the mirror is no longer updated. See which one it is: sudo apt-get update"),
            rule(
                    "EXPKEYSIG|is not signed",
                    "index-unsigned",
                    "a package index is not signed, or by a key that has expired",
                    ExitStatus.DATA,
                    "sudo apt-get install --only-upgrade debian-archive-keyring (on Ubuntu: ubuntu-keyring)",
                    "See which source it is: sudo apt-get update"),
            rule(
                    "Temporary failure resolving|Could not resolve|Could not connect|Connection (refused|timed out|failed)|"
                            + "Unable to connect|Network is unreachable|No route to host|Failed to fetch|404 +Not Found|50\\d "
                            + "|Undetermined Error",
                    "mirror-unreachable",
                    "a package mirror could not be reached, or does not have a file that it lists",
                    ExitStatus.UNAVAILABLE,
                    "Check name resolution and proxy (http_proxy, Acquire::http::Proxy), then: sudo apt-get update",
                    "crossarm provision"),
            rule(
                    "Permission denied|are you root",
                    "no-permission",
                    "installing packages needs root",
                    ExitStatus.NO_PERMISSION,
                    "sudo crossarm provision"));

    /** rustup and its installer; {@code {server}} is the server that was asked. */
    public static final KnownFailures RUSTUP = new KnownFailures(
            rule(
                    "No space left on device|Disk quota exceeded",
                    "disk-full",
                    "there is not enough disk space for the Rust toolchain ({server})",
                    ExitStatus.CANNOT_CREATE,
                    "See what uses the space: df -h; df -i"),
            rule(
                    "detected conflict",
                    "toolchain-conflict",
                    "files of an interrupted installation are in the way ({server})",
                    ExitStatus.STEP_FAILED,
                    "Remove the toolchain, then install it again: rustup toolchain uninstall TOOLCHAIN"),
            rule(
                    "checksum (failed|mismatch)|[Cc]hecksum.*expected|update not yet available",
                    "rust-digest",
                    "the server sent files that do not match its digests ({server})",
                    ExitStatus.DATA,
                    "Try again in a few minutes: this happens while a mirror is being updated",
                    OTHER_SERVER),
            rule(
                    "does not contain component|is unavailable for download|not available for (the )?(target|host|channel)"
                            + "|does not support (target|component)|unknown component",
                    "component-not-offered",
                    "the toolchain has no such component or target ({server})",
                    ExitStatus.CONFIGURATION,
                    "See what it has: rustup component list; rustup target list"),
            rule(
                    "could not parse|invalid (manifest|toml|utf)|missing key|expected .* found|not a valid (archive|tar)"
                            + "|failed to (unpack|extract)|corrupt|invalid (gzip|xz|archive)|lzma",
                    "rust-server-garbage",
                    "the Rust server did not send a toolchain ({server})",
                    ExitStatus.DATA,
                    OTHER_SERVER),
            rule(
                    "(?i)no release found|does not exist at|nonexistent rust version|\\b404\\b",
                    "toolchain-not-offered",
                    "the server does not offer this toolchain ({server})",
                    ExitStatus.UNAVAILABLE,
                    "Choose another channel or version: crossarm provision --channel stable",
                    OTHER_SERVER),
            rule(
                    "(?i)could not download|error sending request|timed? ?out|connection|dns|resolve|unreachable|certificate"
                            + "|unsuccessful status|\\b50\\d\\b|end of file|body",
                    "rust-server-unreachable",
                    "the Rust server cannot be reached, or its answers are incomplete ({server})",
                    ExitStatus.UNAVAILABLE,
                    "Check name resolution, proxy (https_proxy) and certificates: curl -fsSI {server}",
                    OTHER_SERVER),
            rule(
                    "(?i)permission denied",
                    "no-permission",
                    "the job user may not write to the Rust homes ({server})",
                    ExitStatus.NO_PERMISSION,
                    "See who owns them: ls -ld \"$RUSTUP_HOME\" \"$CARGO_HOME\""));

    /** pip, which fetches zig; {@code {zig}} is its version. */
    public static final KnownFailures PIP = new KnownFailures(
            rule(
                    "No space left on device|Disk quota exceeded|OSError: \\[Errno 28\\]",
                    "disk-full",
                    "no space is left to download or unpack zig: it needs 500 MB temporarily, and 210 MB permanently",
                    ExitStatus.CANNOT_CREATE,
                    "See what uses the space: df -h; crossarm doctor"),
            rule(
                    "THESE PACKAGES DO NOT MATCH THE HASHES|HashMismatch|Expected sha256",
                    "wrong-digest",
                    "the index sent a file other than the pinned zig; it was not used",
                    ExitStatus.DATA,
                    "Try again; then see which index it is: python3 -m pip config list"),
            rule(
                    "No module named pip(\\s|$)|ensurepip",
                    "pip-missing",
                    "python3 has no pip, which downloads the compiler for C++",
                    ExitStatus.STEP_FAILED,
                    "sudo apt-get install python3-pip"),
            rule(
                    "Retrying \\(|NewConnectionError|NameResolutionError|ProxyError|SSLError|ConnectTimeout|ReadTimeout|"
                            + "ConnectionError|Connection (refused|reset)|Max retries exceeded|[45]\\d\\d (Client|Server) Error|"
                            + "CERTIFICATE_VERIFY_FAILED",
                    "python-index-unreachable",
                    "this machine's Python package index does not answer",
                    ExitStatus.UNAVAILABLE,
                    "See which one it is, and what it sends: python3 -m pip config list; python3 -m pip download"
                            + " --no-deps ziglang=={zig}",
                    "To use another index, set PIP_INDEX_URL or /etc/pip.conf; to use a proxy, set https_proxy"),
            rule(
                    "No matching distribution found|Could not find a version that satisfies",
                    "zig-not-offered",
                    "this machine's Python package index has no ziglang {zig} for this machine",
                    ExitStatus.UNAVAILABLE,
                    "See which one it is: python3 -m pip config list",
                    "Without C++: crossarm provision --compiler musl"));

    private final List<Rule> rules;

    private KnownFailures(Rule... rules) {
        this.rules = List.of(rules);
    }

    /**
     * The known failure that this output tells of, with the detail of the plain one.
     *
     * @param plain what it is when it is not a known one
     * @param words for the braces, by name
     */
    public Problem find(String output, Problem plain, Map<String, String> words) {
        for (Rule rule : rules) {
            if (rule.pattern.matcher(output).find()) {
                List<String> remedies = rule.remedies.stream()
                        .map(remedy -> filled(remedy, words))
                        .toList();
                return new Problem(rule.code, filled(rule.summary, words), plain.detail(), remedies, rule.exit);
            }
        }
        return plain;
    }

    private static String filled(String text, Map<String, String> words) {
        String filled = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            filled = filled.replace("{" + word.getKey() + "}", word.getValue());
        }
        return filled;
    }

    private static Rule rule(String pattern, String code, String summary, ExitStatus exit, String... remedies) {
        return new Rule(Pattern.compile(pattern), code, summary, exit, List.of(remedies));
    }
}
