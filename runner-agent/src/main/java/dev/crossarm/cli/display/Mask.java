package dev.crossarm.cli.display;

import dev.crossarm.host.Surroundings;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Hides in a text what must not be shown: values of variables that look like secrets, and credentials in addresses. */
public final class Mask {
    private static final List<String> SECRET_NAMES =
            List.of("TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL", "PRIVATE", "AUTH", "API_KEY", "ACCESS_KEY");

    /** A shorter value would mask half the text, and is no secret worth the name. */
    private static final int SHORTEST = 6;

    private final Surroundings surroundings;

    public Mask(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    String over(String text) {
        String result = text.replaceAll("([A-Za-z][A-Za-z0-9+.-]*://)[^/@\\s\"]*@", "$1***@");
        for (Map.Entry<String, String> variable : surroundings.environment().entrySet()) {
            String name = variable.getKey().toUpperCase(Locale.ROOT);
            String value = variable.getValue();
            // A path, as in SSH_AUTH_SOCK, is where a secret lies and not one itself.
            if (value.length() >= SHORTEST
                    && !value.startsWith("/")
                    && SECRET_NAMES.stream().anyMatch(name::contains)) {
                result = result.replace(value, "***");
            }
        }
        return result;
    }
}
