package dev.crossarm.provision.compiler;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Cost;
import dev.crossarm.plan.Difference;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A directory that a {@link Recipe} puts together as a whole is in place, undamaged and of the right origin; or is not there,
 * where the compiler kind does not want it. All work is done in a directory beside the result, which appears under its name
 * in one rename, so whoever uses it sees the old one or the new one. The check reads files only.
 */
public final class AssembledStep implements Step {
    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");
    private static final Ownership FILE = Ownership.mode("rw-r--r--");

    /** What is put together, from what, and where it belongs. */
    interface Recipe {
        StepId id();

        String summary();

        Set<StepId> requires();

        /** Why it is not needed; empty when it is. */
        Optional<String> notNeeded();

        /** What it is called in a difference. */
        String name();

        /** Holds everything of it, and nothing else. */
        Path root();

        /** The path users know it by: the directory itself, or a link to the one in use. */
        Path entry();

        /** What the manifest's origin begins with. */
        String origin();

        /** An origin as it is shown. */
        String shown(String origin);

        /** What is said of it when it is in place. */
        String evidence(SysrootManifest manifest);

        /** Something missing that the manifest does not tell of. */
        default Optional<String> damage(Path directory) {
            return Optional.empty();
        }

        /** What putting it together is, for people. */
        String doing();

        /** About what putting it together costs. */
        Cost cost();

        /** Puts it together below the workspace. */
        Assembled assemble(Path workspace, Progress progress);

        /** Runs a child to its end and gives back what it printed; a failure says what could not be put in place. */
        String run(List<String> line);
    }

    /**
     * What a recipe has made.
     *
     * @param tree where it lies so far
     * @param place the directory it is to become
     * @param origin for its manifest
     */
    record Assembled(Path tree, Path place, String origin) {}

    private sealed interface Repairing extends Fix {
        /** Puts the whole together. */
        record Assemble() implements Repairing {}

        /** Takes a directory or a link away. */
        record Remove(Path path) implements Repairing {}
    }

    private final Recipe recipe;
    private final HostFiles files;

    AssembledStep(Recipe recipe, HostFiles files) {
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
            return recipe.notNeeded().map(this::unneeded).orElseGet(this::needed);
        } catch (CrossarmException failure) {
            return new Observation.Unknown(failure.problem());
        }
    }

    private Observation unneeded(String reason) {
        return FileState.isThere(recipe.root())
                ? new Observation.Drifted(List.of(leftOver(recipe.root())))
                : Observation.Satisfied.of(reason);
    }

    private Observation needed() {
        Optional<Path> directory = inUse();
        Optional<SysrootManifest> manifest = directory.flatMap(SysrootManifest::read);
        Optional<Difference> difference = difference(directory, manifest);
        if (difference.isPresent()) {
            Change change = Change.of(Change.Kind.DOWNLOAD, recipe.entry().toString(), recipe.doing());
            Repair repair = Repair.of(difference.get(), change, new Repairing.Assemble());
            return new Observation.Drifted(List.of(repair.at(recipe.cost())));
        }
        List<Repair> rest = FileState.leftOvers(recipe.root(), recipe.entry(), directory.orElseThrow()).stream()
                .map(AssembledStep::leftOver)
                .toList();
        return rest.isEmpty()
                ? Observation.Satisfied.of(recipe.evidence(manifest.orElseThrow()))
                : new Observation.Drifted(rest);
    }

    private Optional<Path> inUse() {
        Optional<Path> linked = FileState.link(recipe.entry());
        return linked.isPresent() || !Files.isDirectory(recipe.entry(), LinkOption.NOFOLLOW_LINKS)
                ? linked
                : Optional.of(recipe.entry());
    }

    private Optional<Difference> difference(Optional<Path> directory, Optional<SysrootManifest> manifest) {
        String subject = recipe.entry().toString();
        if (directory.isEmpty() || manifest.isEmpty()) {
            return Optional.of(Difference.missing(subject, recipe.name()));
        }
        if (!manifest.get().origin().startsWith(recipe.origin())) {
            return Optional.of(
                    new Difference(subject, recipe.shown(manifest.get().origin()), recipe.shown(recipe.origin())));
        }
        return manifest.get()
                .damage(directory.get())
                .or(() -> recipe.damage(directory.get()))
                .map(damage -> new Difference(subject, damage + " is missing or changed", recipe.name()));
    }

    private static Repair leftOver(Path path) {
        return Repair.of(Difference.leftOver(path), Change.removal(path), new Repairing.Remove(path));
    }

    @Override
    public Optional<Inputs> inputs() {
        return Optional.of(new Inputs().tree(recipe.root()));
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        if (fix instanceof Repairing.Remove removal) {
            files.remove(removal.path());
        } else {
            assemble(progress);
        }
    }

    private void assemble(Progress progress) {
        Path workspace = recipe.root().resolve(".unfinished");
        files.deleteTree(workspace);
        files.createDirectories(workspace, FOLDER);
        try {
            Assembled made = recipe.assemble(workspace, progress);
            String manifest = SysrootManifest.of(made.origin(), made.tree()).text();
            files.write(made.tree().resolve(SysrootManifest.NAME), manifest.getBytes(StandardCharsets.UTF_8), FILE);
            putInPlace(made, workspace);
            files.deleteTree(workspace);
        } catch (CrossarmException failed) {
            takeBack(workspace, failed);
            throw failed;
        }
    }

    /** An attempt that failed leaves nothing: a machine that worked without it is as it was. */
    private void takeBack(Path workspace, CrossarmException failed) {
        try {
            files.deleteTree(workspace);
            if (FileState.children(recipe.root()).isEmpty()) {
                files.deleteTree(recipe.root());
            }
        } catch (CrossarmException kept) {
            failed.addSuppressed(kept);
        }
    }

    private void putInPlace(Assembled made, Path workspace) {
        // Written by other programs: on disk before a name leads to it.
        recipe.run(List.of("sync", "--file-system", made.tree().toString()));
        if (Files.exists(made.place())) {
            files.deleteTree(made.place());
        }
        recipe.run(List.of(
                "mv",
                "--no-target-directory",
                made.tree().toString(),
                made.place().toString()));
        if (!made.place().equals(recipe.entry())) {
            files.symlink(recipe.entry(), recipe.root().relativize(made.place()));
        }
        for (Path entry : FileState.leftOvers(recipe.root(), made.place(), recipe.entry(), workspace)) {
            files.remove(entry);
        }
    }

    @Override
    public List<Repair> planRemoval() {
        return FileState.isThere(recipe.root())
                ? List.of(Repair.of(Change.removal(recipe.root()), new Repairing.Remove(recipe.root())))
                : List.of();
    }
}
