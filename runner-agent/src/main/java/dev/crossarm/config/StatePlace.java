package dev.crossarm.config;

import dev.crossarm.host.Surroundings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where state lies while no option and no file says otherwise, found out before any settings are read. */
public final class StatePlace {
    private static final String SCOPE = "CROSSARM_SCOPE";
    private static final String STATE = "CROSSARM_STATE_DIRECTORY";
    private static final String XDG = "XDG_STATE_HOME";

    private StatePlace() {}

    /** Where the variable says, else in the scope that goes without saying or that the variable names. */
    public static Path of(Surroundings surroundings) {
        Optional<Path> place = absolute(surroundings, STATE);
        if (place.isPresent()) {
            return place.get().normalize();
        }
        String named = surroundings.environment().get(SCOPE);
        boolean system = (named == null || named.isEmpty()) ? surroundings.root() : named.equals("system");
        return of(surroundings, system ? Scope.SYSTEM : Scope.USER);
    }

    static Path of(Surroundings surroundings, Scope scope) {
        if (scope == Scope.SYSTEM) {
            return Path.of("/var/lib/crossarm");
        }
        Optional<Path> base = absolute(surroundings, XDG);
        return base.isPresent()
                ? base.get().resolve("crossarm")
                : surroundings.home().resolve(".local/state/crossarm");
    }

    /** A relative value has to be ignored, says the XDG specification; what is no path is reported where settings are read. */
    private static Optional<Path> absolute(Surroundings surroundings, String variable) {
        String value = surroundings.environment().get(variable);
        try {
            return value == null || !value.startsWith("/") ? Optional.empty() : Optional.of(Path.of(value));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }
}
