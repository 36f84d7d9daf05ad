package dev.crossarm.runner.install;

import java.util.Optional;

/**
 * What a user wants installed.
 *
 * @param name what the runner is called here
 * @param account the account that was named, or is known to run jobs on this machine
 * @param version the version that was asked for; the newest when absent
 * @param brought the user's own package
 */
record InstallRequest(
        RunnerName name, Optional<String> account, Optional<RunnerVersion> version, Optional<LocalPackage> brought) {}
