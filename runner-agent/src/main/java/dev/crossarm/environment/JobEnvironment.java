package dev.crossarm.environment;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job must see.
 *
 * @param variables names and values in a stable order, without PATH; a name is {@code [A-Za-z_][A-Za-z0-9_]*}, a value holds
 *     no line break and no NUL and is not empty
 * @param pathPrefix folders to come before everything else on PATH, first one first
 */
public record JobEnvironment(Map<String, String> variables, List<Path> pathPrefix) {

    public JobEnvironment {
        variables.forEach((name, value) -> {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.equals("PATH")) {
                throw new IllegalArgumentException("not a variable name to set: " + name);
            }
            if (value.isEmpty() || value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
                throw new IllegalArgumentException("the value of " + name + " is empty or contains a line break");
            }
        });
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        pathPrefix = List.copyOf(pathPrefix);
    }
}
