package dev.crossarm.runner.env;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A runner on this host.
 *
 * @param directory its root, without symbolic links
 * @param owner account the directory belongs to; a number where the account has no name
 * @param unit the service that runs it; absent when it is started in another way
 */
public record RunnerInstance(Path directory, String owner, Optional<RunnerUnit> unit) {

    /** The account its jobs run as: the service's, else the directory's owner. */
    public String user() {
        return unit.map(service -> service.user().orElse("root")).orElse(owner);
    }

    /** What the runner reads once, when its listener starts. */
    public Path environmentFile() {
        return directory.resolve(".env");
    }

    /** What the service takes as PATH, once, when it starts. */
    public Path pathFile() {
        return directory.resolve(".path");
    }
}
