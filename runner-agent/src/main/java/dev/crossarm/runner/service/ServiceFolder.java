package dev.crossarm.runner.service;

import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.problem.CrossarmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder that systemd makes for a runner's service ({@code StateDirectory=}), owned by the account of its jobs: what the
 * supervisor says of itself, and the records of jobs.
 *
 * @param path {@code /var/lib/crossarm-runner/<unit without its ending>}
 */
public record ServiceFolder(Path path) {
    /** Below {@code /var/lib}; the name in {@code StateDirectory=}. */
    static final String PARENT = "crossarm-runner";

    private static final Path STATES = Path.of("/var/lib");
    private static final int LIMIT = 64 * 1024;

    /** That of a unit, on every Linux system. */
    public static ServiceFolder of(String unit) {
        return of(STATES, unit);
    }

    /** @param states where systemd makes such folders */
    static ServiceFolder of(Path states, String unit) {
        return new ServiceFolder(states.resolve(PARENT).resolve(bare(unit)));
    }

    /** A unit's name without its ending. */
    static String bare(String unit) {
        return unit.replaceFirst("\\.service$", "");
    }

    Path stateFile() {
        return path.resolve("supervisor.json");
    }

    /** One file for each event of a job. */
    public Path records() {
        return path.resolve("jobs");
    }

    /** What the supervisor last said; nothing when it never did, or when that cannot be read or makes no sense. */
    public Optional<SupervisorState> state() {
        try {
            return RegularFile.readIfThere(stateFile(), LIMIT).flatMap(SupervisorState::of);
        } catch (IOException | CrossarmException unreadable) {
            return Optional.empty();
        }
    }

    /** For the supervisor itself, whose folder this is. */
    void write(HostFiles files, SupervisorState state) {
        files.write(stateFile(), state.json().getBytes(StandardCharsets.UTF_8), Ownership.mode("rw-r--r--"));
    }
}
