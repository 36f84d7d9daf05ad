package dev.crossarm.provision.packages;

import dev.crossarm.host.files.FileState;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.plan.Progress;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Fetches one package of another architecture without telling the host's dpkg of that architecture: apt works in
 * directories of its own, with the host's sources and keyrings. The index is signed and the package's digest stands in it,
 * so apt has verified what is returned. Needs no root.
 */
public final class ForeignPackage {
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    private static final Ownership FOLDER = Ownership.mode("rwxr-xr-x");
    private static final Ownership FILE = Ownership.mode("rw-r--r--");

    private final Path root;
    private final String architecture;
    private final HostFiles files;
    private final CommandRunner commands;
    private final MirrorRetry retry;

    /**
     * @param root {@code /} but for tests
     * @param architecture dpkg's name of it
     */
    public ForeignPackage(Path root, String architecture, HostFiles files, CommandRunner commands, MirrorRetry retry) {
        this.root = root;
        this.architecture = architecture;
        this.files = files;
        this.commands = commands;
        this.retry = retry;
    }

    /**
     * Downloads it.
     *
     * @param name of the package
     * @param workspace an empty directory for apt's files and the result; the caller removes it
     * @return the package file
     * @throws CrossarmException when no source offers it, the index is not signed by a key of the host's, or the mirror cannot
     *     be reached
     */
    public Path fetch(String name, Path workspace, Progress progress) {
        Path configuration = configure(workspace);
        Path result = workspace.resolve("package");
        files.createDirectories(result, FOLDER);
        retry.carryOut(() -> download(name, configuration, result, progress), progress);
        return FileState.children(result).stream()
                .filter(file -> file.toString().endsWith(".deb"))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                ExitStatus.UNAVAILABLE,
                                "package-unknown",
                                "apt-get reported that it downloaded " + name + ", but there is no file",
                                "crossarm provision")
                        .asException());
    }

    /** A source that fails is tolerated as long as another one offers the package. */
    private void download(String name, Path configuration, Path result, Progress progress) {
        CommandResult update = run(configuration, result, List.of("update"), progress);
        CommandResult download = run(configuration, result, List.of("download", name), progress);
        if (!download.succeeded()) {
            throw problem(name, update.succeeded() ? download : update).asException();
        }
    }

    private Problem problem(String name, CommandResult failed) {
        Problem problem = Apt.failure(failed);
        return problem.code().equals("package-unknown")
                ? new Problem(
                        problem.code(),
                        "no package source of this machine has " + name + " for " + architecture,
                        problem.detail(),
                        problem.remedies(),
                        problem.exit())
                : problem;
    }

    private Path configure(Path workspace) {
        Path lists = workspace.resolve("lists");
        Path cache = workspace.resolve("cache");
        Path parts = workspace.resolve("sources.list.d");
        for (Path folder : List.of(lists.resolve("partial"), cache.resolve("archives/partial"), parts)) {
            files.createDirectories(folder, FOLDER);
        }
        AptSources.of(root).forEach((file, text) -> write(workspace.resolve(file), text));
        Path configuration = workspace.resolve("apt.conf");
        write(configuration, """
                #clear APT::Architectures;
                #clear APT::Update::Pre-Invoke;
                #clear APT::Update::Post-Invoke;
                #clear APT::Update::Post-Invoke-Success;
                APT::Architecture "%1$s";
                APT::Architectures { "%1$s"; };
                Dir::State::lists "%2$s/";
                Dir::State::status "/dev/null";
                Dir::Cache "%3$s/";
                Dir::Etc::sourcelist "%4$s/sources.list";
                Dir::Etc::sourceparts "%5$s/";
                Acquire::Languages "none";
                Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
                Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
                Acquire::IndexTargets::deb::CNF::DefaultEnabled "false";
                Acquire::Retries "3";
                Acquire::http::Timeout "60";
                Acquire::https::Timeout "60";
                """.formatted(architecture, lists, cache, workspace, parts));
        return configuration;
    }

    private void write(Path file, String text) {
        files.write(file, text.getBytes(StandardCharsets.UTF_8), FILE);
    }

    private CommandResult run(Path configuration, Path directory, List<String> arguments, Progress progress) {
        return commands.run(
                Command.of("apt-get", "--quiet", "--config-file", configuration.toString())
                        .withArguments(arguments)
                        .withEnvironment(Map.of("LC_ALL", "C.UTF-8"))
                        .in(directory)
                        .within(DEADLINE),
                line -> {
                    if (!line.isBlank()) {
                        progress.line(line);
                    }
                });
    }
}
