package dev.crossarm.provision.packages;

import dev.crossarm.host.process.CommandResult;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.List;
import java.util.regex.Pattern;

/** Turns what apt-get and dpkg print when they fail into one cause and what mends it. First match wins. */
final class AptFailure {

    private record Rule(Pattern pattern, String code, String summary, ExitStatus exit, List<String> remedies) {}

    private static final List<Rule> RULES = List.of(
            rule(
                    "No space left on device|You don't have enough free space|not enough free (disk )?space",
                    "disk-full",
                    "there is not enough room for the packages",
                    ExitStatus.CANNOT_CREATE,
                    "Look where it went with: df -h /var /usr /tmp; df -i /var",
                    "Free downloaded packages with: sudo apt-get clean"),
            rule(
                    "Read-only file system",
                    "read-only",
                    "the file system packages go to is read-only",
                    ExitStatus.CANNOT_CREATE,
                    "See why with: findmnt -no OPTIONS /; sudo dmesg | tail"),
            rule(
                    "Unable to locate package|has no installation candidate",
                    "package-unknown",
                    "apt does not know a package that is needed",
                    ExitStatus.UNAVAILABLE,
                    "Check that the package sources name the release's main component (on Ubuntu also universe): grep -r"
                            + " '^[^#]' /etc/apt/sources.list /etc/apt/sources.list.d",
                    "sudo apt-get update"),
            rule(
                    "Packages need to be removed but remove is disabled|but --no-remove",
                    "package-conflict",
                    "the packages cannot be installed without removing others, which crossarm never does",
                    ExitStatus.STEP_FAILED,
                    "See what stands in the way with: apt-get install --simulate PACKAGE"),
            rule(
                    "unmet dependencies|held broken packages",
                    "package-dependencies",
                    "packages on this system depend on versions its sources do not offer",
                    ExitStatus.STEP_FAILED,
                    "sudo apt-get --fix-broken install",
                    "See what is held back with: apt-mark showhold"),
            rule(
                    "dpkg was interrupted",
                    "dpkg-interrupted",
                    "an earlier run of dpkg was cut off",
                    ExitStatus.STEP_FAILED,
                    "sudo dpkg --configure -a"),
            rule(
                    "NO_PUBKEY|keyring .* (is|are) ignored|key\\(s\\) in the keyring|Missing key [0-9A-F]{16,}"
                            + "|Failed to parse keyring",
                    "keyring-missing",
                    "the key that signs a package index is not on this host",
                    ExitStatus.STEP_FAILED,
                    "sudo apt-get install --reinstall debian-archive-keyring (on Ubuntu: ubuntu-keyring)",
                    "See which source it is with: sudo apt-get update"),
            rule(
                    "Hash Sum mismatch|File has unexpected size|BADSIG|Clearsigned file isn't valid",
                    "package-digest",
                    "the mirror sent something else than the signed index promises",
                    ExitStatus.DATA,
                    "Try again in some minutes: a mirror in the middle of an update looks like this",
                    "sudo apt-get clean && sudo apt-get update"),
            rule(
                    "is not valid yet|is expired \\(invalid since",
                    "index-untimely",
                    "a package index is not valid at the time this host's clock shows",
                    ExitStatus.DATA,
                    "Look at the clock with: timedatectl",
                    "If the clock is right, the mirror is no longer updated. See which one it is with: sudo apt-get update"),
            rule(
                    "EXPKEYSIG|is not signed",
                    "index-unsigned",
                    "a package index is not signed, or by a key that has expired",
                    ExitStatus.DATA,
                    "sudo apt-get install --only-upgrade debian-archive-keyring (on Ubuntu: ubuntu-keyring)",
                    "See which source it is with: sudo apt-get update"),
            rule(
                    "Temporary failure resolving|Could not resolve|Could not connect|Connection (refused|timed out|failed)|"
                            + "Unable to connect|Network is unreachable|No route to host|Failed to fetch|404 +Not Found|50\\d "
                            + "|Undetermined Error",
                    "mirror-unreachable",
                    "a package mirror could not be reached, or lacks a file it lists",
                    ExitStatus.UNAVAILABLE,
                    "Check name resolution and proxy (http_proxy, Acquire::http::Proxy), then: sudo apt-get update",
                    "crossarm provision"),
            rule(
                    "Permission denied|are you root",
                    "no-permission",
                    "installing packages needs root",
                    ExitStatus.NO_PERMISSION,
                    "sudo crossarm provision"));

    private static final Pattern GONE = Pattern.compile("404 +Not Found");

    private AptFailure() {}

    /** Whether it is what a mirror in the middle of an update causes: in a moment the same command may succeed. */
    static boolean passes(Problem problem) {
        return problem.code().equals("package-digest")
                || (problem.code().equals("mirror-unreachable")
                        && GONE.matcher(problem.detail()).find());
    }

    /** A failed run as a problem: the cause where it is a known one, always with the command and its last lines. */
    static Problem of(CommandResult result) {
        String output = result.out().tail() + "\n" + result.err().tail();
        Problem plain = result.asProblem(
                "apt-failed", result.command().program() + " failed", "Run the command above by hand and see");
        for (Rule rule : RULES) {
            if (rule.pattern.matcher(output).find()) {
                return new Problem(rule.code, rule.summary, plain.detail(), rule.remedies, rule.exit);
            }
        }
        return plain;
    }

    private static Rule rule(String pattern, String code, String summary, ExitStatus exit, String... remedies) {
        return new Rule(Pattern.compile(pattern), code, summary, exit, List.of(remedies));
    }
}
