package dev.crossarm.provision.compiler;

import dev.crossarm.config.CompilerRecord;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.CommandRunner;
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
import dev.crossarm.provision.packages.PackagesStep;
import dev.crossarm.target.Compiler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The compiler for C is in place: wrappers in a directory that carries their version, names that lead to it on a job's
 * PATH, and behind them a compiler that really builds for the target and has a C library's headers. Then the kind goes on
 * record, and directories of other kinds and versions are removed.
 */
public final class CompilersStep implements Step {
    public static final StepId ID = StepId.of("compilers");

    private static final Ownership PROGRAM = Ownership.mode("rwxr-xr-x");
    private static final Ownership DATA = Ownership.mode("rw-r--r--");

    /** From this many on, files or links are one change and not one each. */
    private static final int MANY = 5;

    private final CompilerPlace place;
    private final HostFiles files;
    private final CrossCompiler compiler;
    private final CompilerRecord record;

    public CompilersStep(CompilerPlace place, HostFiles files, CommandRunner commands) {
        this.place = place;
        this.files = files;
        this.compiler = new CrossCompiler(place.tools(), commands);
        this.record = CompilerRecord.in(place.layout().state());
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "C compiler for " + place.tools().target().triple() + " ("
                + place.kind().word() + ")";
    }

    @Override
    public Set<StepId> requires() {
        return Set.of(PackagesStep.ID, KernelHeadersStep.ID, CppRecipe.ID);
    }

    @Override
    public Observation check() {
        try {
            List<Difference> differences = differences();
            if (!differences.isEmpty()) {
                return drifted(differences);
            }
            List<String> evidence = new ArrayList<>();
            evidence.add(place.links().size() + " tools, wrappers in " + place.directory());
            evidence.add(compiler.prove(place));
            return new Observation.Satisfied(evidence);
        } catch (CrossarmException failure) {
            return new Observation.Unknown(failure.problem());
        }
    }

    @Override
    public Optional<Inputs> inputs() {
        Inputs inputs = new Inputs()
                .tree(CompilerPlace.compilers(place.layout()))
                .whole(record.file())
                .whole(place.layout().bin());
        place.files().keySet().forEach(inputs::whole);
        place.links().keySet().forEach(inputs::whole);
        compiler.files(place).forEach(inputs::whole);
        return Optional.of(inputs);
    }

    private List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        place.files().forEach((file, text) -> fileDifference(file, text).ifPresent(differences::add));
        place.links()
                .forEach(
                        (link, destination) -> linkDifference(link, destination).ifPresent(differences::add));
        if (record.read().filter(place.kind().compiler()::equals).isEmpty()) {
            differences.add(new Difference(
                    record.file().toString(),
                    record.read().map(Compiler::word).orElse("missing"),
                    place.kind().word()));
        }
        // After the record: until it names this kind, another one is in force and has to stay.
        for (Path stale : stale()) {
            differences.add(Difference.leftOver(stale));
        }
        return differences;
    }

    private Optional<Difference> fileDifference(Path file, String text) {
        String subject = file.toString();
        if (Files.isSymbolicLink(file)) {
            return Optional.of(new Difference(subject, "a symbolic link", "a wrapper"));
        }
        Optional<byte[]> found = files.read(file);
        if (found.isEmpty()) {
            return Optional.of(Difference.missing(subject, "a wrapper"));
        }
        Fingerprint wanted = Fingerprint.of(text);
        Fingerprint is = Fingerprint.of(found.get());
        if (!is.equals(wanted)) {
            return Optional.of(new Difference(subject, is.value(), wanted.value()));
        }
        String mode = FileState.mode(file);
        return mode.equals(ownership(text).mode())
                ? Optional.empty()
                : Optional.of(new Difference(
                        subject, "mode " + mode, "mode " + ownership(text).mode()));
    }

    private static Ownership ownership(String text) {
        return text.startsWith("#!") ? PROGRAM : DATA;
    }

    private static Optional<Difference> linkDifference(Path link, Path destination) {
        Optional<Path> found = FileState.link(link);
        if (found.isEmpty()) {
            String state = Files.exists(link) ? "not a link" : "missing";
            return Optional.of(new Difference(link.toString(), state, "a link to " + destination));
        }
        return found.get().equals(destination)
                ? Optional.empty()
                : Optional.of(new Difference(link.toString(), "a link to " + found.get(), "a link to " + destination));
    }

    /** Directories of other kinds and versions, and links only those had. */
    private List<Path> stale() {
        List<Path> stale = new ArrayList<>();
        for (Path directory : FileState.children(CompilerPlace.compilers(place.layout()))) {
            if (!directory.equals(place.directory())) {
                stale.add(directory);
            }
        }
        for (Path link : ownLinks()) {
            if (!place.links().containsKey(link)) {
                stale.add(link);
            }
        }
        return stale;
    }

    /** Links on PATH that some kind or version of ours makes or made: by name, or because they lead into our directory. */
    private List<Path> ownLinks() {
        Path compilers = CompilerPlace.compilers(place.layout());
        List<Path> own = new ArrayList<>();
        for (Path entry : FileState.children(place.layout().bin())) {
            Optional<Path> destination = FileState.link(entry);
            if (destination.isPresent()
                    && (destination.get().startsWith(compilers) || namedByAnyKind(entry, destination.get()))) {
                own.add(entry);
            }
        }
        return own;
    }

    private boolean namedByAnyKind(Path link, Path destination) {
        return CompilerKind.ALL.stream()
                .map(kind -> new CompilerPlace(kind, place.tools(), place.layout(), place.startFiles()).links())
                .anyMatch(links -> destination.equals(links.get(link)));
    }

    private Observation drifted(List<Difference> differences) {
        return Observation.Drifted.planned(differences, plan(differences));
    }

    private List<Change> plan(List<Difference> differences) {
        List<Change> changes = new ArrayList<>();
        Map<Path, String> wrappers = place.files();
        Map<Path, Path> links = place.links();
        Set<Path> drifted = new LinkedHashSet<>();
        differences.forEach(difference -> drifted.add(Path.of(difference.subject())));
        Set<Path> together = new HashSet<>();
        together(Change.Kind.WRITE_FILE, place.directory(), wrappers.keySet(), drifted, together)
                .ifPresent(changes::add);
        together(Change.Kind.LINK, place.layout().bin(), links.keySet(), drifted, together)
                .ifPresent(changes::add);
        for (Difference difference : differences) {
            Path path = Path.of(difference.subject());
            if (together.contains(path)) {
                continue;
            }
            if (wrappers.containsKey(path)) {
                Fingerprint after = Fingerprint.of(Objects.requireNonNull(wrappers.get(path)));
                changes.add(Change.of(Change.Kind.WRITE_FILE, path.toString(), "write the wrapper " + path)
                        .withFingerprints(before(difference), after));
            } else if (path.equals(record.file())) {
                changes.add(Change.of(
                        Change.Kind.WRITE_FILE,
                        path.toString(),
                        "record " + place.kind().word() + " as the compiler in " + path));
            } else if (links.containsKey(path)) {
                changes.add(Change.of(Change.Kind.LINK, path.toString(), "link " + path + " to " + links.get(path)));
            } else {
                changes.add(Change.removal(path));
            }
        }
        return changes;
    }

    private static Optional<Change> together(
            Change.Kind kind, Path directory, Set<Path> ours, Set<Path> drifted, Set<Path> together) {
        List<Path> some = ours.stream().filter(drifted::contains).toList();
        if (some.size() < MANY) {
            return Optional.empty();
        }
        together.addAll(some);
        String what = kind == Change.Kind.LINK ? "link the names of " : "write ";
        String noun = kind == Change.Kind.LINK ? " tools in " : " files of the compiler into ";
        return Optional.of(Change.of(kind, directory.toString(), what + some.size() + noun + directory));
    }

    private static Fingerprint before(Difference difference) {
        if (difference.found().equals("missing")) {
            return Fingerprint.ABSENT;
        }
        return difference.found().startsWith("sha256:") ? new Fingerprint(difference.found()) : Fingerprint.UNKNOWN;
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        Change change = PlannedFix.of(fix);
        Path path = Path.of(change.target());
        if (path.equals(record.file())) {
            applyToRecord(change);
            return;
        }
        switch (change.kind()) {
            case WRITE_FILE -> some(place.files(), path, this::write);
            case LINK ->
                some(place.links(), path, (link, destination) -> {
                    files.createDirectories(place.layout().bin(), PROGRAM);
                    files.symlink(link, destination);
                });
            case DELETE -> {
                if (Files.isSymbolicLink(path)) {
                    files.delete(path);
                } else {
                    files.deleteTree(path);
                }
            }
            default -> throw new IllegalArgumentException("not a change of this step: " + change);
        }
    }

    private void applyToRecord(Change change) {
        if (change.kind() == Change.Kind.DELETE) {
            files.delete(record.file());
        } else {
            write(record.file(), CompilerRecord.content(place.kind().compiler()));
        }
    }

    /** The one that is named, or all when their directory is. */
    private static <V> void some(Map<Path, V> wanted, Path named, BiConsumer<Path, V> put) {
        V one = wanted.get(named);
        if (one != null) {
            put.accept(named, one);
        } else {
            wanted.forEach(put);
        }
    }

    private void write(Path file, String text) {
        files.createDirectories(Objects.requireNonNull(file.getParent()), PROGRAM);
        files.write(file, text.getBytes(StandardCharsets.UTF_8), ownership(text));
    }

    @Override
    public List<Repair> planRemoval() {
        return PlannedFix.all(removalChanges());
    }

    private List<Change> removalChanges() {
        List<Path> doomed = new ArrayList<>(ownLinks());
        addWhenOnlyOurs(place.layout().bin(), doomed);
        Path compilers = CompilerPlace.compilers(place.layout());
        if (Files.exists(compilers)) {
            doomed.add(compilers);
        }
        addWhenOnlyOurs(place.layout().prefix(), doomed);
        if (FileState.isThere(record.file())) {
            doomed.add(record.file());
        }
        return doomed.stream().map(Change::removal).toList();
    }

    /** A directory goes too when nothing would be left in it; after a removal that was cut off it may be empty already. */
    private static void addWhenOnlyOurs(Path directory, List<Path> doomed) {
        if (Files.isDirectory(directory) && doomed.containsAll(FileState.children(directory))) {
            doomed.add(directory);
        }
    }
}
