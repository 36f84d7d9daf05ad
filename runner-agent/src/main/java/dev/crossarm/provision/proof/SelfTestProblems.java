package dev.crossarm.provision.proof;

import dev.crossarm.host.process.CommandResult;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.target.Target;
import java.util.List;
import java.util.stream.Collectors;

/** How a self-test fails: always with its phase, so that a reader knows which part of the toolchain to look at. */
final class SelfTestProblems {
    private static final String PROVISION = "crossarm provision";
    private static final int FIRST_LINES = 15;

    private SelfTestProblems() {}

    static Problem variableMissing(String variable) {
        return Problem.of(
                ExitStatus.STEP_FAILED,
                "self-test-tools",
                "self-test: the job's environment does not set " + variable,
                PROVISION);
    }

    /** A tool that does not even tell its version. */
    static Problem tool(String tool, CommandResult result) {
        return result.asProblem("self-test-tools", "self-test: " + tool + " does not run", PROVISION);
    }

    static Problem compile(CommandResult result, SelfTestSubject subject) {
        Problem problem =
                result.asProblem("self-test-compile", "self-test: the C compiler fails", remedies(result, subject));
        // A compiler's first error is the cause, the rest of them follow from it.
        String first = result.err().tail().lines().limit(FIRST_LINES).collect(Collectors.joining("\n"));
        return first.isEmpty() || result.timedOut()
                ? problem
                : problem.withDetail(result.command().shown() + "\nended with status " + result.exit() + "\n" + first);
    }

    /** The compiler said it had succeeded, and what it wrote is not what it should have written. */
    static Problem object(String compiler, String what) {
        return Problem.of(
                        ExitStatus.STEP_FAILED,
                        "self-test-compile",
                        "self-test: the C compiler does not make object files for the target",
                        PROVISION)
                .withDetail(compiler + "\n" + what);
    }

    static Problem build(CommandResult result, SelfTestSubject subject) {
        return result.asProblem(
                "self-test-build", "self-test: cargo cannot build the probe", remedies(result, subject));
    }

    static Problem noProgram(String place, CommandResult result) {
        return result.asProblem(
                "self-test-build", "self-test: cargo succeeded, but there is no program at " + place, PROVISION);
    }

    static Problem proof(List<String> failures) {
        return Problem.of(
                        ExitStatus.STEP_FAILED,
                        "self-test-proof",
                        "self-test: the probe was built, but not as a static program for the target",
                        PROVISION,
                        "crossarm doctor")
                .withDetail(String.join("\n", failures));
    }

    /** What was built could not be read: the builder's fault where it is damaged, else one with a cause of its own. */
    static Problem unread(Problem cause, Problem damaged) {
        boolean content = cause.code().equals("not-elf") || cause.code().startsWith("elf-");
        return content
                ? damaged
                : new Problem(
                        damaged.code(),
                        "self-test: " + cause.summary(),
                        cause.detail(),
                        cause.remedies().isEmpty() ? damaged.remedies() : cause.remedies(),
                        cause.exit());
    }

    static Problem run(CommandResult result, String how) {
        return result.asProblem("self-test-run", "self-test: the probe does not run " + how, PROVISION);
    }

    static Problem answer(String given, String wanted) {
        return Problem.of(
                        ExitStatus.STEP_FAILED,
                        "self-test-run",
                        "self-test: the probe runs, but its answer is wrong",
                        "crossarm self-test --force",
                        "crossarm doctor")
                .withDetail("answered: " + given + "\nwanted:   " + wanted);
    }

    /** The same problem with the command as it has to be typed on a machine of the target's own architecture. */
    static Problem asTypedOn(SelfTestSubject subject, Problem problem) {
        return subject.runsNatively()
                ? problem.withRemedies(problem.remedies().stream()
                        .map(remedy -> remedy.equals(PROVISION) ? PROVISION + " --here" : remedy)
                        .toArray(String[]::new))
                : problem;
    }

    /** The command that mends it where the output tells the cause, then what always helps. */
    private static String[] remedies(CommandResult result, SelfTestSubject subject) {
        String output = String.join("\n", result.lastLines());
        Target target = subject.target();
        String packages = "sudo apt-get install "
                + (subject.runsNatively() ? "build-essential" : String.join(" ", target.crossPackages()));
        if (output.contains("can't find crate for `std`") || output.contains("can't find crate for `core`")) {
            return new String[] {"rustup target add " + target.triple(), PROVISION};
        } else if (output.contains("No such file or directory") || output.contains("not found")) {
            return new String[] {packages, PROVISION};
        } else if (output.contains("file in wrong format") || output.contains("incompatible with")) {
            return new String[] {"crossarm doctor", PROVISION};
        }
        return new String[] {PROVISION, "crossarm doctor"};
    }
}
