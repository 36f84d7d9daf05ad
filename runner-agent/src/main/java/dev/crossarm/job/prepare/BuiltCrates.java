package dev.crossarm.job.prepare;

import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.job.cargo.CargoLock;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.CargoChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The packages that this build will really compile, with their features: a lock file also holds those of other targets,
 * features and members. Asked of {@code cargo tree}, and only when it matters, as it has to read every manifest.
 *
 * @param features the features of each, by name and version
 */
record BuiltCrates(Map<CargoLock.Locked, Set<String>> features) {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final int LONGEST = 64 * 1024 * 1024;

    /** @return nothing when cargo cannot say; the build itself then tells why */
    static Optional<BuiltCrates> ask(
            BuildHost host, CargoChoice choice, Map<String, String> variables, Path directory, String cargo) {
        List<String> line = new ArrayList<>(List.of(cargo, "tree", "--quiet", "--color", "never"));
        line.addAll(List.of("--target", host.target().triple(), "--edges", "normal,build"));
        line.addAll(List.of("--prefix", "none", "--format", "{p}\t{f}"));
        line.addAll(choice.selection());
        CommandResult result = host.commands()
                .run(Command.of(line)
                        .withEnvironment(variables)
                        .in(directory)
                        .within(DEADLINE)
                        .keeping(LONGEST));
        return result.succeeded() ? Optional.of(parse(result.out().whole())) : Optional.empty();
    }

    static BuiltCrates parse(String tree) {
        Map<CargoLock.Locked, Set<String>> all = new HashMap<>();
        tree.lines().filter(line -> line.contains(" v")).forEach(line -> {
            String[] columns = line.split("\t", 2);
            String[] words = columns[0].split(" ", -1);
            String features = columns.length < 2 ? "" : columns[1].replace(" (*)", "");
            all.put(
                    new CargoLock.Locked(words[0], words[1].substring(1)),
                    Set.of(features.isBlank() ? new String[0] : features.strip().split(",", -1)));
        });
        return new BuiltCrates(Map.copyOf(all));
    }

    /** Whether a fact about this package holds in this build. */
    boolean concerns(CargoLock.Locked locked, CrateFact fact) {
        Set<String> own = features.get(locked);
        return own != null && fact.feature().map(own::contains).orElse(true);
    }
}
