package dev.crossarm.provision.compiler;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.PlannedFix;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One text file that a compiler kind wants beside its compiler, or, with a kind that does not want it, its absence. Other
 * files in its directory are nobody's business here.
 */
final class GeneratedFileStep implements Step {
    private static final Ownership FILE = Ownership.mode("rw-r--r--");
    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");

    private final StepId id;
    private final String summary;
    private final Path file;
    private final Optional<String> wanted;
    private final Path prefix;
    private final HostFiles files;

    /**
     * @param wanted its content, or nothing when it must not be there
     * @param prefix up to where directories are removed that nothing is left in
     */
    GeneratedFileStep(StepId id, String summary, Path file, Optional<String> wanted, Path prefix, HostFiles files) {
        this.id = id;
        this.summary = summary;
        this.file = file;
        this.wanted = wanted;
        this.prefix = prefix;
        this.files = files;
    }

    @Override
    public StepId id() {
        return id;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public Set<StepId> requires() {
        return Set.of(CompilersStep.ID);
    }

    @Override
    public Observation check() {
        try {
            Optional<Fingerprint> found = Files.isSymbolicLink(file)
                    ? Optional.of(Fingerprint.UNKNOWN)
                    : files.read(file).map(Fingerprint::of);
            Optional<Fingerprint> should = wanted.map(Fingerprint::of);
            if (found.equals(should)) {
                return Observation.Satisfied.of(
                        wanted.isPresent() ? file.toString() : "not needed by this compiler kind");
            }
            return drifted(List.of(new Difference(
                    file.toString(),
                    found.map(Fingerprint::value).orElse("missing"),
                    should.map(Fingerprint::value).orElse("absent"))));
        } catch (CrossarmException failure) {
            return new Observation.Unknown(failure.problem());
        }
    }

    @Override
    public Optional<Inputs> inputs() {
        return Optional.of(new Inputs().whole(file));
    }

    private Observation drifted(List<Difference> differences) {
        return Observation.Drifted.planned(differences, plan(differences));
    }

    private List<Change> plan(List<Difference> differences) {
        Difference difference = differences.get(0);
        Fingerprint before = difference.found().startsWith("sha256:")
                ? new Fingerprint(difference.found())
                : difference.found().equals("missing") ? Fingerprint.ABSENT : Fingerprint.UNKNOWN;
        return wanted.isEmpty()
                ? removalChanges()
                : List.of(Change.of(Change.Kind.WRITE_FILE, file.toString(), "write " + file)
                        .withFingerprints(before, Fingerprint.of(wanted.get())));
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        Change change = PlannedFix.of(fix);
        Path path = Path.of(change.target());
        switch (change.kind()) {
            case WRITE_FILE -> {
                if (Files.isSymbolicLink(file)) {
                    files.delete(file);
                }
                files.createDirectories(Objects.requireNonNull(file.getParent()), FOLDER);
                files.write(file, wanted.orElseThrow().getBytes(StandardCharsets.UTF_8), FILE);
            }
            case DELETE -> {
                if (Files.isDirectory(path) && !Files.isSymbolicLink(path)) {
                    files.deleteTree(path);
                } else {
                    files.delete(path);
                }
            }
            default -> throw new IllegalArgumentException("not a change of this step: " + change);
        }
    }

    /** The file, and every directory above it that nothing else is in, the innermost first. */
    @Override
    public List<Repair> planRemoval() {
        return PlannedFix.all(removalChanges());
    }

    private List<Change> removalChanges() {
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
        return doomed.stream().map(Change::removal).toList();
    }
}
