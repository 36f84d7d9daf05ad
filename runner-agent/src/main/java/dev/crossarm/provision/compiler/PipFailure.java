package dev.crossarm.provision.compiler;

import dev.crossarm.host.process.CommandResult;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.List;
import java.util.regex.Pattern;

/** What pip says when it fails, as a problem. */
final class PipFailure {
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "No space left on device|Disk quota exceeded|OSError: \\[Errno 28\\]",
                    "disk-full",
                    "no space is left to fetch or unpack zig: it needs 500 MB for a while, and 210 MB for good",
                    ExitStatus.CANNOT_CREATE,
                    "See where the space went with: df -h; crossarm doctor"),
            new Rule(
                    "THESE PACKAGES DO NOT MATCH THE HASHES|HashMismatch|Expected sha256",
                    "wrong-digest",
                    "the index sent another file than the zig that is pinned here; it was not used",
                    ExitStatus.DATA,
                    "Try again; then see what the index holds: python3 -m pip config list"),
            new Rule(
                    "No module named pip|ensurepip",
                    "pip-missing",
                    "python3 has no pip, which fetches the compiler for C++",
                    ExitStatus.STEP_FAILED,
                    "sudo apt-get install python3-pip"),
            new Rule(
                    "Retrying \\(|NewConnectionError|NameResolutionError|ProxyError|SSLError|ConnectTimeout|ReadTimeout|"
                            + "ConnectionError|Connection (refused|reset)|Max retries exceeded|[45]\\d\\d (Client|Server) Error|"
                            + "CERTIFICATE_VERIFY_FAILED",
                    "python-index-unreachable",
                    "the Python package index this machine is configured for does not answer",
                    ExitStatus.UNAVAILABLE,
                    "See which one it is, and what comes from it: python3 -m pip config list; python3 -m pip download"
                            + " --no-deps ziglang==" + ZigWheel.VERSION,
                    "Another index is set with PIP_INDEX_URL, or in /etc/pip.conf, or with a proxy in https_proxy"),
            new Rule(
                    "No matching distribution found|Could not find a version that satisfies",
                    "zig-not-offered",
                    "the Python package index this machine is configured for has no ziglang " + ZigWheel.VERSION
                            + " for this machine",
                    ExitStatus.UNAVAILABLE,
                    "See which one it is: python3 -m pip config list",
                    "Without C++: crossarm provision --compiler musl"));

    private record Rule(String pattern, String code, String summary, ExitStatus exit, List<String> remedies) {
        Rule(String pattern, String code, String summary, ExitStatus exit, String... remedies) {
            this(pattern, code, summary, exit, List.of(remedies));
        }
    }

    private PipFailure() {}

    /** A failed run as a problem: the cause where it is a known one, always with the command and its last lines. */
    static Problem of(CommandResult result) {
        String output = result.out().tail() + "\n" + result.err().tail();
        Problem plain =
                result.asProblem("pip-failed", "pip could not fetch zig", "Run the command above by hand and see");
        for (Rule rule : RULES) {
            if (Pattern.compile(rule.pattern).matcher(output).find()) {
                return new Problem(rule.code, rule.summary, plain.detail(), rule.remedies, rule.exit);
            }
        }
        return plain;
    }

    /** There is no python at all. */
    static Problem missing(String detail) {
        return Problem.of(
                        ExitStatus.STEP_FAILED,
                        "pip-missing",
                        "there is no python3 with pip here, which fetches the compiler for C++",
                        "sudo apt-get install python3-pip")
                .withDetail(detail);
    }
}
