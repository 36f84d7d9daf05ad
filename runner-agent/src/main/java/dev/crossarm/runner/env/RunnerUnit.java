package dev.crossarm.runner.env;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A systemd service that runs a runner.
 *
 * @param name with its ending, for example {@code actions.runner.acme-tools.box.service}
 * @param directory the runner's directory as the unit names it
 * @param user account it runs as; absent for root, which is what a unit without {@code User=} gets
 * @param state systemd's {@code ActiveState}; {@link #NOT_LOADED} where only the unit file was read
 */
public record RunnerUnit(String name, Path directory, Optional<String> user, String state) {

    /** The state of a unit whose file is there while systemd does not know it, or does not run here. */
    public static final String NOT_LOADED = "not-loaded";

    /** Whether its processes run, or are about to, so that a restart means something. */
    public boolean running() {
        return state.equals("active") || state.equals("activating") || state.equals("reloading");
    }
}
