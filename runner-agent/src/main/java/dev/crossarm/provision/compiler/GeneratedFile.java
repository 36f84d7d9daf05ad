package dev.crossarm.provision.compiler;

import dev.crossarm.host.files.FileState;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.StepId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One text file that a compiler kind wants beside its compiler, or, with a kind that does not want it, its absence. Other
 * files in its directory are nobody's business here.
 *
 * @param file where it is
 * @param wanted its content, or nothing when it must not be there
 * @param prefix up to where directories are removed that nothing is left in
 */
record GeneratedFile(StepId id, String summary, Path file, Optional<String> wanted, Path prefix)
        implements FileSetStep.Recipe {

    @Override
    public Set<StepId> requires() {
        return Set.of(CompilersRecipe.ID);
    }

    @Override
    public List<FileSetStep.Declared> files() {
        return wanted.stream()
                .map(content -> FileSetStep.Declared.of(file, content, "a file", "write " + file))
                .toList();
    }

    @Override
    public Path directory() {
        return Optional.ofNullable(file.getParent()).orElse(file);
    }

    @Override
    public List<Path> stale() {
        return wanted.isEmpty() && FileState.isThere(file) ? ours() : List.of();
    }

    @Override
    public List<String> evidence() {
        return List.of(wanted.isPresent() ? file.toString() : "not needed by this compiler kind");
    }

    @Override
    public Inputs inputs() {
        return new Inputs().whole(file);
    }

    /** The file, and every directory above it that nothing else is in, the innermost first. */
    @Override
    public List<Path> ours() {
        List<Path> doomed = new ArrayList<>();
        if (Files.exists(file) || Files.isSymbolicLink(file)) {
            doomed.add(file);
        }
        for (Path directory = file.getParent();
                directory != null && directory.startsWith(prefix);
                directory = directory.getParent()) {
            if (!Files.isDirectory(directory)) {
                continue; // a removal that was cut off took it already
            }
            if (!doomed.containsAll(FileState.children(directory))) {
                break;
            }
            doomed.add(directory);
        }
        return doomed;
    }
}
