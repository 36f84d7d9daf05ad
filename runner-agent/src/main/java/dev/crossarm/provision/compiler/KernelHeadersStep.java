package dev.crossarm.provision.compiler;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.packages.PackagesStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Links to the kernel's headers lie beside musl's. A step of its own, because they wait for the package manager and musl's
 * headers do not: those are fetched while it works. No recipe of {@link FileSetStep}: where the links lead is known only once the
 * packages are installed, and a header that is missing ends the step with the package's name.
 */
public final class KernelHeadersStep implements Step {
    public static final StepId ID = StepId.of("kernel-headers");

    private enum Repairing implements Fix {
        LINK,
        REMOVE
    }

    private final CompilerPlace place;
    private final MuslSysroot sysroot;
    private final KernelHeaders kernel;
    private final HostFiles files;

    /** @param root where the host's file system begins; {@code /} but for tests */
    public KernelHeadersStep(Path root, CompilerPlace place, HostFiles files) {
        this.place = place;
        this.sysroot = MuslSysroot.of(place.layout());
        this.kernel = new KernelHeaders(root, place.tools().target());
        this.files = files;
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "the kernel's headers for " + place.tools().target().triple();
    }

    @Override
    public Set<StepId> requires() {
        return place.kind().needsSysroot() ? Set.of(PackagesStep.ID, MuslRecipe.ID) : Set.of(PackagesStep.ID);
    }

    @Override
    public Observation check() {
        try {
            if (!place.kind().needsSysroot()) {
                return Observation.Satisfied.of(
                        "not needed by the compiler kind " + place.kind().word());
            }
            String subject = sysroot.kernel().toString();
            return kernel.linkedFrom(sysroot.kernel())
                    ? Observation.Satisfied.of(subject)
                    : new Observation.Drifted(List.of(Repair.of(
                            new Difference(subject, "incomplete", "links to the kernel's headers"),
                            Change.of(Change.Kind.LINK, subject, "link the kernel's headers from " + subject),
                            Repairing.LINK)));
        } catch (CrossarmException failure) {
            return new Observation.Unknown(failure.problem());
        }
    }

    @Override
    public Optional<Inputs> inputs() {
        Inputs inputs = new Inputs().whole(sysroot.current()).tree(sysroot.kernel());
        kernel.places().forEach(inputs::place);
        return Optional.of(inputs);
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        if (fix == Repairing.REMOVE) {
            files.deleteTree(sysroot.kernel());
            return;
        }
        if (!Files.isDirectory(sysroot.current())) {
            throw Problem.of(
                            ExitStatus.STEP_FAILED,
                            "musl-headers-missing",
                            "musl's headers, which the kernel's headers need, are missing",
                            "crossarm provision --only musl-sysroot,kernel-headers")
                    .asException();
        }
        kernel.require();
        kernel.linkFrom(sysroot.kernel(), files);
    }

    @Override
    public List<Repair> planRemoval() {
        return FileState.isThere(sysroot.kernel())
                ? List.of(Repair.of(Change.removal(sysroot.kernel()), Repairing.REMOVE))
                : List.of();
    }
}
