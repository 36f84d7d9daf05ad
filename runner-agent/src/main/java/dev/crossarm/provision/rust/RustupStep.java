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
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.plan.StepPorts;
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

    private sealed interface Repairing extends Fix {
        /** Makes a home for the job user. */
        record MakeHome(Path home) implements Repairing {}

        /** Gives a home, and all in it, to the job user. */
        record GiveHome(Path home, String user) implements Repairing {}

        /** Installs rustup, or the names of it that are missing. */
        record Install() implements Repairing {}

        /** Lets rustup update itself. */
        record Update() implements Repairing {}

        /** Takes a file or a home away. */
        record Remove(Path path) implements Repairing {}
    }

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
            StepPorts ports,
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
            StepPorts ports,
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
            List<Repair> repairs = homes();
            Optional<String> version = program.version();
            programRepair(version).ifPresent(repairs::add);
            Path installer = installation.installer();
            if (Files.exists(installer)) {
                repairs.add(Repair.of(
                        Difference.leftOver(installer),
                        Change.of(
                                Change.Kind.DELETE, installer.toString(), "remove the leftover installer " + installer),
                        new Repairing.Remove(installer)));
            }
            if (version.isPresent() && upgradeSince.isPresent() && !receipt().upgradedSince(upgradeSince.get())) {
                repairs.add(Repair.of(
                                new Difference(UPDATE, "rustup " + version.get(), "the newest"),
                                Change.of(Change.Kind.RUN, UPDATE, "update rustup from " + place.updateRoot())
                                        .in(place.layout().cargoBin()),
                                new Repairing.Update())
                        .at(RustCosts.RUSTUP));
            }
            return repairs.isEmpty()
                    ? Observation.Satisfied.of("rustup " + version.orElse("") + " in "
                            + place.layout().cargoBin())
                    : new Observation.Drifted(repairs);
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

    private List<Repair> homes() {
        List<Repair> repairs = new ArrayList<>();
        for (Path home : List.of(place.layout().rustupHome(), place.layout().cargoHome())) {
            if (!Files.isDirectory(home)) {
                repairs.add(Repair.of(
                        Difference.missing(home.toString(), "a directory"),
                        Change.of(Change.Kind.MAKE_DIRECTORY, home.toString(), "create " + home + ownedBy()),
                        new Repairing.MakeHome(home)));
            } else if (place.layout().ownRustHomes() && place.user().isPresent()) {
                String owner = FileState.owner(home);
                String user = place.user().get();
                if (!owner.equals(user)) {
                    repairs.add(Repair.of(
                            new Difference(home.toString(), "owned by " + owner, "owned by " + user),
                            Change.of(Change.Kind.RUN, home.toString(), "change the owner of " + home + toUser()),
                            new Repairing.GiveHome(home, user)));
                }
            }
        }
        return repairs;
    }

    private Optional<Repair> programRepair(Optional<String> version) {
        String subject = place.rustup().toString();
        if (!program.present()) {
            return Optional.of(installing(Difference.missing(subject, "rustup"), Fingerprint.ABSENT));
        }
        if (version.isEmpty()) {
            return Optional.of(installing(new Difference(subject, "does not run", "rustup"), Fingerprint.UNKNOWN));
        }
        List<String> missing = program.missingProxies();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(installing(
                        new Difference(subject, "without " + String.join(", ", missing), "with all its names"),
                        Fingerprint.UNKNOWN));
    }

    private Repair installing(Difference difference, Fingerprint before) {
        Change change = Change.of(Change.Kind.RUN, difference.subject(), "install rustup " + source())
                .withFingerprints(before, Fingerprint.UNKNOWN);
        return Repair.of(difference, change, new Repairing.Install()).at(RustCosts.RUSTUP);
    }

    private String source() {
        return switch (place.settings().rustupSource()) {
            case OFFICIAL -> "from " + place.updateRoot();
            case DISTRIBUTION -> "from the distribution's package";
            case AUTO -> "from " + place.updateRoot() + ", or the distribution's package if that does not answer";
        };
    }

    private String ownedBy() {
        return place.user().map(user -> " (owner: " + user + ")").orElse("");
    }

    private String toUser() {
        return place.user().map(user -> " to " + user).orElse("");
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        if (fix instanceof Repairing.MakeHome making) {
            receipts.write(ID, receipt().withHomes(missingHomes()));
            files.createDirectories(making.home(), HOME.of(place.user()));
        } else if (fix instanceof Repairing.GiveHome giving) {
            files.give(giving.home(), giving.user());
        } else if (fix instanceof Repairing.Install) {
            install(progress);
        } else if (fix instanceof Repairing.Update) {
            installation.upgrade(progress);
            receipts.write(ID, receipt().withUpgrade(clock.instant()));
        } else {
            files.remove(((Repairing.Remove) fix).path());
        }
    }

    private List<String> missingHomes() {
        return Stream.of(place.layout().rustupHome(), place.layout().cargoHome())
                .filter(home -> !Files.exists(home))
                .map(Path::toString)
                .toList();
    }

    private void install(Progress progress) {
        List<Path> before = FileState.children(place.layout().cargoBin());
        installation.install(progress);
        if (!place.layout().ownRustHomes()) {
            List<String> added = FileState.children(place.layout().cargoBin()).stream()
                    .filter(file -> !before.contains(file))
                    .map(Path::toString)
                    .toList();
            receipts.write(ID, receipt().withPrograms(added));
        }
    }

    private RustupReceipt receipt() {
        return receipts.read(ID, RustupReceipt.class).orElse(RustupReceipt.NONE);
    }

    @Override
    public List<Repair> planRemoval() {
        return removal().doomed().stream()
                .map(path -> Repair.of(Change.removal(path), new Repairing.Remove(path)))
                .toList();
    }

    private RustupRemoval removal() {
        return new RustupRemoval(place.layout(), receipts.file(ID), receipt(), installation.installer());
    }
}
