package dev.crossarm.health;

import dev.crossarm.environment.DotEnv;
import dev.crossarm.environment.DotEnvSyntax;
import dev.crossarm.problem.CrossarmException;
import dev.crossarm.runner.env.FoundRunners;
import dev.crossarm.runner.env.RunnerInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment file of each runner: can it be read, does it say what its author meant, and what in it overrides ours. */
final class RunnerExamination implements Examination {
    private final DoctorSubject subject;

    RunnerExamination(DoctorSubject subject) {
        this.subject = subject;
    }

    @Override
    public List<Finding> examine() {
        FoundRunners found = subject.runners().get();
        List<Finding> findings = new ArrayList<>();
        found.notes().forEach(note -> findings.add(Finding.note("runners", note, "")));
        if (found.runners().isEmpty()) {
            findings.add(Finding.note(
                    "runners", "no runner is on this machine", "crossarm provision --runner DIR names one"));
        }
        for (RunnerInstance runner : found.runners()) {
            findings.addAll(one(runner));
        }
        return findings;
    }

    private List<Finding> one(RunnerInstance runner) {
        Path file = runner.environmentFile();
        if (Files.isSymbolicLink(file) || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            String what = Files.isSymbolicLink(file) ? "a symbolic link" : "a directory";
            return List.of(Finding.error("runner-env", file + " is " + what + ", not a file", "", "ls -la " + file));
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(Finding.note("runner-env", runner.directory() + " has no .env yet", ""));
        }
        try {
            return judge(runner, DotEnv.parse(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            return List.of(Finding.error(
                    "runner-env",
                    file + " cannot be read",
                    "A runner whose own account cannot read it is restarted for ever.",
                    "ls -l " + file,
                    "sudo crossarm doctor"));
        } catch (CrossarmException refused) {
            return List.of(Finding.of("runner-env", Severity.ERROR, refused.problem()));
        }
    }

    private List<Finding> judge(RunnerInstance runner, DotEnv env) {
        Path file = runner.environmentFile();
        List<Finding> findings = new ArrayList<>();
        for (DotEnvSyntax.Finding doubt : DotEnvSyntax.findings(env)) {
            findings.add(Finding.warning(
                    "runner-env",
                    "line " + doubt.line() + " of " + file + " " + doubt.what(),
                    "The runner reads KEY=VALUE as it stands: no quotes, no comments, no blanks taken away.",
                    "sudoedit " + file));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("runner-env", file + " says what it means"));
        }
        Map<String, String> foreign = new LinkedHashMap<>();
        env.variables().forEach((name, value) -> {
            if (!env.ourKeys().contains(name)) {
                foreign.put(name, value);
            }
        });
        env.overruledKeys().forEach(name -> env.foreignValue(name).ifPresent(value -> foreign.put(name, value)));
        findings.addAll(new Overrides(subject.target(), subject.environment())
                .judge(
                        foreign,
                        "in " + file,
                        "Take the line %s=... out of " + file.toString().replace("%", "%%")
                                + ", then restart the runner",
                        !env.ourKeys().isEmpty()));
        return findings;
    }
}
