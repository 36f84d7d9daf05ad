package dev.crossarm.runner.service;

import dev.crossarm.host.files.RegularFile;
import dev.crossarm.host.process.ProgramFolders;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables a listener is started with, and so every job: from nothing, those of the account, of the network, and the families
 * that the runner or what it starts reads. The runner then reads {@code .env} over them by itself, which is the place for every
 * other variable. PATH is what {@code .path} holds, as the stock service has it.
 *
 * @param own the supervisor's variables: what the unit gives
 * @param directory the runner's root
 */
record ListenerEnvironment(Map<String, String> own, Path directory) {
    private static final int LONGEST_PATH = 64 * 1024;
    private static final Set<String> PASSED =
            Set.of("HOME", "USER", "LOGNAME", "SHELL", "TZ", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE");
    private static final Set<String> PROXIES = Set.of("http_proxy", "https_proxy", "no_proxy", "all_proxy");
    private static final List<String> FAMILIES =
            List.of("ACTIONS_RUNNER_", "GITHUB_ACTIONS_RUNNER_", "RUNNER_", "WORKER_", "DOTNET_");

    /** A listener with this variable runs one job and ends: not one that is to stay. And tokens are for config.sh alone. */
    private static final String ONE_JOB = "ACTIONS_RUNNER_RETURN_JOB_RESULT_FOR_HOSTED";

    private static final String INPUTS = "ACTIONS_RUNNER_INPUT_";

    /** Lets the listener say with status 7 that its version is deprecated. */
    private static final String TELL_DEPRECATED = "ACTIONS_RUNNER_RETURN_VERSION_DEPRECATED_EXIT_CODE";

    /** Where our hooks put their records. */
    static final String RECORDS = "CROSSARM_JOB_RECORDS";

    private static final Set<String> HOOKS =
            Set.of("ACTIONS_RUNNER_HOOK_JOB_STARTED", "ACTIONS_RUNNER_HOOK_JOB_COMPLETED");

    Map<String, String> variables() {
        Map<String, String> all = new TreeMap<>();
        own.forEach((name, value) -> {
            if (!value.isEmpty() && passed(name) && !missingHook(name, value)) {
                all.put(name, value);
            }
        });
        // What the launcher of this program was given, before it chose a locale for Java.
        all.putIfAbsent("LANG", "C.UTF-8");
        all.put("PATH", path());
        all.put(TELL_DEPRECATED, "1");
        return all;
    }

    private static boolean passed(String name) {
        if (name.equals(ONE_JOB) || name.startsWith(INPUTS)) {
            return false;
        }
        return PASSED.contains(name)
                || name.equals(RECORDS)
                || PROXIES.contains(name.toLowerCase(Locale.ROOT))
                || FAMILIES.stream().anyMatch(name::startsWith);
    }

    /** A hook that is not there fails every job (actions/runner, JobHookProvider.cs). */
    private static boolean missingHook(String name, String value) {
        return HOOKS.contains(name) && !Files.isRegularFile(Path.of(value));
    }

    private String path() {
        try {
            String path = RegularFile.text(directory.resolve(".path"), LONGEST_PATH, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            if (!path.isEmpty() && path.indexOf('\0') < 0) {
                return path;
            }
        } catch (IOException | CrossarmException none) {
            // The one it was started with has to do.
        }
        return own.getOrDefault("PATH", ProgramFolders.DEFAULT);
    }
}
