package dev.crossarm.runner.env;

import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.ReceiptStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Takes our lines out of the runners' files and puts back what was there. Runners that are no longer found, but that the receipt
 * names, are looked at too. Files made by us go last, after the restart that makes listeners forget us: a kill in between leaves
 * what shows that the restart is still to come.
 */
final class RunnerRemoval {
    /** What a target begins with when not the file but our part of it goes. */
    private static final String OUR_PART = "our part of ";

    private final JobEnvironment environment;
    private final RunnerFinder finder;
    private final HostFiles files;
    private final ReceiptStore receipts;
    private final RunnerRestarts restarts;
    private final RestartScript script;

    RunnerRemoval(
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

    List<Change> plan() {
        RunnerReceipt receipt = receipt();
        List<Change> parts = new ArrayList<>();
        List<Change> needed = new ArrayList<>();
        List<Change> whole = new ArrayList<>();
        for (RunnerInstance runner : runners(receipt)) {
            EnvironmentSection section = new EnvironmentSection(files, runner, environment, receipt);
            Path env = section.envFile().path();
            if (section.envHasOurs()) {
                parts.add(delete(OUR_PART + env, "remove Crossarm's lines from " + env));
            }
            if (section.pathHasOurs()) {
                Path path = section.pathFile().path();
                parts.add(delete(OUR_PART + path, "restore the previous content of " + path));
            }
            if (section.envHasOurs() || receipt.of(runner.directory()).isPresent()) {
                restarts.look(runner, section.envFile(), section.envHasOurs())
                        .needed()
                        .map(difference -> RunnerRestarts.change(difference.subject(), difference.wanted()))
                        .ifPresent(needed::add);
            }
            if (section.envIsOnlyOurs()) {
                whole.add(delete(env.toString(), "delete " + env + ", which crossarm created and nobody added to"));
            }
        }
        parts.addAll(needed);
        parts.addAll(whole);
        if (Files.exists(script.folder())) {
            parts.add(delete(script.folder().toString(), "delete " + script.folder()));
        }
        Path remembered = receipts.file(RunnerEnvironmentStep.ID);
        if (Files.exists(remembered)) {
            parts.add(delete(remembered.toString(), "delete " + remembered));
        }
        return parts;
    }

    void apply(Change change) {
        String target = change.target();
        if (target.equals(script.folder().toString())) {
            files.deleteTree(script.folder());
        } else if (target.equals(receipts.file(RunnerEnvironmentStep.ID).toString())) {
            receipts.delete(RunnerEnvironmentStep.ID);
        } else if (target.startsWith(OUR_PART)) {
            takeOut(section(Path.of(target.substring(OUR_PART.length()))), target);
        } else {
            EnvironmentSection section = section(Path.of(target));
            if (section.envIsOnlyOurs() && !section.envHasOurs()) {
                files.delete(section.envFile().path());
            }
        }
    }

    private void takeOut(EnvironmentSection section, String target) {
        if (target.equals(OUR_PART + section.envFile().path())) {
            section.envFile().write(section.envWithoutOurs());
        } else if (section.pathHasOurs()) {
            section.pathWithoutOurs()
                    .ifPresentOrElse(
                            section.pathFile()::write,
                            () -> files.delete(section.pathFile().path()));
        }
    }

    private EnvironmentSection section(Path file) {
        RunnerReceipt receipt = receipt();
        Path directory = Objects.requireNonNull(file.getParent());
        RunnerInstance runner = runners(receipt).stream()
                .filter(one -> one.directory().equals(directory))
                .findFirst()
                .orElseThrow(
                        () -> RunnerProblems.runnerGone(directory.toString()).asException());
        return new EnvironmentSection(files, runner, environment, receipt);
    }

    private List<RunnerInstance> runners(RunnerReceipt receipt) {
        Map<Path, RunnerInstance> runners = new TreeMap<>();
        for (RunnerReceipt.Entry entry : receipt.runners()) {
            Path directory = Path.of(entry.directory());
            if (Files.isDirectory(directory)) {
                runners.put(directory, RunnerFinder.at(directory));
            }
        }
        finder.find().runners().forEach(runner -> runners.put(runner.directory(), runner));
        return List.copyOf(runners.values());
    }

    private RunnerReceipt receipt() {
        return receipts.read(RunnerEnvironmentStep.ID, RunnerReceipt.class).orElse(RunnerReceipt.NONE);
    }

    private static Change delete(String target, String summary) {
        return new Change(Change.Kind.DELETE, target, summary, Fingerprint.UNKNOWN, Fingerprint.ABSENT, false);
    }
}
