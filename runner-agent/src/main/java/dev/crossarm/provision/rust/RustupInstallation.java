package dev.crossarm.provision.rust;

import dev.crossarm.config.Settings.RustupSource;
import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Brings rustup into a cargo home: its own installer, or links to the distribution's package. */
final class RustupInstallation {
    private static final Ownership OPEN = Ownership.mode("rwxr-xr-x");

    private final RustPlace place;
    private final RustupSite site;
    private final RustupPackage packaged;
    private final HostFiles files;
    private final CommandRunner commands;

    RustupInstallation(
            RustPlace place, RustupSite site, RustupPackage packaged, HostFiles files, CommandRunner commands) {
        this.place = place;
        this.site = site;
        this.packaged = packaged;
        this.files = files;
        this.commands = commands;
    }

    /** Where the installer lies while it is used; a kill may leave it behind. */
    Path installer() {
        return place.layout().state().resolve("downloads").resolve("rustup-init");
    }

    void install(Progress progress) {
        RustupSource source = place.settings().rustupSource();
        if (source == RustupSource.DISTRIBUTION) {
            fromDistribution(progress);
            return;
        }
        try {
            official(progress);
        } catch (CrossarmException failure) {
            if (source == RustupSource.OFFICIAL || !outOfReach(failure.problem())) {
                throw failure;
            }
            insteadFromDistribution(failure, progress);
        }
    }

    /** No answer, or a firewall's refusal. A wrong digest is no reason to look elsewhere but one to stop. */
    private static boolean outOfReach(Problem problem) {
        return problem.exit() == ExitStatus.UNAVAILABLE || problem.code().equals("refused");
    }

    private void official(Progress progress) {
        Path installer = installer();
        files.createDirectories(Objects.requireNonNull(installer.getParent()), OPEN);
        new RustupRelease(site, place.updateRoot(), place.hostTriple()).fetch(installer, progress);
        CommandResult result = commands.run(
                place.command(
                        installer,
                        List.of(
                                "-y",
                                "--no-modify-path",
                                "--default-host",
                                place.hostTriple(),
                                "--default-toolchain",
                                "none",
                                "--profile",
                                "minimal")),
                line -> RustupProgram.show(line, progress));
        if (!result.succeeded()) {
            throw RustupProgram.failure(result, "rustup could not be installed", place.updateRoot())
                    .asException();
        }
        files.delete(installer);
    }

    private void insteadFromDistribution(CrossarmException unreachable, Progress progress) {
        Optional<Problem> refusal = refusalAfterRefresh(progress);
        Problem first = unreachable.problem();
        if (refusal.isPresent()) {
            List<String> remedies = new ArrayList<>(first.remedies());
            remedies.addAll(refusal.get().remedies());
            String detail = first.detail() + "\nThe distribution's package failed too: "
                    + refusal.get().summary();
            throw new Problem(first.code(), first.summary(), detail, remedies, first.exit()).asException(unreachable);
        }
        progress.line("rustup's own site does not answer (" + first.summary()
                + "): using the distribution's rustup package instead");
        fromDistribution(progress);
    }

    private Optional<Problem> refusalAfterRefresh(Progress progress) {
        if (packaged.refusal().isEmpty()) {
            return Optional.empty();
        }
        try {
            packaged.refresh(progress);
            return packaged.refusal();
        } catch (CrossarmException listsOutOfReach) {
            return Optional.of(listsOutOfReach.problem());
        }
    }

    private void fromDistribution(Progress progress) {
        if (packaged.programs().isEmpty()) {
            packaged.refusal().ifPresent(problem -> {
                throw problem.asException();
            });
            packaged.install(progress);
        }
        progress.line("rustup is the distribution's package; apt keeps it up to date");
        files.createDirectories(place.layout().cargoBin(), OPEN.of(place.user()));
        for (Path program : packaged.programs()) {
            Path link = place.layout().cargoBin().resolve(Objects.requireNonNull(program.getFileName()));
            if (FileState.isPlainFile(link) && place.layout().ownRustHomes()) {
                files.delete(link);
            }
            files.symlink(link, program);
        }
    }

    /** Lets rustup update itself; the distribution's is left to apt. */
    void upgrade(Progress progress) {
        if (new RustupProgram(place, commands).elsewhere()) {
            progress.line("rustup is the distribution's package; update it with: sudo apt-get install rustup");
            return;
        }
        CommandResult result =
                commands.run(place.rustup(List.of("self", "update")), line -> RustupProgram.show(line, progress));
        boolean disabled = (result.out().tail() + result.err().tail()).contains("self-update is disabled");
        if (disabled) {
            progress.line("this rustup was built without self-update");
        } else if (!result.succeeded()) {
            throw RustupProgram.failure(result, "rustup could not update itself", place.updateRoot())
                    .asException();
        }
    }
}
