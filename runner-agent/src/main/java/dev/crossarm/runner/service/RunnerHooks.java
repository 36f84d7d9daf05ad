package dev.crossarm.runner.service;

import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.text.BundledFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Our hooks, which a runner's listener has run when a job starts and when it is over: scripts in a folder of root's. They write a
 * record of the job, then run what the administrator put into {@code /etc/crossarm/hooks/job-started.d} and
 * {@code job-completed.d}. A hook that fails would fail the job, and one that hangs would hang it, so ours are bounded and end
 * with 0 (actions/runner, ADR 1751, JobHookProvider.cs).
 *
 * @param folder root's, readable for all
 */
public record RunnerHooks(Path folder) {
    private static final String STARTED = "job-started.sh";
    private static final String COMPLETED = "job-completed.sh";
    private static final List<String> SCRIPTS = List.of("job-hook.sh", STARTED, COMPLETED);

    /** Beside the folder of the runners. */
    public static RunnerHooks in(Path state) {
        return new RunnerHooks(state.resolve("runner-hooks"));
    }

    /** Puts them in place, each as a whole: what exists and is the same stays. Before a unit names them. */
    public void install(HostFiles files) {
        files.createDirectories(folder, Ownership.mode("rwxr-xr-x"));
        for (String script : SCRIPTS) {
            files.write(
                    folder.resolve(script), BundledFile.bytes(RunnerHooks.class, script), Ownership.mode("rwxr-xr-x"));
        }
    }

    /** Takes them away, after the last unit that names them. */
    public void remove(HostFiles files) {
        for (String script : SCRIPTS) {
            files.delete(folder.resolve(script));
        }
        files.deleteIfEmpty(folder);
    }

    /** The runner's variables that name them. {@code .env} wins over these, so a runner can have a hook of its own instead. */
    Map<String, String> variables(Optional<ServiceFolder> service) {
        Map<String, String> all = new TreeMap<>();
        all.put("ACTIONS_RUNNER_HOOK_JOB_STARTED", folder.resolve(STARTED).toString());
        all.put("ACTIONS_RUNNER_HOOK_JOB_COMPLETED", folder.resolve(COMPLETED).toString());
        service.ifPresent(
                place -> all.put(ListenerEnvironment.RECORDS, place.records().toString()));
        return all;
    }

    /** The scripts that a unit names. */
    List<Path> files() {
        return SCRIPTS.stream().map(folder::resolve).toList();
    }
}
