package dev.crossarm.runner.life;

import dev.crossarm.github.Answer;
import dev.crossarm.github.Failure;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.Runner;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.env.RunnerInstance;
import dev.crossarm.runner.env.RunnerUnit;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Takes a runner away, from GitHub and from this machine, and its record last: what a run that was killed has left, the next one
 * takes away. What GitHub cannot be told now is kept in the record and named.
 */
final class RunnerDeparture {
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final LifePorts ports;
    private final RunnerRecord record;
    private final RunnerName name;
    private final Path folder;
    private final Consumer<String> said;

    RunnerDeparture(LifePorts ports, RunnerRecord record, Consumer<String> said) {
        this.ports = ports;
        this.record = record;
        this.name = new RunnerName(record.name());
        this.folder = ports.home().of(name);
        this.said = said;
    }

    /**
     * Carries it out.
     *
     * @param now whether a runner without a job is taken away without waiting for one that may be on its way
     * @param local whether GitHub is left alone
     * @param hold keeps other runs off this machine until what it gives is run
     * @param drain lets it finish its job and leave
     * @return what is still to be done, when there is something
     */
    Optional<Problem> carryOut(boolean now, boolean local, Supplier<Runnable> hold, Supplier<Optional<Problem>> drain) {
        if (now && ports.truth().busy(folder)) {
            throw LifeProblems.busy(name).asException();
        }
        // A drain forgets where the runner was registered, and its service is needed to the end.
        Optional<String> unit = unit();
        Optional<Problem> rest =
                record.registration().flatMap(registration -> leaveGitHub(registration, now, local, drain));
        Runnable release = hold.get();
        try {
            return cleared(unit, rest, local);
        } finally {
            release.run();
        }
    }

    private Optional<String> unit() {
        return record.registration()
                .map(RunnerRecord.Registration::unit)
                .or(() -> ports.found().get().runners().stream()
                        .filter(runner -> runner.directory().equals(folder))
                        .findFirst()
                        .flatMap(RunnerInstance::unit)
                        .map(RunnerUnit::name));
    }

    private Optional<Problem> cleared(Optional<String> unit, Optional<Problem> unreached, boolean local) {
        Optional<Problem> rest = unreached;
        unit.ifPresent(name -> {
            said.accept("stopping the service " + name);
            ports.services().stop(name, folder, said);
        });
        endListeners();
        if (rest.isEmpty() && !local) {
            rest = record.registration().flatMap(this::deleteRecord);
        }
        unit.ifPresent(name -> ports.services().remove(name, folder, said));
        ports.environment().forget(folder);
        // Looked up before the folder is gone, which the settings may name.
        boolean alone = record.madeAccount() && !usedByOthers();
        said.accept("deleting " + folder);
        ports.files().deleteTree(folder);
        if (alone) {
            said.accept("deleting the account " + record.account());
            ports.accounts().remove(record.account());
            // Whoever has that name later is not ours to delete.
            ports.records().write(record.withoutMadeAccount());
        }
        DrainReceipt.forget(ports.receipts(), record.name());
        if (rest.isPresent() && !local) {
            return rest.map(this::unfinished);
        }
        RegisterReceipt.forget(ports.receipts(), record.name());
        ports.records().delete(name);
        return local ? record.registration().map(this::leftThere) : Optional.empty();
    }

    /** @return why GitHub cannot be told now */
    private Optional<Problem> leaveGitHub(
            RunnerRecord.Registration registration, boolean now, boolean local, Supplier<Optional<Problem>> drain) {
        if (local) {
            waitForJob();
            return Optional.empty();
        }
        Answer<Runner> asked;
        try {
            GitHubAccess github = github(registration);
            asked = ports.patience().with(() -> github.runners().get(registration.id()));
        } catch (CrossarmException noCredential) {
            waitForJob();
            return Optional.of(noCredential.problem());
        }
        if (asked.failedAs(Failure.Kind.NOT_FOUND)) {
            said.accept("GitHub has no record of it any more");
            waitForJob();
            return Optional.empty();
        }
        if (asked.failure().isPresent()) {
            waitForJob();
            return asked.failure().map(Failure::problem);
        }
        if (!now && ports.truth().listens(folder)) {
            drain.get().ifPresent(stopped -> {
                throw stopped.asException();
            });
        }
        return Optional.empty();
    }

    private GitHubAccess github(RunnerRecord.Registration registration) {
        return ports.github().apply(GitHubAddress.parse(registration.address()));
    }

    private void waitForJob() {
        boolean told = false;
        while (ports.truth().busy(folder)) {
            if (!told) {
                said.accept("waiting for its job to end");
                told = true;
            }
            pause();
        }
    }

    private void pause() {
        try {
            ports.sleeper().sleep(BETWEEN);
        } catch (InterruptedException stop) {
            throw stopped(stop);
        }
    }

    private CrossarmException stopped(InterruptedException stop) {
        Thread.currentThread().interrupt();
        return Problem.of(
                        ExitStatus.TRY_LATER,
                        "interrupted",
                        "stopped while it was being removed",
                        "crossarm runner remove " + name)
                .asException(stop);
    }

    private void endListeners() {
        try {
            while (ports.truth().listens(folder) && !ports.truth().end(folder)) {
                waitForJob();
                pause();
            }
        } catch (InterruptedException stop) {
            throw stopped(stop);
        }
    }

    private Optional<Problem> deleteRecord(RunnerRecord.Registration registration) {
        try {
            GitHubAccess github = github(registration);
            Answer<Long> deleted = ports.patience().with(() -> github.runners().delete(registration.id()));
            return deleted.failedAs(Failure.Kind.NOT_FOUND)
                    ? Optional.empty()
                    : deleted.failure().map(Failure::problem);
        } catch (CrossarmException noCredential) {
            return Optional.of(noCredential.problem());
        }
    }

    private boolean usedByOthers() {
        boolean ours = ports.records().all().stream()
                .anyMatch(other ->
                        !other.name().equals(record.name()) && other.account().equals(record.account()));
        return ours
                || ports.found().get().runners().stream()
                        .filter(runner -> !runner.directory().equals(folder))
                        .map(RunnerInstance::user)
                        .anyMatch(record.account()::equals);
    }

    private Problem unfinished(Problem why) {
        RunnerRecord.Registration registration = record.registration().orElseThrow();
        return new Problem(
                "runner-left-on-github",
                "the runner " + name + " is gone from this machine, and its record at " + registration.address()
                        + " (number " + registration.id() + ") could not be deleted",
                why.summary() + (why.detail().isEmpty() ? "" : "\n" + why.detail()),
                Stream.concat(why.remedies().stream(), Stream.of("Then: crossarm runner remove " + name))
                        .toList(),
                why.exit() == ExitStatus.DONE ? ExitStatus.UNAVAILABLE : why.exit());
    }

    private Problem leftThere(RunnerRecord.Registration registration) {
        return new Problem(
                "runner-left-on-github",
                "the runner " + name + " is gone from this machine; GitHub was left alone, as asked for",
                "",
                List.of("Delete runner number " + registration.id() + ", " + registration.name() + ", in a browser: "
                        + registration.address() + " → Settings → Actions → Runners"),
                ExitStatus.DRIFT);
    }
}
