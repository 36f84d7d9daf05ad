package dev.crossarm.job.program;

import dev.crossarm.job.cache.Delivery;
import dev.crossarm.job.cargo.CargoMessages;
import dev.crossarm.job.cargo.CargoRun;
import dev.crossarm.job.cargo.PackageId;
import dev.crossarm.job.cargo.Project;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The programs among what cargo says it made. */
public final class BuiltPrograms {
    private BuiltPrograms() {}

    /**
     * Each program once, where later steps of a job look for it; none where the packages chosen have none.
     *
     * @throws dev.crossarm.problem.CrossarmException (65) when cargo did not report one that it was to build
     */
    public static List<BuiltProgram> of(CargoRun run, BuildRequest request, Project project, Delivery delivery) {
        Map<Path, BuiltProgram> programs = new LinkedHashMap<>();
        for (CargoMessages.Artifact artifact : run.artifacts()) {
            boolean program =
                    artifact.kinds().contains("bin") || artifact.kinds().contains("example");
            if (program && !artifact.test() && artifact.executable().isPresent() && project.has(artifact.packageId())) {
                PackageId id = PackageId.of(artifact.packageId());
                Path place = delivery.placeOf(artifact.executable().get());
                programs.put(place, new BuiltProgram(id.name(), id.version(), artifact.target(), place));
            }
        }
        requireAskedFor(request, project, List.copyOf(programs.values()));
        return List.copyOf(programs.values());
    }

    /** Libraries have no programs, and that is all right; any other end of cargo that names none must not look like that. */
    private static void requireAskedFor(BuildRequest request, Project project, List<BuiltProgram> built) {
        List<String> asked = request.cargo().bins().stream()
                .filter(name -> !name.matches(".*[*?\\[].*")) // cargo takes patterns too
                .toList();
        if (asked.isEmpty() && built.isEmpty() && request.cargo().asksForPrograms()) {
            asked = project.selected(request.cargo(), request.directory()).stream()
                    .flatMap(member -> member.programs().stream())
                    .toList();
        }
        Set<String> names = built.stream().map(BuiltProgram::name).collect(Collectors.toSet());
        List<String> missing =
                asked.stream().filter(name -> !names.contains(name)).toList();
        if (missing.isEmpty()) {
            return;
        }
        throw new Problem(
                        "programs-not-named",
                        "cargo ended with status 0 but did not report every program that it should have built",
                        "missing: " + String.join(", ", missing),
                        List.of(
                                "Remove options after -- that change what cargo prints or builds, such as"
                                        + " --message-format",
                                "See what cargo prints: cargo build --message-format=json"),
                        ExitStatus.DATA)
                .asException();
    }
}
