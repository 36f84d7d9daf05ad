package dev.crossarm.runner.life;

import dev.crossarm.github.Answer;
import dev.crossarm.github.Failure;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.Runner;
import dev.crossarm.github.VersionDates;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.env.RunnerInstance;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at runners: on this machine, and as far as it can be asked, on GitHub. Changes nothing. */
final class StatusReader {
    private final LifePorts ports;

    StatusReader(LifePorts ports) {
        this.ports = ports;
    }

    RunnerStatus of(List<RunnerRecord> records, boolean all) {
        List<RunnerReport> reports = records.stream().map(this::report).toList();
        List<Path> foreign = new ArrayList<>();
        if (all) {
            for (RunnerInstance runner : ports.found().get().runners()) {
                if (!runner.directory().startsWith(ports.home().folder())) {
                    foreign.add(runner.directory());
                }
            }
        }
        return new RunnerStatus(reports, foreign);
    }

    /** What GitHub says. */
    private record Told(Optional<Runner> runner, Optional<Long> daysLeft, Optional<Problem> unasked) {
        private static final Told NOTHING = new Told(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private RunnerReport report(RunnerRecord record) {
        Path folder = ports.home().of(new RunnerName(record.name()));
        Told told = record.registration()
                .map(registration -> ask(record.version(), registration))
                .orElse(Told.NOTHING);
        Optional<RunnerReport.Known> known = told.runner()
                .map(runner -> new RunnerReport.Known(
                        runner.id(),
                        runner.online(),
                        runner.labels().stream().map(Runner.Label::name).toList()));
        List<String> drift = new ArrayList<>();
        if (known.isPresent() && record.registration().isPresent()) {
            drift.addAll(drift(record.registration().get(), known.get()));
        }
        return new RunnerReport(
                record,
                told.daysLeft(),
                record.registration().flatMap(registration -> ports.services().state(registration.unit(), folder)),
                seen(() -> ports.truth().listens(folder)),
                seen(() -> ports.truth().busy(folder)),
                known,
                drift,
                seen(() -> DrainReceipt.of(ports.receipts(), record.name()))
                        .flatMap(entry -> entry)
                        .map(entry -> entry.since() + (entry.reason().isEmpty() ? "" : ": " + entry.reason())),
                told.unasked());
    }

    /** What this account may not look at is unknown and no reason to say nothing else. */
    private static <T> Optional<T> seen(Supplier<T> look) {
        try {
            return Optional.of(look.get());
        } catch (CrossarmException hidden) {
            return Optional.empty();
        }
    }

    private static List<String> drift(RunnerRecord.Registration registration, RunnerReport.Known known) {
        List<String> drift = new ArrayList<>();
        for (String label : registration.labels()) {
            if (known.labels().stream().noneMatch(label::equalsIgnoreCase)) {
                drift.add("-" + label);
            }
        }
        for (String label : known.labels()) {
            if (registration.labels().stream().noneMatch(label::equalsIgnoreCase)) {
                drift.add("+" + label);
            }
        }
        return drift;
    }

    private Told ask(String version, RunnerRecord.Registration registration) {
        try {
            GitHubAccess github = ports.github().apply(GitHubAddress.parse(registration.address()));
            Answer<Runner> runner = ports.patience().with(() -> github.runners().get(registration.id()));
            if (runner.failure().isPresent() && !runner.failedAs(Failure.Kind.NOT_FOUND)) {
                return new Told(
                        Optional.empty(), Optional.empty(), runner.failure().map(Failure::problem));
            }
            Answer<VersionDates> dates =
                    ports.patience().with(() -> github.runners().versionDates(version));
            return new Told(
                    runner.value(),
                    dates.value()
                            .flatMap(found ->
                                    RunnerVersions.daysLeft(found, ports.clock().instant())),
                    dates.failedAs(Failure.Kind.NOT_FOUND)
                            ? Optional.empty()
                            : dates.failure().map(Failure::problem));
        } catch (CrossarmException noCredential) {
            return new Told(Optional.empty(), Optional.empty(), Optional.of(noCredential.problem()));
        }
    }
}
