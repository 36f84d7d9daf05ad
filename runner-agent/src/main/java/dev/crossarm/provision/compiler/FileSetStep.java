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
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Files and links are as a {@link Recipe} declares them, and what it no longer declares is gone. */
public final class FileSetStep implements Step {
    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");

    /** From this many on, files or links are one change and not one each. */
    private static final int MANY = 5;

    /** What is to be there. */
    interface Recipe {
        StepId id();

        String summary();

        Set<StepId> requires();

        /** Written first. */
        List<Declared> files();

        /** Names, to what they lead to. */
        default Map<Path, Path> links() {
            return Map.of();
        }

        /** Written once all others and the links are in place and the evidence was seen. */
        default List<Declared> lastFiles() {
            return List.of();
        }

        /** What was declared at some time and is no longer; taken away at the end. */
        List<Path> stale();

        /** What is said when all is as declared. May look further, and throw what it finds. */
        List<String> evidence();

        /** What the check reads beside the files and links themselves. */
        default Inputs inputs() {
            return new Inputs();
        }

        /** All a removal takes away, in that order. */
        List<Path> ours();

        /** Where the files are. */
        Path directory();

        /** Where the links are. */
        default Path linkDirectory() {
            return directory();
        }

        /** What writing many files is, for people. */
        default String manyFiles(int count) {
            return "write " + count + " files into " + directory();
        }

        /** What making many links is, for people. */
        default String manyLinks(int count) {
            return "make " + count + " links in " + linkDirectory();
        }
    }

    /**
     * A file.
     *
     * @param what it is, for a difference
     * @param doing what writing it is, for people
     * @param shown a content as a difference shows it
     */
    record Declared(Path path, String content, String what, String doing, UnaryOperator<String> shown) {
        private static final Ownership PROGRAM = Ownership.mode("rwxr-xr-x");
        private static final Ownership DATA = Ownership.mode("rw-r--r--");

        /** One whose content is not shown. */
        static Declared of(Path path, String content, String what, String doing) {
            return new Declared(
                    path, content, what, doing, text -> Fingerprint.of(text).value());
        }

        byte[] bytes() {
            return content.getBytes(StandardCharsets.UTF_8);
        }

        /** Scripts are there to be run. */
        Ownership ownership() {
            return content.startsWith("#!") ? PROGRAM : DATA;
        }
    }

    private sealed interface Repairing extends Fix {
        /** Writes these files. */
        record Write(List<Path> paths) implements Repairing {
            boolean names(Declared file) {
                return paths.contains(file.path());
            }
        }

        /** Makes these links. */
        record Link(List<Path> paths) implements Repairing {}

        /** Takes a file, a link or a directory away. */
        record Remove(Path path) implements Repairing {}
    }

    private final Recipe recipe;
    private final HostFiles files;

    FileSetStep(Recipe recipe, HostFiles files) {
        this.recipe = recipe;
        this.files = files;
    }

    @Override
    public StepId id() {
        return recipe.id();
    }

    @Override
    public String summary() {
        return recipe.summary();
    }

    @Override
    public Set<StepId> requires() {
        return recipe.requires();
    }

    @Override
    public Observation check() {
        try {
            List<Repair> repairs = new ArrayList<>(writing(recipe.files()));
            repairs.addAll(together(linking()));
            repairs.addAll(writing(recipe.lastFiles()));
            recipe.stale()
                    .forEach(path -> repairs.add(
                            Repair.of(Difference.leftOver(path), Change.removal(path), new Repairing.Remove(path))));
            return repairs.isEmpty() ? new Observation.Satisfied(recipe.evidence()) : new Observation.Drifted(repairs);
        } catch (CrossarmException failure) {
            return new Observation.Unknown(failure.problem());
        }
    }

    /** Many are one for people; what each is stays in the differences. */
    private List<Repair> writing(List<Declared> declared) {
        List<Differing> differing =
                declared.stream().flatMap(file -> differing(file).stream()).toList();
        return differing.size() < MANY
                ? differing.stream().map(Differing::repair).toList()
                : List.of(new Repair(
                        differing.stream().map(Differing::difference).toList(),
                        Change.of(
                                Change.Kind.WRITE_FILE,
                                recipe.directory().toString(),
                                recipe.manyFiles(differing.size())),
                        new Repairing.Write(differing.stream()
                                .map(each -> each.file().path())
                                .toList())));
    }

    private Optional<Differing> differing(Declared file) {
        String subject = file.path().toString();
        if (Files.isSymbolicLink(file.path())) {
            return differing(file, new Difference(subject, "a symbolic link", file.what()), Fingerprint.UNKNOWN);
        }
        Optional<byte[]> found = files.read(file.path());
        if (found.isEmpty()) {
            return differing(file, Difference.missing(subject, file.what()), Fingerprint.ABSENT);
        }
        if (!Arrays.equals(found.get(), file.bytes())) {
            String is = file.shown().apply(new String(found.get(), StandardCharsets.UTF_8));
            return differing(
                    file, new Difference(subject, is, file.shown().apply(file.content())), Fingerprint.of(found.get()));
        }
        String mode = FileState.mode(file.path());
        String wanted = file.ownership().mode();
        return mode.equals(wanted)
                ? Optional.empty()
                : differing(file, new Difference(subject, "mode " + mode, "mode " + wanted), Fingerprint.UNKNOWN);
    }

    private static Optional<Differing> differing(Declared file, Difference difference, Fingerprint before) {
        return Optional.of(new Differing(file, difference, before));
    }

    /** A file that is not as it should be. Its digest is taken only where it is shown: a compiler has hundreds. */
    private record Differing(Declared file, Difference difference, Fingerprint before) {
        Repair repair() {
            Change change = Change.of(Change.Kind.WRITE_FILE, difference.subject(), file.doing())
                    .withFingerprints(before, Fingerprint.of(file.bytes()));
            return Repair.of(difference, change, new Repairing.Write(List.of(file.path())));
        }
    }

    private List<Repair> linking() {
        List<Repair> repairs = new ArrayList<>();
        recipe.links().forEach((link, destination) -> {
            Optional<Path> found = FileState.link(link);
            if (!found.equals(Optional.of(destination))) {
                String is = found.map(to -> "a link to " + to)
                        .orElse(Files.exists(link, LinkOption.NOFOLLOW_LINKS) ? "not a link" : "missing");
                repairs.add(Repair.of(
                        new Difference(link.toString(), is, "a link to " + destination),
                        Change.of(Change.Kind.LINK, link.toString(), "link " + link + " to " + destination),
                        new Repairing.Link(List.of(link))));
            }
        });
        return repairs;
    }

    private List<Repair> together(List<Repair> repairs) {
        if (repairs.size() < MANY) {
            return repairs;
        }
        List<Difference> differences = new ArrayList<>();
        List<Path> paths = new ArrayList<>();
        for (Repair repair : repairs) {
            differences.addAll(repair.differences());
            paths.addAll(((Repairing.Link) repair.fix()).paths());
        }
        return List.of(new Repair(
                differences,
                Change.of(Change.Kind.LINK, recipe.linkDirectory().toString(), recipe.manyLinks(paths.size())),
                new Repairing.Link(paths)));
    }

    @Override
    public Optional<Inputs> inputs() {
        Inputs inputs = recipe.inputs();
        Stream.concat(recipe.files().stream(), recipe.lastFiles().stream()).forEach(file -> inputs.whole(file.path()));
        recipe.links().keySet().forEach(inputs::whole);
        return Optional.of(inputs);
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        if (fix instanceof Repairing.Write writing) {
            recipe.files().stream().filter(writing::names).forEach(this::write);
            List<Declared> last =
                    recipe.lastFiles().stream().filter(writing::names).toList();
            if (!last.isEmpty()) {
                recipe.evidence();
            }
            last.forEach(this::write);
        } else if (fix instanceof Repairing.Link linking) {
            Map<Path, Path> links = recipe.links();
            for (Path link : linking.paths()) {
                files.createDirectories(Objects.requireNonNull(link.getParent()), FOLDER);
                files.symlink(link, Objects.requireNonNull(links.get(link)));
            }
        } else {
            files.remove(((Repairing.Remove) fix).path());
        }
    }

    private void write(Declared file) {
        if (Files.isSymbolicLink(file.path())) {
            files.delete(file.path());
        }
        files.createDirectories(Objects.requireNonNull(file.path().getParent()), FOLDER);
        files.write(file.path(), file.bytes(), file.ownership());
    }

    @Override
    public List<Repair> planRemoval() {
        return recipe.ours().stream()
                .map(path -> Repair.of(Change.removal(path), new Repairing.Remove(path)))
                .toList();
    }
}
