package dev.crossarm.provision.rust;

import dev.crossarm.host.process.CommandResult;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.util.List;
import java.util.regex.Pattern;

/** Turns what rustup prints when it fails into one cause and what mends it. First match wins. */
final class RustupFailure {

    private record Rule(Pattern pattern, String code, String summary, ExitStatus exit, List<String> remedies) {}

    private static final String OTHER_SERVER =
            "Name another server: crossarm provision --rustup-dist-server ADDRESS (or RUSTUP_DIST_SERVER)";

    private static final List<Rule> RULES = List.of(
            rule(
                    "No space left on device|Disk quota exceeded",
                    "disk-full",
                    "there is not enough room for the Rust toolchain",
                    ExitStatus.CANNOT_CREATE,
                    "Look where it went with: df -h; df -i"),
            rule(
                    "detected conflict",
                    "toolchain-conflict",
                    "files of an installation that was cut off stand in the way",
                    ExitStatus.STEP_FAILED,
                    "Take the toolchain away and install it anew: rustup toolchain uninstall TOOLCHAIN"),
            rule(
                    "checksum (failed|mismatch)|[Cc]hecksum.*expected|update not yet available",
                    "rust-digest",
                    "the server sent something else than its digests promise",
                    ExitStatus.DATA,
                    "Try again in some minutes: a mirror in the middle of an update looks like this",
                    OTHER_SERVER),
            rule(
                    "does not contain component|is unavailable for download|not available for (the )?(target|host|channel)"
                            + "|does not support (target|component)|unknown component",
                    "component-not-offered",
                    "the toolchain has no such component or target",
                    ExitStatus.CONFIGURATION,
                    "See what it has with: rustup component list; rustup target list"),
            rule(
                    "could not parse|invalid (manifest|toml|utf)|missing key|expected .* found|not a valid (archive|tar)"
                            + "|failed to (unpack|extract)|corrupt|invalid (gzip|xz|archive)|lzma",
                    "rust-server-garbage",
                    "the Rust server answers with something else than a toolchain's files",
                    ExitStatus.DATA,
                    OTHER_SERVER),
            rule(
                    "(?i)no release found|does not exist at|nonexistent rust version|\\b404\\b",
                    "toolchain-not-offered",
                    "the server does not offer this toolchain",
                    ExitStatus.UNAVAILABLE,
                    "Choose another channel or version: crossarm provision --channel stable",
                    OTHER_SERVER),
            rule(
                    "(?i)could not download|error sending request|timed? ?out|connection|dns|resolve|unreachable|certificate"
                            + "|unsuccessful status|\\b50\\d\\b|end of file|body",
                    "rust-server-unreachable",
                    "the Rust server does not answer as it should",
                    ExitStatus.UNAVAILABLE,
                    "Check name resolution, proxy (https_proxy) and certificates with: curl -fsSI ORIGIN",
                    OTHER_SERVER),
            rule(
                    "(?i)permission denied",
                    "no-permission",
                    "the job user may not write to the Rust homes",
                    ExitStatus.NO_PERMISSION,
                    "See who owns them with: ls -ld \"$RUSTUP_HOME\" \"$CARGO_HOME\""));

    private RustupFailure() {}

    /**
     * @param doing what failed, for a cause that is not a known one
     * @param origin the server that was asked
     */
    static Problem of(CommandResult result, String doing, String origin) {
        Problem plain = result.asProblem("rustup-failed", doing, "Run the command above by hand and see");
        String detail = "server: " + origin + "\n" + plain.detail();
        if (result.timedOut()) {
            return new Problem(
                    "rust-server-unreachable",
                    doing + ": rustup did not get on in time",
                    detail,
                    List.of("Check the line with: curl -fsSI " + origin, OTHER_SERVER),
                    ExitStatus.UNAVAILABLE);
        }
        String output = result.out().tail() + "\n" + result.err().tail();
        for (Rule rule : RULES) {
            if (rule.pattern.matcher(output).find()) {
                List<String> remedies = rule.remedies.stream()
                        .map(remedy -> remedy.replace("ORIGIN", origin))
                        .toList();
                return new Problem(rule.code, rule.summary + " (" + origin + ")", detail, remedies, rule.exit);
            }
        }
        return plain.withDetail(detail);
    }

    /** A line of rustup's as progress, without its levels and without empty ones. */
    static void show(String line, Progress progress) {
        String text = line.strip();
        if (!text.isEmpty()) {
            progress.line(text.startsWith("info: ") ? text.substring("info: ".length()) : text);
        }
    }

    private static Rule rule(String pattern, String code, String summary, ExitStatus exit, String... remedies) {
        return new Rule(Pattern.compile(pattern), code, summary, exit, List.of(remedies));
    }
}
