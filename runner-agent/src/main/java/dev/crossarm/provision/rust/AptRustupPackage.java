package dev.crossarm.provision.rust;

import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.packages.Apt;
import dev.crossarm.provision.packages.PackageInstaller;
import dev.crossarm.provision.packages.PackagesStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Debian's and Ubuntu's package: one program that acts as cargo, rustc and the others by the name it is called by. */
final class AptRustupPackage implements RustupPackage {
    private static final String NAME = "rustup";
    private static final List<String> PROGRAMS = List.of(
            "rustup",
            "cargo",
            "cargo-clippy",
            "cargo-fmt",
            "clippy-driver",
            "rust-gdb",
            "rust-lldb",
            "rustc",
            "rustdoc",
            "rustfmt");

    private static final int LONGEST = 16 * 1024 * 1024;

    private final PackageInstaller installer;
    private final CommandRunner commands;
    private final Path folder;

    /** @param folder where the distribution puts programs */
    AptRustupPackage(PackageInstaller installer, CommandRunner commands, Path folder) {
        this.installer = installer;
        this.commands = commands;
        this.folder = folder;
    }

    @Override
    public Optional<Problem> refusal() {
        CommandResult result =
                commands.run(Command.of("apt-get", "--simulate", "install", "--no-install-recommends", NAME)
                        .keeping(LONGEST));
        if (!result.succeeded()) {
            return Optional.of(result.asProblem(
                    "rustup-package-unavailable", "the distribution has no rustup package", "apt-cache policy rustup"));
        }
        List<String> removed = result.out()
                .whole()
                .lines()
                .filter(line -> line.startsWith("Remv "))
                .map(line -> line.split(" ")[1])
                .toList();
        if (!removed.isEmpty()) {
            return Optional.of(Problem.of(
                    ExitStatus.STEP_FAILED,
                    "rustup-package-conflict",
                    "the distribution's rustup would remove " + String.join(" ", removed)
                            + ", which crossarm never does",
                    "If that is acceptable: sudo apt-get install rustup"));
        }
        return installer.root()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ExitStatus.NO_PERMISSION,
                        "rustup-package-needs-root",
                        "installing the distribution's rustup needs root",
                        Apt.typed(List.of(NAME))));
    }

    @Override
    public void refresh(Progress progress) {
        if (installer.root()) {
            installer.refresh(progress);
        }
    }

    /** On the list of the packages step, which says in the end what to take away. */
    @Override
    public void install(Progress progress) {
        installer.install(PackagesStep.ID, List.of(NAME), progress);
    }

    @Override
    public List<Path> programs() {
        try {
            Path rustup = folder.resolve(NAME);
            if (!Files.isExecutable(rustup)) {
                return List.of();
            }
            Path real = rustup.toRealPath();
            List<Path> programs = new ArrayList<>();
            for (String name : PROGRAMS) {
                Path program = folder.resolve(name);
                // A cargo of the distribution's own is another program, and not led to.
                if (Files.exists(program) && program.toRealPath().equals(real)) {
                    programs.add(program);
                }
            }
            return programs;
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
