package dev.crossarm.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the {@link Surroundings} of this process. Account and rights come from the kernel and not from variables;
 * whether there is a terminal is told by the launcher in {@code CROSSARM_TERMINAL} (1 or 0) and {@code COLUMNS}, because
 * since version 22 Java's own answer means something else. Without lambdas, as all that runs at every start: the first of them
 * takes Java longer than all that is done here.
 */
public final class SurroundingsReader {
    /** What the launcher found in LC_ALL, empty for nothing, before it gave Java a locale that can name every file. */
    private static final String LC_ALL_OF_THE_CALLER = "crossarm.lc-all";

    private static final Path SELF = Path.of("/proc/self");
    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 20;
    private static final int MOST_COLUMNS = 1000;

    private final Map<String, String> environment;

    /** Reads this process's own environment. */
    public SurroundingsReader() {
        this(asCalled(System.getenv(), System.getProperty(LC_ALL_OF_THE_CALLER)));
    }

    SurroundingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @param lcAll the caller's own; null without the launcher */
    static Map<String, String> asCalled(Map<String, String> environment, @Nullable String lcAll) {
        if (lcAll == null) {
            return environment;
        }
        Map<String, String> restored = new HashMap<>(environment);
        if (lcAll.isEmpty()) {
            restored.remove("LC_ALL");
        } else {
            restored.put("LC_ALL", lcAll);
        }
        return restored;
    }

    public Surroundings read() {
        String user = user();
        return new Surroundings(
                environment,
                user,
                uid() == 0,
                home(user),
                Path.of("").toAbsolutePath(),
                "1".equals(environment.get("CROSSARM_TERMINAL")),
                columns());
    }

    private static int uid() {
        try {
            return (Integer) Files.getAttribute(SELF, "unix:uid");
        } catch (IOException error) {
            throw FileProblems.translate("read", SELF, error);
        }
    }

    /** The login name, or the number for an account without one. */
    private static String user() {
        try {
            return Files.getOwner(SELF).getName();
        } catch (IOException error) {
            throw FileProblems.translate("read", SELF, error);
        }
    }

    private Path home(String user) {
        String home = environment.get("HOME");
        if (home != null && home.startsWith("/")) {
            return Path.of(home);
        }
        return new Accounts().byName(user).map(Account::home).orElse(Path.of("/"));
    }

    private int columns() {
        try {
            int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
            return columns < FEWEST_COLUMNS ? USUAL_COLUMNS : Math.min(columns, MOST_COLUMNS);
        } catch (NumberFormatException notTold) {
            return USUAL_COLUMNS;
        }
    }
}
