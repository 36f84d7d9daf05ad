package dev.crossarm.provision.rust;

import dev.crossarm.config.Settings.RustupSource;
import dev.crossarm.download.Downloader;
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
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.RustPorts;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.provision.packages.PackageInstaller;
import dev.crossarm.provision.packages.PackagesStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * rustup works in the cargo home that jobs use, and the Rust homes belong to the job user. A rustup that works is kept,
 * wherever it came from.
 */
public final class RustupStep implements Step {
    public static final StepId ID = StepId.of("rustup");

    private static final Path CERTIFICATES = Path.of("/etc/ssl/certs/ca-certificates.crt");
    private static final String UPDATE = "rustup self update";
    private static final Ownership HOME = Ownership.mode("rwxr-xr-x");

    private final RustPlace place;
    private final RustupInstallation installation;
    private final RustupProgram program;
    private final HostFiles files;
    private final ReceiptStore receipts;
    private final InstantSource clock;
    private final Optional<Instant> upgradeSince;

    /**
     * The step for this host.
     *
     * @param root where the host's file system begins; {@code /} but for tests
     * @param installer where rustup is to be, or has to be, a package
     * @param upgradeSince rustup is to have updated itself since then; absent to keep the one that is there
     */
    public static RustupStep of(
            Path root,
            RustPlace place,
            RustPorts ports,
            Downloader downloader,
            PackageInstaller installer,
            InstantSource clock,
            Optional<Instant> upgradeSince) {
        RustupPackage packaged = new AptRustupPackage(installer, ports.commands(), root.resolve("usr/bin"));
        RustupSite site = FolderRustupSite.serves(place.updateRoot())
                ? new FolderRustupSite(ports.files())
                : new DownloadedRustupSite(downloader);
        return new RustupStep(place, ports, site, packaged, clock, upgradeSince);
    }

    /** @param upgradeSince rustup is to have updated itself since then; absent to keep the one that is there */
    RustupStep(
            RustPlace place,
            RustPorts ports,
            RustupSite site,
            RustupPackage packaged,
            InstantSource clock,
            Optional<Instant> upgradeSince) {
        this.place = place;
        this.files = ports.files();
        CommandRunner commands = ports.commands();
        this.receipts = ports.receipts();
        this.clock = clock;
        this.upgradeSince = upgradeSince;
        this.installation = new RustupInstallation(place, site, packaged, files, commands);
        this.program = new RustupProgram(place, commands);
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "rustup in " + place.layout().cargoHome();
    }

    /** Packages come first where rustup is one of them, or where the certificates to fetch it with come from them. */
    @Override
    public Set<StepId> requires() {
        boolean packaged = place.settings().rustupSource() == RustupSource.DISTRIBUTION;
        boolean certificates = place.updateRoot().startsWith("https:") && !Files.exists(CERTIFICATES);
        return packaged || certificates ? Set.of(PackagesStep.ID) : Set.of();
    }

    @Override
    public Observation check() {
        try {
            List<Difference> differences = homes();
            Optional<String> version = program.version();
            programDifference(version).ifPresent(differences::add);
            if (Files.exists(installation.installer())) {
                differences.add(Difference.leftOver(installation.installer()));
            }
            if (version.isPresent() && upgradeSince.isPresent() && !receipt().upgradedSince(upgradeSince.get())) {
                differences.add(new Difference(UPDATE, "rustup " + version.get(), "the newest"));
            }
            return differences.isEmpty()
                    ? Observation.Satisfied.of("rustup " + version.orElse("") + " in "
                            + place.layout().cargoBin())
                    : drifted(differences);
        } catch (CrossarmException failure) {
            return new Observation.Unknown(failure.problem());
        }
    }

    /** What rustup says of itself depends on its program, and on the toolchain it is to use. */
    @Override
    public Optional<Inputs> inputs() {
        Inputs inputs = new Inputs()
                .place(place.layout().rustupHome())
                .place(place.layout().cargoHome())
                .whole(place.layout().rustupHome().resolve("settings.toml"))
                .whole(installation.installer());
        program.files().forEach(inputs::whole);
        return upgradeSince.isPresent() ? Optional.empty() : Optional.of(inputs);
    }

    private List<Difference> homes() {
        List<Difference> differences = new ArrayList<>();
        for (Path home : List.of(place.layout().rustupHome(), place.layout().cargoHome())) {
            if (!Files.isDirectory(home)) {
                differences.add(Difference.missing(home.toString(), "a directory"));
            } else if (place.layout().ownRustHomes() && place.user().isPresent()) {
                String owner = FileState.owner(home);
                if (!owner.equals(place.user().get())) {
                    differences.add(new Difference(
                            home.toString(),
                            "owned by " + owner,
                            "owned by " + place.user().get()));
                }
            }
        }
        return differences;
    }

    private Optional<Difference> programDifference(Optional<String> version) {
        String subject = place.rustup().toString();
        if (!program.present()) {
            return Optional.of(Difference.missing(subject, "rustup"));
        }
        if (version.isEmpty()) {
            return Optional.of(new Difference(subject, "does not run", "rustup"));
        }
        List<String> missing = program.missingProxies();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(subject, "without " + String.join(", ", missing), "with all its names"));
    }

    private Observation drifted(List<Difference> differences) {
        return Observation.Drifted.planned(differences, plan(differences));
    }

    private List<Change> plan(List<Difference> differences) {
        List<Change> changes = new ArrayList<>();
        for (Difference difference : differences) {
            String subject = difference.subject();
            if (subject.equals(place.rustup().toString())) {
                changes.add(Change.of(Change.Kind.RUN, subject, "install rustup " + source())
                        .withFingerprints(
                                difference.found().equals("missing") ? Fingerprint.ABSENT : Fingerprint.UNKNOWN,
                                Fingerprint.UNKNOWN));
            } else if (subject.equals(UPDATE)) {
                changes.add(Change.of(Change.Kind.RUN, UPDATE, "let rustup update itself from " + place.updateRoot()));
            } else if (subject.equals(installation.installer().toString())) {
                changes.add(Change.of(Change.Kind.DELETE, subject, "remove the left-over installer " + subject));
            } else if (difference.found().equals("missing")) {
                changes.add(Change.of(Change.Kind.MAKE_DIRECTORY, subject, "make " + subject + forUser()));
            } else {
                changes.add(Change.of(Change.Kind.RUN, subject, "give " + subject + forUser()));
            }
        }
        return changes;
    }

    private String source() {
        return switch (place.settings().rustupSource()) {
            case OFFICIAL -> "from " + place.updateRoot();
            case DISTRIBUTION -> "from the distribution's package";
            case AUTO -> "from " + place.updateRoot() + ", or the distribution's package where that does not answer";
        };
    }

    private String forUser() {
        return place.user().map(user -> " to " + user).orElse("");
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        Change change = PlannedFix.of(fix);
        Path target = Path.of(change.target());
        switch (change.kind()) {
            case MAKE_DIRECTORY -> {
                receipts.write(ID, receipt().withHomes(missingHomes()));
                files.createDirectories(target, HOME.of(place.user()));
            }
            case DELETE -> removal().delete(target);
            case RUN -> run(change, progress);
            default -> throw new IllegalArgumentException("not a change of this step: " + change);
        }
    }

    private List<String> missingHomes() {
        return Stream.of(place.layout().rustupHome(), place.layout().cargoHome())
                .filter(home -> !Files.exists(home))
                .map(Path::toString)
                .toList();
    }

    private void run(Change change, Progress progress) {
        if (change.target().equals(UPDATE)) {
            installation.upgrade(progress);
            receipts.write(ID, receipt().withUpgrade(clock.instant()));
        } else if (change.target().equals(place.rustup().toString())) {
            List<Path> before = FileState.children(place.layout().cargoBin());
            installation.install(progress);
            if (!place.layout().ownRustHomes()) {
                List<String> added = FileState.children(place.layout().cargoBin()).stream()
                        .filter(file -> !before.contains(file))
                        .map(Path::toString)
                        .toList();
                receipts.write(ID, receipt().withPrograms(added));
            }
        } else {
            files.give(Path.of(change.target()), place.user().orElseThrow());
        }
    }

    private RustupReceipt receipt() {
        return receipts.read(ID, RustupReceipt.class).orElse(RustupReceipt.NONE);
    }

    @Override
    public List<Repair> planRemoval() {
        return PlannedFix.all(removalChanges());
    }

    private List<Change> removalChanges() {
        return removal().plan();
    }

    private RustupRemoval removal() {
        return new RustupRemoval(place.layout(), files, receipts.file(ID), receipt(), installation.installer());
    }
}
