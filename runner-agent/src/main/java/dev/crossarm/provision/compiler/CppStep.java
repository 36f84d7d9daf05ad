package dev.crossarm.provision.compiler;

import dev.crossarm.host.HostFacts;
import dev.crossarm.host.files.FileState;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.PlannedFix;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.RustPorts;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.provision.packages.PackagesStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * C++ for the target is in place when the compiler kind wants it, and is not there when it does not: clang out of zig's
 * wheel, and libc++ built from the sources in the same wheel. The check reads files only; the network is used when there
 * is something to fetch.
 */
public final class CppStep implements Step {
    public static final StepId ID = StepId.of("cpp");

    private final CompilerPlace compiler;
    private final CppPlace place;
    private final HostFacts host;
    private final CppAssembly assembly;

    /** @param assembly how a version comes to its place */
    CppStep(CompilerPlace compiler, HostFacts host, CppAssembly assembly) {
        this.compiler = compiler;
        this.place = CppPlace.of(compiler.layout());
        this.host = host;
        this.assembly = assembly;
    }

    /** The step for this host. */
    public static CppStep of(CompilerPlace compiler, HostFacts host, RustPorts ports) {
        ZigWheel wheel = new ZigWheel(host.architecture(), ZigWheel.PYTHONS, ports.files(), ports.commands());
        return new CppStep(compiler, host, new CppAssembly(compiler, host, ports.files(), wheel, ports.commands()));
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "C++ for " + compiler.tools().target().triple();
    }

    @Override
    public Set<StepId> requires() {
        return Set.of(PackagesStep.ID, KernelHeadersStep.ID);
    }

    @Override
    public Observation check() {
        try {
            if (!compiler.kind().needsCpp()) {
                return FileState.isThere(place.root())
                        ? drifted(List.of(Difference.leftOver(place.root())))
                        : Observation.Satisfied.of("not requested; to add it: crossarm provision --cpp");
            }
            Optional<SysrootManifest> manifest = SysrootManifest.read(place.directory());
            Optional<Difference> difference = difference(manifest);
            if (difference.isPresent()) {
                return drifted(List.of(difference.get()));
            }
            List<Difference> rest = FileState.leftOvers(place.root(), place.directory()).stream()
                    .map(Difference::leftOver)
                    .toList();
            return rest.isEmpty() ? satisfied() : drifted(rest);
        } catch (CrossarmException failure) {
            return new Observation.Unknown(failure.problem());
        }
    }

    private Optional<Difference> difference(Optional<SysrootManifest> manifest) {
        String subject = place.directory().toString();
        if (manifest.isEmpty()) {
            return Optional.of(Difference.missing(subject, "C++"));
        }
        String origin = CppPlace.origin(compiler.tools().target(), host.architecture());
        if (!manifest.get().origin().equals(origin)) {
            return Optional.of(new Difference(subject, manifest.get().origin(), origin));
        }
        return manifest.get()
                .damage(place.directory())
                .or(() -> Files.isExecutable(place.compiler()) ? Optional.empty() : Optional.of("zig"))
                .map(file -> new Difference(subject, file + " is missing or changed", "C++"));
    }

    private Observation satisfied() {
        return Observation.Satisfied.of("clang and libc++ from zig " + ZigWheel.VERSION + " in " + place.directory());
    }

    @Override
    public Optional<Inputs> inputs() {
        return Optional.of(new Inputs().tree(place.root()));
    }

    private Observation drifted(List<Difference> differences) {
        return Observation.Drifted.planned(differences, plan(differences));
    }

    private List<Change> plan(List<Difference> differences) {
        List<Change> changes = new ArrayList<>();
        for (Difference difference : differences) {
            if (difference.subject().equals(place.directory().toString())) {
                changes.add(Change.of(
                        Change.Kind.DOWNLOAD,
                        difference.subject(),
                        "download zig " + ZigWheel.VERSION + " (100 MB) with pip, build libc++ for "
                                + compiler.tools().target().triple() + ", put both into " + difference.subject()));
            } else {
                changes.add(Change.removal(Path.of(difference.subject())));
            }
        }
        return changes;
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        Change change = PlannedFix.of(fix);
        switch (change.kind()) {
            case DOWNLOAD -> assembly.make(progress);
            case DELETE -> assembly.remove(Path.of(change.target()));
            default -> throw new IllegalArgumentException("not a change of this step: " + change);
        }
    }

    @Override
    public List<Repair> planRemoval() {
        return PlannedFix.all(removalChanges());
    }

    private List<Change> removalChanges() {
        return FileState.isThere(place.root()) ? List.of(Change.removal(place.root())) : List.of();
    }
}
