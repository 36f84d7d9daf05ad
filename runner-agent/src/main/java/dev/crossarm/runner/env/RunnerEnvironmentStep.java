package dev.crossarm.runner.env;

import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every runner of this host has our variables in its {@code .env} and its {@code .path}, and its listener has read them. Foreign
 * lines stay byte for byte; owner and mode of the files stay. No value appears in a plan, a difference or evidence, because
 * the files hold other people's secrets too.
 */
public final class RunnerEnvironmentStep implements Step {
    /** The step's id. */
    public static final StepId ID = StepId.of("runner-environment");

    /** What is found of a runner that was set up before and whose directory is not there any more. */
    private static final Set<StepId> REQUIRES = Set.of(
            StepId.of("rust-toolchain"),
            StepId.of("compilers"),
            StepId.of("cmake-toolchain"),
            StepId.of("pkg-config"),
            StepId.of("configure-site"),
            StepId.of("cargo-config"));

    private final JobEnvironment environment;
    private final RunnerFinder finder;
    private final HostFiles files;
    private final ReceiptStore receipts;
    private final RunnerRestarts restarts;
    private final RestartScript script;

    RunnerEnvironmentStep(
            JobEnvironment environment,
            RunnerFinder finder,
            HostFiles files,
            ReceiptStore receipts,
            RunnerRestarts restarts,
            RestartScript script) {
        this.environment = environment;
        this.finder = finder;
        this.files = files;
        this.receipts = receipts;
        this.restarts = restarts;
        this.script = script;
    }

    @Override
    public StepId id() {
        return ID;
    }

    @Override
    public String summary() {
        return "environment of this machine's runners";
    }

    @Override
    public Set<StepId> requires() {
        return REQUIRES;
    }

    @Override
    public Observation check() {
        try {
            return look();
        } catch (CrossarmException expected) {
            return new Observation.Unknown(expected.problem());
        }
    }

    /** Empty while a listener has not read its file: that ends without any file being changed. */
    @Override
    public Optional<Inputs> inputs() {
        RunnerFinder.Sourced sourced = finder.findWithInputs();
        Inputs inputs = sourced.inputs().whole(receipts.file(ID)).whole(script.path());
        RunnerReceipt receipt = receipt();
        for (RunnerInstance runner : sourced.found().runners()) {
            EnvironmentSection section = new EnvironmentSection(files, runner, environment, receipt);
            // A unit that is started later wants the script, and no file changes by that.
            boolean scriptMissing = runner.unit().isPresent() && !script.inPlace();
            if (scriptMissing || !restarts.settled(runner, section.envFile())) {
                return Optional.empty();
            }
            inputs.whole(section.envFile().path()).whole(section.pathFile().path());
        }
        return Optional.of(inputs);
    }

    private Observation look() {
        FoundRunners found = finder.find();
        RunnerReceipt receipt = found.runners().isEmpty() ? RunnerReceipt.NONE : receipt();
        List<Repair> repairs = new ArrayList<>();
        List<Repair> restartsNeeded = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        for (RunnerInstance runner : found.runners()) {
            EnvironmentSection section = new EnvironmentSection(files, runner, environment, receipt);
            repairs.addAll(section.repairs());
            evidence.addAll(section.evidence());
            RunnerRestarts.Reading reading = restarts.look(runner, section.envFile(), !section.envHolds());
            reading.needed().ifPresent(restartsNeeded::add);
            reading.evidence().ifPresent(evidence::add);
        }
        if (found.runners().stream().anyMatch(restarts::canRestart) && !script.inPlace()) {
            repairs.add(scriptWriting());
        }
        repairs.addAll(restartsNeeded);
        found.gone().forEach(directory -> repairs.add(forgetting(directory)));
        if (!repairs.isEmpty()) {
            return new Observation.Drifted(repairs);
        }
        if (found.runners().isEmpty()) {
            evidence.add("no runner on this machine");
        }
        evidence.addAll(found.notes());
        return new Observation.Satisfied(evidence);
    }

    private Repair scriptWriting() {
        String subject = script.path().toString();
        return Repair.of(
                Difference.missing(subject, "the script that waits for a job before a restart"),
                Change.of(Change.Kind.WRITE_FILE, subject, "write " + subject),
                new RunnerFix.WriteScript());
    }

    private Repair forgetting(Path directory) {
        String subject = directory.toString();
        return Repair.of(
                new Difference(subject, "gone", "forgotten"),
                Change.of(Change.Kind.DELETE, subject, "forget the runner in " + subject + ", whose directory is gone")
                        .in(receipts.file(ID)),
                new RunnerFix.Forget(directory));
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        if (fix instanceof RunnerFix.WriteEnv writing) {
            EnvironmentSection section = section(writing.runner());
            // What was there is remembered before it is changed: after a kill between the two nothing is lost.
            receipts.write(ID, receipt().with(section.entryForEnv()));
            section.envFile().write(section.merged().bytes());
        } else if (fix instanceof RunnerFix.WritePath writing) {
            EnvironmentSection section = section(writing.runner());
            receipts.write(ID, receipt().with(section.entryForPath()));
            section.pathFile().write(section.mergedPath());
        } else if (fix instanceof RunnerFix.WriteScript) {
            script.write();
        } else if (fix instanceof RunnerFix.Restart restarting) {
            restarts.restart(runnerAt(restarting.runner()), progress);
        } else if (fix instanceof RunnerFix.Forget forgetting) {
            receipts.write(ID, receipt().without(forgetting.runner()));
        } else {
            removal().apply((RunnerFix) fix);
        }
    }

    /**
     * Makes the repairs of one runner alone.
     *
     * @throws CrossarmException when it cannot be looked at
     */
    public void merge(Path runner, Progress progress) {
        List<Repair> repairs = look() instanceof Observation.Drifted drifted ? drifted.repairs() : List.of();
        for (Repair repair : repairs) {
            if (RunnerFix.concerns((RunnerFix) repair.fix(), runner)) {
                apply(repair.fix(), progress);
            }
        }
    }

    /** Forgets what is remembered of this runner; nothing is fine. */
    public void forget(Path runner) {
        if (receipt().of(runner).isPresent()) {
            receipts.write(ID, receipt().without(runner));
        }
    }

    private EnvironmentSection section(Path runner) {
        return new EnvironmentSection(files, runnerAt(runner), environment, receipt());
    }

    @Override
    public List<Repair> planRemoval() {
        return removal().plan();
    }

    private RunnerRemoval removal() {
        return new RunnerRemoval(environment, finder, files, receipts, restarts, script);
    }

    private RunnerReceipt receipt() {
        return receipts.read(ID, RunnerReceipt.class).orElse(RunnerReceipt.NONE);
    }

    private RunnerInstance runnerAt(Path directory) {
        return finder.find().runners().stream()
                .filter(runner -> runner.directory().equals(directory))
                .findFirst()
                .orElseThrow(
                        () -> RunnerProblems.runnerGone(directory.toString()).asException());
    }
}
