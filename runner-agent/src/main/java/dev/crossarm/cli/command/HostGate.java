package dev.crossarm.cli.command;

import dev.crossarm.config.Scope;
import dev.crossarm.host.HostFacts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Distribution;
import java.util.List;

/** Refuses machines and accounts that provisioning cannot serve, before anything is looked at or locked. */
public final class HostGate {

    private HostGate() {}

    /**
     * Lets a machine through or throws the reason why not.
     *
     * @param here whether provisioning an x86-64 machine, where nothing is crossed, is what the caller wants
     * @param command the command as it was typed
     */
    public static void require(HostFacts facts, boolean here, String command) {
        Distribution.require(facts);
        if (facts.architecture().equals("x86_64") && !here) {
            throw new Problem(
                            "not-arm64",
                            "this machine is x86-64, not ARM64",
                            "Crossarm is for ARM64 machines. On x86-64 it can set up the same target, built natively.",
                            List.of(command + " --here"),
                            ExitStatus.USAGE)
                    .asException();
        }
        if (!facts.architecture().equals("aarch64") && !facts.architecture().equals("x86_64")) {
            throw Problem.of(
                            ExitStatus.UNAVAILABLE,
                            "unsupported-architecture",
                            "this architecture is not supported: " + facts.architecture(),
                            "Use an aarch64 machine, or an x86_64 machine with --here")
                    .asException();
        }
    }

    /**
     * System scope writes where only root may.
     *
     * @param command the command as it was typed, without settings
     */
    public static void requireRights(Scope scope, Surroundings surroundings, String command) {
        if (scope == Scope.SYSTEM && !surroundings.root()) {
            throw Problem.of(
                            ExitStatus.NO_PERMISSION,
                            "needs-root",
                            "system scope needs root, and this is " + surroundings.user(),
                            "sudo " + command,
                            command + " --scope user")
                    .asException();
        }
    }
}
