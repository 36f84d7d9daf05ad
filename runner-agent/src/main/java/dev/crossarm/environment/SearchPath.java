package dev.crossarm.environment;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PATH as text: our folders before what was there, and out again. */
public final class SearchPath {
    private SearchPath() {}

    /**
     * Our folders, then the rest of the previous PATH in its order. Applying it to its own result changes nothing.
     *
     * @throws dev.crossarm.problem.CrossarmException (65) when a folder's name holds a colon or a line break
     */
    public static String prepend(List<Path> folders, String previous) {
        for (Path folder : folders) {
            if (folder.toString().chars().anyMatch(c -> c == ':' || c == '\n' || c == '\r')) {
                throw EnvironmentProblems.badPathEntry(folder).asException();
            }
        }
        Set<String> ours = folders.stream().map(Path::toString).collect(Collectors.toCollection(LinkedHashSet::new));
        Optional<String> rest = without(ours, previous);
        return Stream.concat(ours.stream(), rest.stream()).collect(Collectors.joining(":"));
    }

    /** The PATH without these folders; empty when nothing else is on it. Other entries stay as they are, empty ones too. */
    public static Optional<String> without(Collection<String> folders, String path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        List<String> rest = Arrays.stream(path.split(":", -1))
                .filter(entry -> !folders.contains(entry))
                .toList();
        return rest.isEmpty() ? Optional.empty() : Optional.of(String.join(":", rest));
    }
}
