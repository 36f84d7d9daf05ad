package dev.crossarm.job.cache;

import dev.crossarm.job.cargo.CargoMessages;
import dev.crossarm.job.cargo.CargoRun;
import dev.crossarm.job.cargo.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copies what was built in a slot of the cache to where cargo would have put it. Copies and no links: what is done to a
 * program afterwards, such as stripping, must not reach the cache.
 */
public final class Delivery {
    private final Map<Path, Path> places = new LinkedHashMap<>();
    private Optional<String> refusal = Optional.empty();

    /** Copies every final artifact of the workspace's own packages; stops at the first that cannot be written. */
    static Delivery of(CargoRun run, Project project, Path slotTarget, Path usualTarget, String triple) {
        Delivery delivery = new Delivery();
        Path built = slotTarget.resolve(triple);
        for (CargoMessages.Artifact artifact : run.artifacts()) {
            if (project.has(artifact.packageId())) {
                for (Path file : artifact.files()) {
                    // <triple>/<profile>/name, or <triple>/<profile>/examples/name; deps/ holds what has no final
                    // place.
                    boolean ends = file.startsWith(built)
                            && !file.getName(file.getNameCount() - 2).equals(Path.of("deps"));
                    if (ends && delivery.refusal.isEmpty()) {
                        delivery.copy(file, usualTarget.resolve(slotTarget.relativize(file)));
                    }
                }
            }
        }
        return delivery;
    }

    private void copy(Path from, Path to) {
        Path parent = to.toAbsolutePath().getParent();
        Path temporary = to.resolveSibling(
                "." + to.getFileName() + "." + ProcessHandle.current().pid());
        try {
            FileTime time = Files.getLastModifiedTime(from);
            boolean same = Files.isRegularFile(to)
                    && Files.size(to) == Files.size(from)
                    && Files.getLastModifiedTime(to).equals(time);
            if (!same) {
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.copy(from, temporary, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
                Files.move(temporary, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            places.put(from, to);
        } catch (IOException readOnly) {
            refusal = Optional.of(to + ": " + readOnly.getClass().getSimpleName());
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException alsoNot) {
                return;
            }
        }
    }

    /** Where a file of the slot ended up; itself where it could not be copied. */
    public Path placeOf(Path file) {
        return places.getOrDefault(file, file);
    }

    /** What could not be written, and why. */
    public Optional<String> refusal() {
        return refusal;
    }
}
