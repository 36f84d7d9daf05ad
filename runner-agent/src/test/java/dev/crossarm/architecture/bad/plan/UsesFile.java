package dev.crossarm.architecture.bad.plan;

import java.nio.file.Path;

/** Bad on purpose. */
public final class UsesFile {
    public boolean exists(Path path) {
        return path.toFile().exists();
    }
}
