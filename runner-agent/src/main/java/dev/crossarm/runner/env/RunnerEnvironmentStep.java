package dev.crossarm.runner.env;

import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Difference;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.Fix;
import dev.crossarm.plan.Inputs;
import dev.crossarm.plan.Observation;
import dev.crossarm.plan.PlannedFix;
import dev.crossarm.plan.Progress;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Repair;
import dev.crossarm.plan.Step;
import dev.crossarm.plan.StepId;
import dev.crossarm.problem.CrossarmException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private static final String GONE = "gone";

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
        List<Difference> differences = new ArrayList<>();
        List<Difference> needed = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        for (RunnerInstance runner : found.runners()) {
            EnvironmentSection section = new EnvironmentSection(files, runner, environment, receipt);
            differences.addAll(section.differences());
            evidence.addAll(section.evidence());
            RunnerRestarts.Reading reading = restarts.look(runner, section.envFile(), !section.envHolds());
            reading.needed().ifPresent(needed::add);
            reading.evidence().ifPresent(evidence::add);
        }
        if (found.runners().stream().anyMatch(restarts::canRestart) && !script.inPlace()) {
            differences.add(Difference.missing(
                    script.path().toString(), "the script that waits for a job before a" + " restart"));
        }
        differences.addAll(needed);
        found.gone().forEach(directory -> differences.add(new Difference(directory.toString(), GONE, "forgotten")));
        if (!differences.isEmpty()) {
            return drifted(differences);
        }
        if (found.runners().isEmpty()) {
            evidence.add("no runner on this machine");
        }
        evidence.addAll(found.notes());
        return new Observation.Satisfied(evidence);
    }

    private Observation drifted(List<Difference> differences) {
        return Observation.Drifted.planned(differences, plan(differences));
    }

    private List<Change> plan(List<Difference> differences) {
        return differences.stream().map(this::change).toList();
    }

    private Change change(Difference difference) {
        String subject = difference.subject();
        if (!subject.startsWith("/")) {
            return RunnerRestarts.change(subject, difference.wanted());
        }
        if (difference.found().equals(GONE)) {
            return Change.of(
                    Change.Kind.DELETE, subject, "forget the runner in " + subject + ", whose directory is gone");
        }
        boolean ours = subject.equals(script.path().toString());
        String summary = ours ? "write " + subject : "write " + difference.wanted() + " into " + subject;
        Fingerprint before = difference.found().equals("missing") ? Fingerprint.ABSENT : Fingerprint.UNKNOWN;
        return new Change(Change.Kind.WRITE_FILE, subject, summary, before, Fingerprint.UNKNOWN, !ours);
    }

    @Override
    public void apply(Fix fix, Progress progress) {
        Change change = PlannedFix.of(fix);
        if (change.kind() == Change.Kind.RESTART) {
            restarts.restart(runnerOf(change.target()), progress);
        } else if (change.kind() == Change.Kind.DELETE) {
            Path gone = Path.of(change.target());
            if (receipt().of(gone).isPresent()) {
                receipts.write(ID, receipt().without(gone));
            } else {
                removal().apply(change);
            }
        } else if (change.target().equals(script.path().toString())) {
            script.write();
        } else {
            write(Path.of(change.target()));
        }
    }

    /** What was there is remembered before it is changed: after a kill between the two nothing is lost. */
    private void write(Path file) {
        RunnerReceipt receipt = receipt();
        EnvironmentSection section =
                new EnvironmentSection(files, runnerAt(Objects.requireNonNull(file.getParent())), environment, receipt);
        if (file.equals(section.envFile().path())) {
            receipts.write(ID, receipt.with(section.entryForEnv()));
            section.envFile().write(section.merged().bytes());
        } else {
            receipts.write(ID, receipt.with(section.entryForPath()));
            section.pathFile().write(section.mergedPath());
        }
    }

    @Override
    public List<Repair> planRemoval() {
        return PlannedFix.all(removalChanges());
    }

    private List<Change> removalChanges() {
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

    private RunnerInstance runnerOf(String unit) {
        return finder.find().runners().stream()
                .filter(runner ->
                        runner.unit().filter(own -> own.name().equals(unit)).isPresent())
                .findFirst()
                .orElseThrow(() -> RunnerProblems.runnerGone(unit).asException());
    }
}
