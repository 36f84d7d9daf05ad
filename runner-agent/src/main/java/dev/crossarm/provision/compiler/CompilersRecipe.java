package dev.crossarm.provision.compiler;

import dev.crossarm.config.CompilerRecord;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.StepId;
import dev.crossarm.provision.packages.PackagesStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The compiler for C is in place: wrappers in a directory that carries their version, names that lead to it on a job's
 * PATH, and behind them a compiler that really builds for the target and has a C library's headers. Then the kind goes on
 * record, and directories of other kinds and versions are removed.
 */
public final class CompilersRecipe implements FileSetStep.Recipe {
    public static final StepId ID = StepId.of("compilers");

    private final CompilerPlace place;
    private final CrossCompiler compiler;
    private final CompilerRecord record;

    private CompilersRecipe(CompilerPlace place, CommandRunner commands) {
        this.place = place;
        this.compiler = new CrossCompiler(place.tools(), commands);
        this.record = CompilerRecord.in(place.layout().state());
    }

    /** The step for this place. */
    public static FileSetStep step(CompilerPlace place, HostFiles files, CommandRunner commands) {
        return new FileSetStep(new CompilersRecipe(place, commands), files);
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
        return place.kind().needsCpp()
                ? Set.of(PackagesStep.ID, KernelHeadersStep.ID, CppRecipe.ID)
                : Set.of(PackagesStep.ID, KernelHeadersStep.ID);
    }

    @Override
    public List<FileSetStep.Declared> files() {
        return place.files().entrySet().stream()
                .map(file -> FileSetStep.Declared.of(
                        file.getKey(), file.getValue(), "a wrapper", "write the wrapper " + file.getKey()))
                .toList();
    }

    @Override
    public Map<Path, Path> links() {
        return place.links();
    }

    /** Before what is stale goes: until the record names this kind, another one is in force and has to stay. */
    @Override
    public List<FileSetStep.Declared> lastFiles() {
        String word = place.kind().word();
        return List.of(new FileSetStep.Declared(
                record.file(),
                CompilerRecord.content(place.kind().compiler()),
                word,
                "record " + word + " as the compiler in " + record.file(),
                String::strip));
    }

    @Override
    public Path directory() {
        return place.directory();
    }

    @Override
    public Path linkDirectory() {
        return place.layout().bin();
    }

    @Override
    public String manyFiles(int count) {
        return "write " + count + " files of the compiler into " + directory();
    }

    @Override
    public String manyLinks(int count) {
        return "link " + count + " programs into " + linkDirectory();
    }

    @Override
    public List<String> evidence() {
        return List.of(place.links().size() + " tools, wrappers in " + place.directory(), compiler.prove(place));
    }

    @Override
    public Inputs inputs() {
        Inputs inputs = new Inputs()
                .tree(CompilerPlace.compilers(place.layout()))
                .whole(place.layout().bin());
        compiler.files(place).forEach(inputs::whole);
        return inputs;
    }

    /** Directories of other kinds and versions, and links only those had. */
    @Override
    public List<Path> stale() {
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
        return CompilerKind.all().stream()
                .map(kind -> new CompilerPlace(kind, place.tools(), place.layout(), place.startFiles()).links())
                .anyMatch(links -> destination.equals(links.get(link)));
    }

    @Override
    public List<Path> ours() {
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
        return doomed;
    }

    /** A directory goes too when nothing would be left in it; after a removal that was cut off it may be empty already. */
    private static void addWhenOnlyOurs(Path directory, List<Path> doomed) {
        if (Files.isDirectory(directory) && doomed.containsAll(FileState.children(directory))) {
            doomed.add(directory);
        }
    }
}
