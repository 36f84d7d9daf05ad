package dev.crossarm.runner.life;

import dev.crossarm.github.GitHubAccess;
import dev.crossarm.github.GitHubAddress;
import dev.crossarm.problem.ExitStatus;
import dev.crossarm.problem.Problem;
import dev.crossarm.runner.install.RunnerName;
import dev.crossarm.runner.install.RunnerRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The life of the runners that Crossarm installed on this machine. Who calls {@link #register} or {@link #environment} holds the machine's
 * lock; a drain may take hours and holds none. */
public final class RunnerLife {
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    private final LifePorts ports;
    private final DrainState.Times times;
    private final Duration between;

    public RunnerLife(LifePorts ports) {
        this(ports, DrainState.Times.USUAL, BETWEEN);
    }

    /** @param between the time from one look at a runner that is drained to the next */
    RunnerLife(LifePorts ports, DrainState.Times times, Duration between) {
        this.ports = ports;
        this.times = times;
        this.between = between;
    }

    /** The names of all. */
    public List<String> names() {
        return ports.records().all().stream().map(RunnerRecord::name).toList();
    }

    /**
     * The runner that is meant: the one named, or the only one there is.
     *
     * @param command to name one with, when there are several
     */
    public RunnerName meant(Optional<String> named, String command) {
        List<String> there = names();
        if (named.isPresent()) {
            RunnerName name = new RunnerName(named.get());
            record(name);
            return name;
        }
        if (there.size() > 1) {
            throw LifeProblems.several(there, command).asException();
        }
        if (there.isEmpty()) {
            throw Problem.of(
                            ExitStatus.CONFIGURATION,
                            "runner-not-installed",
                            "no runner is installed by Crossarm on this machine",
                            "Install one first: crossarm runner install")
                    .asException();
        }
        return new RunnerName(there.get(0));
    }

    private RunnerRecord record(RunnerName name) {
        return ports.records()
                .of(name)
                .orElseThrow(() -> LifeProblems.notInstalled(name, names()).asException());
    }

    /**
     * A runner that is registered and whose service runs.
     *
     * @param changed whether that was not so before
     */
    public record Registered(RunnerRecord record, boolean changed) {}

    /**
     * Registers a runner, sets its environment and starts its service.
     *
     * @param said what is being done
     * @param warnings what stops nothing
     * @throws dev.crossarm.problem.CrossarmException saying what is in the way
     */
    public Registered register(
            RegisterRequest request, GitHubAddress address, Consumer<String> said, Consumer<String> warnings) {
        Registrar.Result result =
                new Registrar(ports, said, warnings).register(request, address, record(request.name()));
        return new Registered(result.record(), result.changed());
    }

    /**
     * Merges the environment section of a runner and sees that it is read: at once, or when its job ends.
     *
     * @param said what is being done
     */
    public void environment(RunnerName name, Consumer<String> said) {
        record(name);
        ports.environment().merge(ports.home().of(name), said);
    }

    /** The names of those that are registered. */
    public List<RunnerName> registered() {
        return ports.records().all().stream()
                .filter(record -> record.registration().isPresent())
                .map(record -> new RunnerName(record.name()))
                .toList();
    }

    /**
     * {@link #drain(RunnerName, boolean, String, Optional, Consumer)} of several at once. Each has its end, also when this thread is
     * interrupted: then each gets its labels back.
     */
    public Map<RunnerName, Optional<Problem>> drain(
            List<RunnerName> names, boolean stays, String reason, Optional<Duration> timeout, Consumer<String> said) {
        return new Together(said).each(names, (name, told) -> drain(name, stays, reason, timeout, told));
    }

    /** @param name one of them, or all */
    public RunnerStatus status(Optional<RunnerName> name) {
        List<RunnerRecord> records =
                name.isPresent() ? List.of(record(name.get())) : ports.records().all();
        return new StatusReader(ports).of(records, name.isEmpty());
    }

    /**
     * Lets a runner finish its job and take no other.
     *
     * @param stays whether it stays on this machine and is only to be idle; otherwise it leaves GitHub and its service is stopped
     * @param reason for whoever asks for its status
     * @param timeout after which it is given up, and takes jobs again
     * @param said what happens
     * @return why it did not come to that, when it did not
     */
    public Optional<Problem> drain(
            RunnerName name, boolean stays, String reason, Optional<Duration> timeout, Consumer<String> said) {
        RunnerRecord record = record(name);
        RunnerRecord.Registration registration = record.registration()
                .orElseThrow(() -> LifeProblems.notRegistered(name).asException());
        GitHubAccess github = ports.github().apply(GitHubAddress.parse(registration.address()));
        Path folder = ports.home().of(name);
        DrainReceipt.add(
                ports.receipts(),
                new DrainReceipt.Entry(record.name(), ports.clock().instant().toString(), reason));
        DrainSteps steps = new RunnerDrainSteps(ports, github, registration, folder);
        Consumer<String> changes = DrainWords.changes(said);
        DrainState ended = new Drain(steps, ports.clock(), ports.sleeper(), times, between)
                .carryOut(
                        stays ? DrainState.Goal.UNTIL_IDLE : DrainState.Goal.LEAVE,
                        timeout,
                        told -> DrainWords.of(told, steps.problem()).ifPresent(changes));
        if (ended.phase() == DrainState.Phase.BACK || ended.phase() == DrainState.Phase.FAILED) {
            DrainReceipt.forget(ports.receipts(), record.name());
        }
        if (ended.phase() == DrainState.Phase.DONE && !stays) {
            // It may have been registered again meanwhile, by another command: that registration is not this one's to
            // end.
            RunnerRecord now = record(name);
            if (now.registration().filter(one -> one.id() == registration.id()).isPresent()) {
                ports.services().stop(registration.unit(), folder, said);
                Registrar.forget(ports, folder);
                ports.records().write(record(name).unregistered());
            }
            DrainReceipt.forget(ports.receipts(), record.name());
        }
        return DrainWords.problem(ended, name, registration, steps.problem());
    }

    /** Gives a runner that was drained and stayed its labels again, so that it takes jobs. */
    public void undrain(RunnerName name) {
        RunnerRecord.Registration registration = record(name)
                .registration()
                .orElseThrow(() -> LifeProblems.notRegistered(name).asException());
        GitHubAccess github = ports.github().apply(GitHubAddress.parse(registration.address()));
        ports.patience()
                .with(() -> github.runners().setLabels(registration.id(), registration.labels()))
                .orThrow();
        DrainReceipt.forget(ports.receipts(), name.value());
    }

    /**
     * Takes a runner away, from GitHub and from this machine.
     *
     * @param now not to wait for a job that may be on its way; refused while it has one
     * @param local to leave GitHub alone
     * @param hold keeps other runs off this machine, from when the job has ended, until what it gives is run
     * @return what is still to be done, when there is something
     */
    public Optional<Problem> remove(
            RunnerName name, boolean now, boolean local, Supplier<Runnable> hold, Consumer<String> said) {
        return new RunnerDeparture(ports, record(name), said)
                .carryOut(now, local, hold, () -> drain(name, false, "", Optional.empty(), said));
    }
}
