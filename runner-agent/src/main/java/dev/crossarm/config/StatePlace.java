package dev.crossarm.config;

import dev.crossarm.host.Surroundings;
import java.nio.file.Path;

/** Where state lies while no option and no file says otherwise, found out before any settings are read. */
public final class StatePlace {
    private static final String SCOPE = "CROSSARM_SCOPE";
    private static final String STATE = "CROSSARM_STATE_DIRECTORY";
    private static final String XDG = "XDG_STATE_HOME";

    private StatePlace() {}

    /** Where the variable says, else in the scope that goes without saying or that the variable names. */
    public static Path of(Surroundings surroundings) {
        String place = surroundings.environment().get(STATE);
        if (place != null && place.startsWith("/")) {
            return Path.of(place).normalize();
        }
        String named = surroundings.environment().get(SCOPE);
        boolean system = (named == null || named.isEmpty()) ? surroundings.root() : named.equals("system");
        return of(surroundings, system ? Scope.SYSTEM : Scope.USER);
    }

    static Path of(Surroundings surroundings, Scope scope) {
        if (scope == Scope.SYSTEM) {
            return Path.of("/var/lib/crossarm");
        }
        // A relative value has to be ignored, says the XDG base directory specification.
        String base = surroundings.environment().get(XDG);
        return base != null && base.startsWith("/")
                ? Path.of(base, "crossarm")
                : surroundings.home().resolve(".local/state/crossarm");
    }
}
