package dev.crossarm.cli.runner;

import dev.crossarm.cli.command.Invocation;
import dev.crossarm.config.Loaded;
import dev.crossarm.config.Scope;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;

/** Lets through to the runners of the machine whoever may change them: root, in system scope. */
final class RunnerGate {

    private RunnerGate() {}

    /** @throws dev.crossarm.problem.CrossarmException (77) unless this is root, (78) in another scope */
    static Loaded require(Invocation invocation) {
        if (!invocation.program().surroundings().root()) {
            throw Problem.of(
                            ExitStatus.NO_PERMISSION,
                            "needs-root",
                            "runners are installed for the whole machine, which needs root, and this is "
                                    + invocation.program().surroundings().user(),
                            "sudo " + invocation.again())
                    .asException();
        }
        Loaded loaded = invocation.load();
        if (loaded.settings().scope() != Scope.SYSTEM) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "runner-in-user-scope",
                            "runners are installed for the whole machine, and the scope is set to user",
                            "See where that comes from: crossarm config show")
                    .asException();
        }
        return loaded;
    }
}
