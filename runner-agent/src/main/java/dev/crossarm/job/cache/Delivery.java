package dev.crossarm.job.cache;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.concurrent.TimeUnit.MICROSECONDS;

import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.job.cargo.CargoMessages;
import dev.crossarm.job.cargo.CargoRun;
import dev.crossarm.job.cargo.Project;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copies what was built in a slot of the cache to where cargo would have put it. Copies and no links: what is done to a
 * program afterwards, such as stripping, must not reach the cache. Each takes the place of what an earlier build left there
 * in one move, because another build of the project may just be proving that; where one cannot be delivered, nothing old
 * stays that could be taken for it.
 */
public final class Delivery {
    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");

    private final Map<Path, Path> places = new LinkedHashMap<>();
    private Optional<String> refusal = Optional.empty();

    /**
     * Copies every final artifact of the workspace's own packages.
     *
     * @param kept whether the slot outlives the build, so that what was built can also stay there
     * @throws CrossarmException with the file and the reason when one cannot be copied, unless the workspace is read-only:
     *     that is on purpose, and everything then stays where it was built
     */
    static Delivery of(
            DurableFiles files,
            CargoRun run,
            Project project,
            Path slotTarget,
            Path usualTarget,
            String triple,
            boolean kept) {
        Delivery delivery = new Delivery();
        Map<Path, Path> wanted = wanted(run, project, slotTarget, usualTarget, triple);
        try {
            wanted.forEach((from, to) -> delivery.copy(files, from, to));
        } catch (CrossarmException failed) {
            if (kept && readOnly(failed.problem(), project)) {
                delivery.places.clear();
                delivery.refusal = Optional.of(refused(slotTarget, wanted));
                return delivery;
            }
            // Their room may be what is missing.
            wanted.forEach((from, to) -> clear(files, from, to));
            wanted.forEach((from, to) -> delivery.copy(files, from, to));
        }
        return delivery;
    }

    private static Map<Path, Path> wanted(
            CargoRun run, Project project, Path slotTarget, Path usualTarget, String triple) {
        Map<Path, Path> wanted = new LinkedHashMap<>();
        Path built = slotTarget.resolve(triple);
        for (CargoMessages.Artifact artifact : run.artifacts()) {
            if (project.has(artifact.packageId())) {
                for (Path file : artifact.files()) {
                    // <triple>/<profile>/name, or <triple>/<profile>/examples/name; deps/ holds what has no final
                    // place.
                    boolean ends = file.startsWith(built)
                            && !file.getName(file.getNameCount() - 2).equals(Path.of("deps"));
                    if (ends) {
                        wanted.put(file, usualTarget.resolve(slotTarget.relativize(file)));
                    }
                }
            }
        }
        return wanted;
    }

    /** A checkout that this account may not write into is as read-only as one on such a file system. */
    private static boolean readOnly(Problem problem, Project project) {
        return problem.code().equals("read-only-file-system")
                || (problem.code().equals("no-permission") && !Files.isWritable(project.root()));
    }

    private static String refused(Path slotTarget, Map<Path, Path> wanted) {
        String old = wanted.entrySet().stream()
                .filter(one -> Files.exists(one.getValue()) && !same(one.getKey(), one.getValue()))
                .findFirst()
                .map(one -> "; " + one.getValue() + " is from an earlier build")
                .orElse("");
        return "the workspace is read-only, so the programs stay where they were built: " + slotTarget + old;
    }

    /** To the microsecond, which is what a copy keeps of the time. */
    private static boolean same(Path from, Path to) {
        try {
            BasicFileAttributes there = Files.readAttributes(to, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return there.isRegularFile()
                    && there.size() == Files.size(from)
                    && there.lastModifiedTime().to(MICROSECONDS)
                            == Files.getLastModifiedTime(from).to(MICROSECONDS);
        } catch (IOException gone) {
            return false;
        }
    }

    private static void clear(DurableFiles files, Path from, Path to) {
        if (!same(from, to)) {
            files.delete(to);
        }
    }

    private void copy(DurableFiles files, Path from, Path to) {
        try {
            if (!same(from, to)) {
                Path parent = to.toAbsolutePath().getParent();
                if (parent != null) {
                    files.createDirectories(parent, FOLDER);
                }
                if (Files.isSymbolicLink(to)) {
                    files.delete(to);
                }
                files.copy(from, to);
            }
            places.put(from, to);
        } catch (CrossarmException failed) {
            Problem problem = failed.problem();
            throw problem.withDetail(problem.detail() + "\nit was built, and is in " + from)
                    .asException(failed);
        }
    }

    /** Where a file of the slot ended up; itself where it was not copied. */
    public Path placeOf(Path file) {
        return places.getOrDefault(file, file);
    }

    /** Why everything stays in the slot, where it does. */
    public Optional<String> refusal() {
        return refusal;
    }
}
