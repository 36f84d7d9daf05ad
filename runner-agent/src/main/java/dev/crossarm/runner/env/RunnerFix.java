package dev.crossarm.runner.env;

import dev.crossarm.plan.Fix;
import java.nio.file.Path;

/** What the step of the runners does; a runner is named by its directory. */
sealed interface RunnerFix extends Fix {

    /** Whether this is needed for the runner in this folder, alone or with others. */
    static boolean concerns(RunnerFix fix, Path folder) {
        if (fix instanceof WriteEnv writing) {
            return writing.runner().equals(folder);
        }
        if (fix instanceof WritePath writing) {
            return writing.runner().equals(folder);
        }
        if (fix instanceof Restart restarting) {
            return restarting.runner().equals(folder);
        }
        return fix instanceof WriteScript;
    }

    /** Writes our variables into a runner's {@code .env}. */
    record WriteEnv(Path runner) implements RunnerFix {}

    /** Writes the PATH into a runner's {@code .path}. */
    record WritePath(Path runner) implements RunnerFix {}

    /** Writes the script that waits for a job before a restart. */
    record WriteScript() implements RunnerFix {}

    /** Has a runner's listener read its environment. */
    record Restart(Path runner) implements RunnerFix {}

    /** Forgets a runner that is gone. */
    record Forget(Path runner) implements RunnerFix {}

    /** Takes our lines out of a runner's {@code .env}. */
    record RestoreEnv(Path runner) implements RunnerFix {}

    /** Gives a runner's {@code .path} back what it held. */
    record RestorePath(Path runner) implements RunnerFix {}

    /** Takes away an {@code .env} that is there only because of us. */
    record DeleteEnv(Path runner) implements RunnerFix {}

    /** Takes the script away. */
    record DeleteScript() implements RunnerFix {}

    /** Takes away what is remembered of all runners. */
    record DeleteReceipt() implements RunnerFix {}
}
