package dev.crossarm.runner.service;

import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.RootsOwn;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.process.Command;
import dev.crossarm.host.process.CommandResult;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.host.process.ProgramFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks at a unit before it is put in place. {@code systemd-analyze verify} takes unknown keys for errors only with
 * {@code --recursive-errors}, and says nothing of a user, a folder or a program that is missing, so those are looked at here.
 */
final class UnitCheck {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final CommandRunner commands;
    private final HostFiles files;
    private final Path trial;

    UnitCheck(CommandRunner commands, HostFiles files, Path trial) {
        this.commands = commands;
        this.files = files;
        this.trial = trial;
    }

    /** @throws dev.crossarm.problem.CrossarmException naming what is wrong with it */
    void require(ServiceUnit unit) {
        Account account = new Accounts()
                .byName(unit.account())
                .orElseThrow(() ->
                        ServiceProblems.noAccount(unit.name(), unit.account()).asException());
        if (account.uid() == 0) {
            throw ServiceProblems.rootsJobs(unit.name()).asException();
        }
        if (!Files.isDirectory(unit.directory())) {
            throw ServiceProblems.noFolder(unit.name(), unit.directory()).asException();
        }
        program(unit, unit.crossarm());
        unit.hooks().ifPresent(hooks -> hooks.files().forEach(file -> program(unit, file)));
        if (ProgramFolders.find("systemd-analyze", ProgramFolders.DEFAULT).isPresent()) {
            verify(unit);
        }
    }

    private static void program(ServiceUnit unit, Path program) {
        if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            throw ServiceProblems.noProgram(unit.name(), program).asException();
        }
        Optional<Path> open = RootsOwn.writableByAnother(program, owner -> false);
        if (open.isPresent()) {
            throw ServiceProblems.openProgram(unit.name(), program, open.get()).asException();
        }
    }

    /** What systemd itself says of it, or nothing where it takes it. */
    Optional<String> said(ServiceUnit unit) {
        Path file = trial.resolve(unit.name());
        try {
            files.createDirectories(trial, Ownership.mode("rwxr-xr-x"));
            files.write(file, unit.bytes(), Ownership.mode("rw-r--r--"));
            CommandResult result =
                    commands.run(Command.of("systemd-analyze", "verify", "--recursive-errors=no", file.toString())
                            .within(DEADLINE));
            if (result.err().whole().contains("unrecognized option")) {
                return saidByOld(unit, file);
            }
            return result.succeeded() ? Optional.empty() : Optional.of(String.join("\n", result.lastLines()));
        } finally {
            files.deleteTree(trial);
        }
    }

    /** Before systemd 250, which ends with 0 whatever it finds. */
    private Optional<String> saidByOld(ServiceUnit unit, Path file) {
        String own = commands.run(
                        Command.of("systemd-analyze", "verify", file.toString()).within(DEADLINE))
                .err()
                .whole()
                .lines()
                .filter(line -> line.contains(unit.name()) && line.contains("ignoring"))
                .collect(Collectors.joining("\n"));
        return Optional.of(own).filter(text -> !text.isEmpty());
    }

    private void verify(ServiceUnit unit) {
        said(unit).ifPresent(said -> {
            throw ServiceProblems.refusedUnit(trial.resolve(unit.name()), said).asException();
        });
    }
}
