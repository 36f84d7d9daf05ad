package dev.crossarm.runner.env;

import dev.crossarm.environment.JobEnvironment;
import dev.crossarm.host.files.HostFiles;
import dev.crossarm.plan.Change;
import dev.crossarm.plan.Fingerprint;
import dev.crossarm.plan.ReceiptStore;
import dev.crossarm.plan.Repair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes our lines out of the runners' files and puts back what was there. Runners that are no longer found, but that the receipt
 * names, are looked at too. Files made by us go last, after the restart that makes listeners forget us: a kill in between leaves
 * what shows that the restart is still to come.
 */
record RunnerRemoval(
        JobEnvironment environment,
        RunnerFinder finder,
        HostFiles files,
        ReceiptStore receipts,
        RunnerRestarts restarts,
        RestartScript script) {

    List<Repair> plan() {
        RunnerReceipt receipt = receipt();
        List<Repair> parts = new ArrayList<>();
        List<Repair> needed = new ArrayList<>();
        List<Repair> whole = new ArrayList<>();
        for (RunnerInstance runner : runners(receipt)) {
            EnvironmentSection section = new EnvironmentSection(files, runner, environment, receipt);
            Path env = section.envFile().path();
            Path directory = runner.directory();
            if (section.envHasOurs()) {
                parts.add(delete(
                        "our part of " + env,
                        "remove Crossarm's lines from " + env,
                        new RunnerFix.RestoreEnv(directory)));
            }
            if (section.pathHasOurs()) {
                Path path = section.pathFile().path();
                parts.add(delete(
                        "our part of " + path,
                        "restore the previous content of " + path,
                        new RunnerFix.RestorePath(directory)));
            }
            if (section.envHasOurs() || receipt.of(runner.directory()).isPresent()) {
                restarts.look(runner, section.envFile(), section.envHasOurs())
                        .needed()
                        .ifPresent(needed::add);
            }
            if (section.envIsOnlyOurs()) {
                whole.add(delete(
                        env.toString(),
                        "delete " + env + ", which crossarm created and nobody added to",
                        new RunnerFix.DeleteEnv(directory)));
            }
        }
        parts.addAll(needed);
        parts.addAll(whole);
        if (Files.exists(script.folder())) {
            parts.add(delete(script.folder().toString(), "delete " + script.folder(), new RunnerFix.DeleteScript()));
        }
        Path remembered = receipts.file(RunnerEnvironmentStep.ID);
        if (Files.exists(remembered)) {
            parts.add(delete(remembered.toString(), "delete " + remembered, new RunnerFix.DeleteReceipt()));
        }
        return parts;
    }

    void apply(RunnerFix fix) {
        if (fix instanceof RunnerFix.RestoreEnv restoring) {
            EnvironmentSection section = section(restoring.runner());
            section.envFile().write(section.envWithoutOurs());
        } else if (fix instanceof RunnerFix.RestorePath restoring) {
            restorePath(section(restoring.runner()));
        } else if (fix instanceof RunnerFix.DeleteEnv deleting) {
            EnvironmentSection section = section(deleting.runner());
            if (section.envIsOnlyOurs() && !section.envHasOurs()) {
                files.delete(section.envFile().path());
            }
        } else if (fix instanceof RunnerFix.DeleteScript) {
            files.deleteTree(script.folder());
        } else {
            receipts.delete(RunnerEnvironmentStep.ID);
        }
    }

    private void restorePath(EnvironmentSection section) {
        if (section.pathHasOurs()) {
            section.pathWithoutOurs()
                    .ifPresentOrElse(
                            section.pathFile()::write,
                            () -> files.delete(section.pathFile().path()));
        }
    }

    private EnvironmentSection section(Path directory) {
        RunnerReceipt receipt = receipt();
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

    private static Repair delete(String target, String summary, RunnerFix fix) {
        return Repair.of(
                new Change(Change.Kind.DELETE, target, summary, Fingerprint.UNKNOWN, Fingerprint.ABSENT, false), fix);
    }
}
