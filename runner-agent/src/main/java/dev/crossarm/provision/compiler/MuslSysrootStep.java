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
import dev.crossarm.provision.packages.ForeignPackage;
import dev.crossarm.provision.packages.MirrorRetry;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * musl's headers for the target are in place, from the distribution's own signed package. A compiler kind that compiles against
 * other headers has none. The check reads files only; the network is used when there is something to fetch, with programs
 * every Debian has, so that nothing has to be installed before.
 */
public final class MuslSysrootStep implements Step {
    public static final StepId ID = StepId.of("musl-sysroot");

    private final CompilerPlace place;
    private final MuslSysroot sysroot;
    private final HostFacts host;
    private final SysrootAssembly assembly;

    /** @param assembly how a version comes to its place */
    MuslSysrootStep(CompilerPlace place, HostFacts host, SysrootAssembly assembly) {
        this.place = place;
        this.sysroot = MuslSysroot.of(place.layout());
        this.host = host;
        this.assembly = assembly;
    }

    /**
     * The step for this host.
     *
     * @param root where the host's file system begins; {@code /} but for tests
     */
    public static MuslSysrootStep of(Path root, CompilerPlace place, HostFacts host, RustPorts ports) {
        Target target = place.tools().target();
        KernelHeaders kernel = new KernelHeaders(root, target);
        ForeignPackage source = new ForeignPackage(
                root, target.debianArchitecture(), ports.files(), ports.commands(), new MirrorRetry(ports.sleeper()));
        SysrootAssembly assembly = new SysrootAssembly(
                MuslSysroot.of(place.layout()), target, source, kernel, ports.files(), ports.commands());
        return new MuslSysrootStep(place, host, assembly);
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "musl's headers for " + place.tools().target().triple();
    }

    @Override
    public Set<StepId> requires() {
        return Set.of();
    }

    @Override
    public Observation check() {
        try {
            if (!place.kind().needsSysroot()) {
                return FileState.isThere(sysroot.directory())
                        ? drifted(List.of(Difference.leftOver(sysroot.directory())))
                        : Observation.Satisfied.of("not needed by the compiler kind "
                                + place.kind().word());
            }
            Optional<Path> version = FileState.link(sysroot.current());
            Optional<SysrootManifest> manifest = version.flatMap(SysrootManifest::read);
            Optional<Difference> difference = headers(version, manifest);
            if (difference.isPresent()) {
                return drifted(List.of(difference.get()));
            }
            List<Difference> rest =
                    FileState.leftOvers(sysroot.directory(), sysroot.current(), version.orElseThrow()).stream()
                            .map(Difference::leftOver)
                            .toList();
            return rest.isEmpty() ? satisfied(manifest.orElseThrow()) : drifted(rest);
        } catch (CrossarmException failure) {
            return new Observation.Unknown(failure.problem());
        }
    }

    @Override
    public Optional<Inputs> inputs() {
        return Optional.of(new Inputs().tree(sysroot.directory()));
    }

    private Optional<Difference> headers(Optional<Path> version, Optional<SysrootManifest> manifest) {
        String subject = sysroot.current().toString();
        if (version.isEmpty() || manifest.isEmpty()) {
            return Optional.of(Difference.missing(subject, "musl's headers"));
        }
        if (!manifest.get().origin().startsWith(origin())) {
            return Optional.of(
                    new Difference(subject, "headers of " + manifest.get().origin(), "headers of " + origin()));
        }
        return manifest.get()
                .damage(version.get())
                .map(damage -> new Difference(subject, damage + " is missing or changed", "musl's headers"));
    }

    private String origin() {
        return host.osId() + " " + host.osVersion() + " ";
    }

    private static Observation satisfied(SysrootManifest manifest) {
        return Observation.Satisfied.of(manifest.sizes().size() + " headers, from " + manifest.origin());
    }

    private Observation drifted(List<Difference> differences) {
        return Observation.Drifted.planned(differences, plan(differences));
    }

    private List<Change> plan(List<Difference> differences) {
        String current = sysroot.current().toString();
        List<Change> changes = new ArrayList<>();
        for (Difference difference : differences) {
            if (difference.subject().equals(current)) {
                changes.add(Change.of(
                        Change.Kind.DOWNLOAD,
                        current,
                        "download " + SysrootAssembly.PACKAGE + " for "
                                + place.tools().target().debianArchitecture() + ", put its headers into "
                                + sysroot.directory()));
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
            case DOWNLOAD -> assembly.make(origin(), progress);
            case DELETE -> assembly.remove(Path.of(change.target()));
            default -> throw new IllegalArgumentException("not a change of this step: " + change);
        }
    }

    @Override
    public List<Repair> planRemoval() {
        return PlannedFix.all(removalChanges());
    }

    private List<Change> removalChanges() {
        return FileState.isThere(sysroot.directory()) ? List.of(Change.removal(sysroot.directory())) : List.of();
    }
}
