package dev.crossarm.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** This process's real surroundings, for tests that run real children. */
public final class TestSurroundings {

    private TestSurroundings() {}

    public static Surroundings real() {
        return with(Map.of());
    }

    public static Surroundings with(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(more);
        return new Surroundings(
                environment, user(), user().equals("root"), home(), Path.of("").toAbsolutePath(), false, 80);
    }

    public static String user() {
        try {
            return Files.getOwner(Path.of("/proc/self")).getName();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }
}
