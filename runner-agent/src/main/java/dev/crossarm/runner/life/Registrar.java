package dev.crossarm.runner.life;

import dev.crossarm.github.Answer;
import dev.crossarm.github.Failure;
import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.github.Runner;
import dev.crossarm.github.RunnerToken;
import dev.crossarm.host.files.FileState;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Registers an installed runner and starts its service. Whatever an earlier run that was killed left, on this machine or on GitHub,
 * is found and brought to an end: a second registration is never left behind.
 */
final class Registrar {
    private final LifePorts ports;
    private final Consumer<String> said;
    private final Consumer<String> warnings;

    Registrar(LifePorts ports, Consumer<String> said, Consumer<String> warnings) {
        this.ports = ports;
        this.said = said;
        this.warnings = warnings;
    }

    /**
     * What came of it.
     *
     * @param changed whether a registration was made or found to be finished
     */
    record Result(RunnerRecord record, boolean changed) {}

    Result register(RegisterRequest request, GitHubAddress address, RunnerRecord record) {
        List<String> labels =
                RunnerLabels.of(ports.architecture(), ports.proven().get(), request.labels());
        ports.services().require();
        GitHubAccess github = ports.github().apply(address);
        Path folder = ports.home().of(request.name());
        Optional<LocalRegistration> local = LocalRegistration.read(folder);
        if (local.isPresent()) {
            Optional<Result> there = alreadyThere(request, address, record, local.get(), github);
            if (there.isPresent()) {
                return there.get();
            }
        }
        RegisterGate gate = new RegisterGate(address, github, ports.patience(), ports.clock());
        gate.requireVersion(request.name(), record.version(), warnings);
        Optional<String> group = gate.requireAudience(request.group(), request.allowPublic());
        RegisterReceipt.Entry begun =
                new RegisterReceipt.Entry(record.name(), LocalRegistration.plain(address.web()), request.onGitHub());
        boolean cutOff = RegisterReceipt.of(ports.receipts(), record.name())
                .filter(begun::equals)
                .isPresent();
        gate.requireName(request, record, cutOff).ifPresent(old -> {
            said.accept("deleting the earlier registration of " + old.name() + ", number " + old.id());
            Answer<Long> deleted = ports.patience().with(() -> github.runners().delete(old.id()));
            if (!deleted.failedAs(Failure.Kind.NOT_FOUND)) {
                deleted.orThrow();
            }
        });
        requireUntouched(request.name(), record, folder);
        // From here on a record of this name that never connected is ours, whoever is killed.
        RegisterReceipt.add(ports.receipts(), begun);
        said.accept("registering " + request.onGitHub() + " at " + address.web());
        RunnerToken token = ports.patience()
                .with(() -> github.runners().registrationToken())
                .orThrow();
        try {
            new ConfigScript(ports.files(), ports.commands(), folder, record.account())
                    .register(request, address.web(), labels, token.token());
        } catch (CrossarmException failed) {
            forgetUnlessMade(request, github);
            throw failed;
        }
        LocalRegistration made = LocalRegistration.read(folder)
                .orElseThrow(() -> LifeProblems.unconfirmed(request.name(), "left no registration behind")
                        .asException());
        Runner confirmed = confirmed(request, made, github);
        RunnerRecord registered = write(record, address, made, group, labels, request.ephemeral());
        warnOfLabels(labels, confirmed);
        finish(request.name(), registered);
        return new Result(registered, true);
    }

    /** What is to be done about a registration that is there; empty when it is worth nothing and was cleared away. */
    private Optional<Result> alreadyThere(
            RegisterRequest request,
            GitHubAddress address,
            RunnerRecord record,
            LocalRegistration local,
            GitHubAccess github) {
        if (!local.isFor(address.web())) {
            throw LifeProblems.elsewhere(
                            request.name(), local.address().orElse("an address that it does not name"), address.web())
                    .asException();
        }
        Answer<Runner> answer = ports.patience().with(() -> github.runners().get(local.id()));
        if (answer.failedAs(Failure.Kind.NOT_FOUND)) {
            warnings.accept("GitHub has deleted the registration of " + local.name() + ", number " + local.id()
                    + "; it is registered again");
            Path folder = ports.home().of(request.name());
            record.registration().ifPresent(old -> ports.services().stop(old.unit(), folder, said));
            forget(ports, folder);
            return Optional.empty();
        }
        Runner found = answer.orThrow();
        if (!found.name().equalsIgnoreCase(local.name())) {
            throw LifeProblems.unconfirmed(
                            request.name(),
                            "GitHub's runner number " + local.id() + " is called " + found.name() + " and not "
                                    + local.name())
                    .asException();
        }
        Optional<RunnerRecord.Registration> own = record.registration().filter(one -> one.id() == local.id());
        // The account of the jobs can write the file: what it says is taken for ours only under our own name, which no
        // other
        // runner there can have.
        if (own.isEmpty() && !found.name().equalsIgnoreCase(ours(request, record))) {
            throw LifeProblems.notMadeHere(
                            request.name(), found.name(), ports.home().of(request.name()))
                    .asException();
        }
        RunnerRecord registered = own.isPresent()
                ? record
                : write(
                        record,
                        address,
                        local,
                        Optional.empty(),
                        found.labels().stream().map(Runner.Label::name).toList(),
                        found.ephemeral().orElse(false));
        finish(request.name(), registered);
        return Optional.of(new Result(registered, own.isEmpty()));
    }

    /**
     * A token goes to these programs that is good for the whole organization, and the folder around them is the jobs': an earlier
     * job can have put others in their place.
     */
    private void requireUntouched(RunnerName name, RunnerRecord record, Path folder) {
        Path origin = ports.home().unpacked(record.version());
        if (!FileState.isThere(origin)) {
            return;
        }
        for (String script : List.of("config.sh", "env.sh")) {
            byte[] there = ports.files().read(folder.resolve(script)).orElse(new byte[0]);
            byte[] own = ports.files().read(origin.resolve(script)).orElse(new byte[0]);
            if (!Arrays.equals(there, own)) {
                throw LifeProblems.changed(name, folder.resolve(script)).asException();
            }
        }
        for (String part : List.of("bin", "externals")) {
            Path programs = folder.resolve(part);
            if (FileState.link(programs).isPresent()
                    || !FileState.owner(programs).equals(FileState.owner(origin))) {
                throw LifeProblems.changed(name, programs).asException();
            }
        }
    }

    private String ours(RegisterRequest request, RunnerRecord record) {
        return record.registration()
                .map(RunnerRecord.Registration::name)
                .or(() -> RegisterReceipt.of(ports.receipts(), record.name()).map(RegisterReceipt.Entry::onGitHub))
                .orElse(request.onGitHub());
    }

    /** A receipt that stayed would call a runner of the same name ours that somebody else registers later. */
    private void forgetUnlessMade(RegisterRequest request, GitHubAccess github) {
        Answer<Optional<Runner>> made =
                ports.patience().with(() -> github.runners().named(request.onGitHub()));
        if (made.value().filter(Optional::isEmpty).isPresent()) {
            RegisterReceipt.forget(ports.receipts(), request.name().value());
        }
    }

    /** Deletes what a registration left in the runner's root, whatever the account of the jobs has made of it. */
    static void forget(LifePorts ports, Path folder) {
        LocalRegistration.FILES.forEach(file -> ports.files().remove(folder.resolve(file)));
    }

    private Runner confirmed(RegisterRequest request, LocalRegistration made, GitHubAccess github) {
        RunnerName name = request.name();
        Answer<Runner> answer = ports.patience().with(() -> github.runners().get(made.id()));
        if (answer.failedAs(Failure.Kind.NOT_FOUND)) {
            throw LifeProblems.unconfirmed(name, "GitHub does not know its runner number " + made.id() + " yet")
                    .asException();
        }
        Runner found = answer.orThrow();
        if (!found.name().equalsIgnoreCase(made.name()) || !found.name().equalsIgnoreCase(request.onGitHub())) {
            throw LifeProblems.unconfirmed(
                            name, "GitHub's runner number " + made.id() + " has another name: " + found.name())
                    .asException();
        }
        return found;
    }

    private RunnerRecord write(
            RunnerRecord record,
            GitHubAddress address,
            LocalRegistration local,
            Optional<String> group,
            List<String> labels,
            boolean ephemeral) {
        RunnerRecord registered = record.with(new RunnerRecord.Registration(
                address.web(),
                local.name(),
                local.id(),
                group,
                labels,
                ephemeral,
                ports.services().unit(address, local.name())));
        ports.records().write(registered);
        RegisterReceipt.forget(ports.receipts(), record.name());
        return registered;
    }

    /** Under labels that cannot be taken away a drain cannot keep jobs off. */
    private void warnOfLabels(List<String> asked, Runner confirmed) {
        List<String> fixed = confirmed.labels().stream()
                .filter(Runner.Label::readOnly)
                .map(Runner.Label::name)
                .toList();
        if (!fixed.isEmpty()) {
            warnings.accept("GitHub gave labels of its own, which cannot be removed: " + String.join(", ", fixed)
                    + "; jobs that ask for no other may still come during a drain");
        }
        List<String> got = confirmed.labels().stream().map(Runner.Label::name).toList();
        if (!RunnerLabels.same(asked, got) && fixed.isEmpty()) {
            warnings.accept("GitHub recorded other labels than were asked for: " + String.join(", ", got));
        }
    }

    private void finish(RunnerName name, RunnerRecord record) {
        RunnerRecord.Registration registration = record.registration().orElseThrow();
        Path folder = ports.home().of(name);
        said.accept("setting up the service " + registration.unit());
        ports.services().install(name, registration.unit(), record.account(), folder);
        ports.environment().merge(folder, said);
        ports.services().start(registration.unit(), folder);
    }
}
