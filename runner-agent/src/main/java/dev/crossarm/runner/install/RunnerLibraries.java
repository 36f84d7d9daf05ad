package dev.crossarm.runner.install;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.provision.packages.Apt;
import dev.crossarm.provision.packages.PackageInstaller;
import dev.crossarm.target.Distribution;
import dev.crossarm.target.RunnerPackages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The shared libraries that the runner's programs load, from the distribution's packages; and the proof that they are found. The
 * runner's own {@code installdependencies.sh} reports success where it found no ICU (tried), so presence is looked at by the
 * dynamic linker's own list, and by {@code ldd} of the programs that were unpacked.
 */
public final class RunnerLibraries {
    /** Whose receipt lists the packages that came for runners. */
    static final StepId STEP = StepId.of("runner-libraries");

    private static final List<String> NATIVE = List.of(
            "Runner.Listener",
            "libcoreclr.so",
            "libSystem.Security.Cryptography.Native.OpenSsl.so",
            "libSystem.IO.Compression.Native.so");

    private final RunnerPackages wanted;
    private final PackageInstaller installer;
    private final CommandRunner commands;
    private final String machine;

    /** @param machine as {@code uname -m} prints it */
    public RunnerLibraries(
            Distribution distribution, PackageInstaller installer, CommandRunner commands, String machine) {
        this.wanted = distribution.runnerPackages();
        this.installer = installer;
        this.commands = commands;
        this.machine = machine;
    }

    /** The packages that are not installed; of the ICU library any version will do. */
    List<String> missing() {
        List<String> missing = new ArrayList<>(installer.missing(wanted.fixed()));
        if (installer.installed(wanted::isIcu).isEmpty()) {
            missing.add(wanted.icu());
        }
        return missing;
    }

    /** Installs what is missing. */
    void install(InstallProgress progress) {
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        progress.step("Installing libraries that the runner needs: " + String.join(" ", missing));
        installer.install(STEP, names(missing, progress), progress);
    }

    /** A release that came out after this program may carry another ICU: the newest that apt knows then. */
    private List<String> names(List<String> missing, Progress progress) {
        if (!missing.contains(wanted.icu())) {
            return missing;
        }
        installer.refresh(progress);
        List<String> known = commands.run(Command.of("apt-cache", "pkgnames", RunnerPackages.ICU))
                .out()
                .whole()
                .lines()
                .map(String::strip)
                .filter(wanted::isIcu)
                .toList();
        String icu = known.isEmpty() || known.contains(wanted.icu()) ? wanted.icu() : RunnerPackages.newest(known);
        return Stream.concat(missing.stream().filter(name -> !name.equals(wanted.icu())), Stream.of(icu))
                .toList();
    }

    /**
     * Makes sure that the programs of a package find their libraries. Runs {@code ldd} as the account of the jobs: it may start
     * what it looks at.
     *
     * @throws dev.crossarm.problem.CrossarmException naming what is not found
     */
    void prove(PackageContents contents, String account) {
        List<String> problems = new ArrayList<>(notListed());
        for (Path program : programs(contents)) {
            Command ldd = Command.of("ldd", program.toString())
                    .as(Optional.of(account))
                    .in(Path.of("/"));
            CommandResult result = commands.run(ldd);
            Stream.concat(result.out().whole().lines(), result.err().whole().lines())
                    .filter(line -> line.contains("not found"))
                    .map(line -> program.getFileName() + ": " + line.strip())
                    .forEach(problems::add);
        }
        if (!problems.isEmpty()) {
            List<String> all = new ArrayList<>(wanted.fixed());
            all.add(wanted.icu());
            throw Problem.of(
                            ExitStatus.STEP_FAILED,
                            "runner-libraries-missing",
                            "libraries that the runner loads are not found on this machine",
                            Apt.typed(all),
                            "sudo ldconfig")
                    .withDetail(String.join("\n", problems))
                    .asException();
        }
    }

    /** The runner loads these two by name while it runs, so that no list of needed libraries has them. */
    private List<String> notListed() {
        String list = commands.run(Command.of("ldconfig", "-NXv")).out().whole();
        List<String> missing = new ArrayList<>();
        if (list.lines().noneMatch(line -> line.strip().startsWith("libicuuc.so."))) {
            missing.add("ldconfig lists no libicuuc.so (ICU)");
        }
        if (list.lines().noneMatch(line -> line.strip().startsWith("libssl.so."))) {
            missing.add("ldconfig lists no libssl.so (OpenSSL)");
        }
        return missing;
    }

    private List<Path> programs(PackageContents contents) {
        Path bin = contents.folder().resolve("bin");
        Stream<Path> nodes = FileState.children(contents.folder().resolve("externals")).stream()
                .map(version -> version.resolve("bin/node"));
        return Stream.concat(NATIVE.stream().map(bin::resolve), nodes)
                .filter(FileState::isPlainFile)
                .filter(file ->
                        PackageContents.elfMachine(file).filter(machine::equals).isPresent())
                .toList();
    }
}
