package dev.crossarm.provision.compiler;

import dev.crossarm.host.HostFacts;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Cost;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.StepPorts;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.packages.ForeignPackage;
import dev.crossarm.provision.packages.MirrorRetry;
import dev.crossarm.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * musl's headers for the target, from the distribution's own signed package. A compiler kind that compiles against other headers
 * has none. The network is used when there is something to fetch, with programs every Debian has, so that nothing has to be
 * installed before. The version appears first and the link to it changes in one rename after that.
 */
public final class MuslRecipe implements AssembledStep.Recipe {
    public static final StepId ID = StepId.of("musl-sysroot");

    private static final String PACKAGE = "musl-dev";

    /** Mostly the package lists of another architecture, which are not kept. */
    private static final Cost COST = Cost.ofMegabytes(10, 3, Duration.ofSeconds(10));

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");

    private final CompilerPlace place;
    private final MuslSysroot sysroot;
    private final Target target;
    private final HostFacts host;
    private final ForeignPackage source;
    private final KernelHeaders kernel;
    private final HostFiles files;
    private final CommandRunner commands;

    private MuslRecipe(Path root, CompilerPlace place, HostFacts host, StepPorts ports) {
        this.place = place;
        this.sysroot = MuslSysroot.of(place.layout());
        this.target = place.tools().target();
        this.host = host;
        this.source = new ForeignPackage(
                root, target.debianArchitecture(), ports.files(), ports.commands(), new MirrorRetry(ports.sleeper()));
        this.kernel = new KernelHeaders(root, target);
        this.files = ports.files();
        this.commands = ports.commands();
    }

    /**
     * The step for this host.
     *
     * @param root where the host's file system begins; {@code /} but for tests
     */
    public static AssembledStep step(Path root, CompilerPlace place, HostFacts host, StepPorts ports) {
        return new AssembledStep(new MuslRecipe(root, place, host, ports), ports.files());
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "musl's headers for " + target.triple();
    }

    @Override
    public Set<StepId> requires() {
        // Where it is not needed it goes, but not before the compiler that does without it is in place.
        return place.kind().needsSysroot() ? Set.of() : Set.of(CompilersRecipe.ID);
    }

    @Override
    public Optional<String> notNeeded() {
        return place.kind().needsSysroot()
                ? Optional.empty()
                : Optional.of("not needed by the compiler kind " + place.kind().word());
    }

    @Override
    public String name() {
        return "musl's headers";
    }

    @Override
    public Path root() {
        return sysroot.directory();
    }

    @Override
    public Path entry() {
        return sysroot.current();
    }

    @Override
    public String origin() {
        return host.osId() + " " + host.osVersion() + " ";
    }

    @Override
    public String shown(String origin) {
        return "headers of " + origin;
    }

    @Override
    public String evidence(SysrootManifest manifest) {
        return manifest.sizes().size() + " headers, from " + manifest.origin();
    }

    @Override
    public String doing() {
        return "fetch " + PACKAGE + " for " + target.debianArchitecture() + ", put its headers into "
                + sysroot.directory();
    }

    @Override
    public Cost cost() {
        return COST;
    }

    @Override
    public AssembledStep.Assembled assemble(Path workspace, Progress progress) {
        Path archive = source.fetch(PACKAGE, workspace.resolve("apt"), progress);
        progress.line("unpacking " + archive.getFileName());
        String version = run(List.of("dpkg-deb", "--field", archive.toString(), "Version"));
        return new AssembledStep.Assembled(
                unpack(archive, workspace), sysroot.version(version), origin() + PACKAGE + " " + version);
    }

    private Path unpack(Path archive, Path workspace) {
        Path unpacked = workspace.resolve("unpacked");
        run(List.of("dpkg-deb", "--extract", archive.toString(), unpacked.toString()));
        Path headers = unpacked.resolve("usr/include").resolve(target.architecture() + "-linux-musl");
        if (!Files.isRegularFile(headers.resolve("stdlib.h"))) {
            throw Problem.of(
                            ExitStatus.DATA,
                            "package-without-headers",
                            PACKAGE + " does not contain the expected headers",
                            "crossarm provision --compiler gnu")
                    .withDetail("no stdlib.h in " + headers)
                    .asException();
        }
        Path tree = workspace.resolve("tree");
        files.createDirectories(tree, FOLDER);
        run(List.of("mv", "--no-target-directory", headers.toString(), tree + "/include"));
        Path licence = unpacked.resolve("usr/share/doc").resolve(PACKAGE).resolve("copyright");
        if (Files.isRegularFile(licence)) {
            run(List.of("mv", "--no-target-directory", licence.toString(), tree + "/copyright"));
        }
        // As far as they are there: headers in use get a successor that has the kernel's from its first moment.
        kernel.linkFrom(MuslSysroot.kernelOf(tree), files);
        return tree;
    }

    @Override
    public String run(List<String> line) {
        return commands.run(Command.of(line).within(DEADLINE))
                .orThrow("musl-headers", "musl's headers could not be put in place", "crossarm provision")
                .out()
                .whole()
                .strip();
    }
}
