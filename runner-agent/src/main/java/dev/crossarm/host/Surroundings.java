package dev.crossarm.host;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the process was started with, read once in {@code Main} and passed down; nothing below asks the system again.
 *
 * @param environment variables
 * @param user login name of the account
 * @param root whether the account is root (user id 0)
 * @param home its home directory
 * @param directory working directory
 * @param terminal whether standard error is a terminal that progress can be drawn on
 * @param columns its width in characters
 */
public record Surroundings(
        Map<String, String> environment,
        String user,
        boolean root,
        Path home,
        Path directory,
        boolean terminal,
        int columns) {

    public Surroundings {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** A variable's value when it is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
